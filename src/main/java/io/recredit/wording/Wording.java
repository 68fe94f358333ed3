package io.recredit.wording;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Finding;
import io.recredit.allocation.Step;
import java.time.ZoneId;
import java.util.List;

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

  /** What to do about it, were it made; nothing can be resolved of a refund that is not there. */
  public String advice(Decided decided, Excepted exception) {
    return new Suggestion(decided, exception.reason(), WholeOrder.of(List.of()), timeZone)
        .whatToDo();
  }

  /** What to do about it. */
  public Suggested suggested(Decided decided, Excepted exception, WholeOrder whole) {
    return new Suggestion(decided, exception.reason(), whole, timeZone).suggested();
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
