package io.recredit.wording;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.evidence.Certainty;
import io.recredit.evidence.Evidence;
import io.recredit.evidence.Place;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Klarna's record says of a refund, as a sentence; what it shows is said, never more. */
public final class Recorded {

  private Recorded() {}

  public static String sentence(Decided decided, Evidence evidence) {
    var currency = decided.decision().currency();
    var said =
        switch (evidence.verdict()) {
          case NEWER -> text("record.newer");
          case NOT_LISTED -> text("record.not-listed");
          case UNDECIDED -> text("record.undecided");
          case ON_NO_INVOICE ->
              place(evidence).amounts().isEmpty()
                  ? text("record.on-no-invoice")
                  : text("record.partly-on-no-invoice", parts(place(evidence), currency));
          case AS_DECIDED -> text("record.as-decided", parts(place(evidence), currency));
          case ELSEWHERE ->
              text(
                  "record.elsewhere",
                  parts(place(evidence), currency),
                  parts(((Placed) decided.said()).place(), currency));
          case LANDED -> text("record.landed", parts(place(evidence), currency));
        };
    return evidence.certainty() == Certainty.INFERRED ? text("record.inferred", said) : said;
  }

  /** What follows from which: how its place was found; empty where that is not known. */
  public static Optional<String> foundBy(Evidence evidence, ZoneId timeZone) {
    return Optional.ofNullable(evidence.place())
        .map(
            known -> {
              var at = Phrases.time(known.readAt(), timeZone);
              return switch (known.by()) {
                case ONLY_ONE_OPEN -> text("record.by.only-one-open", at);
                case NOTHING_LEFT -> text("record.by.nothing-left", at);
                case ALL_ON_ONE -> text("record.by.all-on-one", at);
                case AS_CREDITED -> text("record.by.as-credited", at);
              };
            });
  }

  private static Place place(Evidence evidence) {
    return Objects.requireNonNull(evidence.place()).place();
  }

  /** "capture A (10.00 SEK), capture B (20.00 SEK)". */
  static String parts(Place place, @Nullable String currency) {
    return Phrases.listed(
        List.copyOf(place.amounts().entrySet()),
        on -> text("deed.part", on.getKey(), Amounts.format(on.getValue(), currency)));
  }
}
