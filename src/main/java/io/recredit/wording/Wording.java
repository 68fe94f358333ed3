package io.recredit.wording;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Finding;
import io.recredit.allocation.Step;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Decisions in words: made from their facts whenever they are shown, and no part of them.
 *
 * @param timeZone of business dates, in which times are told
 */
public record Wording(ZoneId timeZone) {

  /** Why it is an exception: a sentence with the amounts and references of this case. */
  public String explanation(Decided decided, Excepted exception) {
    return new Explanation(decided, timeZone).of(exception.reason());
  }

  /** What to do about it. */
  public String suggestion(Decided decided, Excepted exception, WholeOrder whole) {
    return new Suggestion(decided, exception.reason(), whole, timeZone).told();
  }

  /** Where what is known leaves one thing to do. */
  public Optional<Proposal> proposal(Decided decided, Excepted exception, WholeOrder whole) {
    return new Clues(decided, exception.reason(), whole, timeZone).proposal();
  }

  /** Why a resolution cannot be made that would be contradicted already. */
  public String refusal(Decided decided) {
    return new Explanation(decided, timeZone).refusal();
  }

  /** What a step compared, in sentences. */
  public List<Compared> compared(Decided decided, Finding finding) {
    return new Comparison(decided.order(), timeZone).of(finding);
  }

  /** What a step looks at, in a word or two. */
  public static String title(Step step) {
    return Messages.text("step." + step.number());
  }
}
