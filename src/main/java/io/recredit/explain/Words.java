package io.recredit.explain;

import io.recredit.allocation.Credit;
import io.recredit.allocation.Decision;
import io.recredit.allocation.MatchRule;
import io.recredit.ledger.DecisionRow;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Amounts;
import io.recredit.wording.Phrases;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The phrases that stories and checks share. */
final class Words {

  private Words() {}

  /**
   * "credited, 99.00 DKK on order-1008-a", "exception, NO_CAPTURE", "duplicate of refund-1",
   * "written off".
   */
  static String outcome(DecisionRow row) {
    if (row.reason() != null) {
      return "exception, " + row.reason();
    }
    if (row.duplicateOf() != null) {
      return "duplicate of " + row.duplicateOf();
    }
    if (row.isWrittenOff()) {
      return "written off";
    }
    return "credited, "
        + Phrases.listed(
            row.credits(),
            credit ->
                "%s on capture %s"
                    .formatted(
                        Amounts.format(credit.creditedAmount(), row.currency()),
                        credit.captureId()));
  }

  /**
   * "Anna allocated it by hand to capture B (30.00 SEK) at 2026-11-23 03:00:00 UTC: "seen there".
   */
  static String resolution(ShownResolution made, @Nullable String currency, ZoneId timeZone) {
    return "%s %s at %s: %s"
        .formatted(
            made.resolvedBy(),
            what(made, currency),
            Phrases.time(made.resolvedAt(), timeZone),
            Phrases.quoted(made.note()));
  }

  private static String what(ShownResolution made, @Nullable String currency) {
    return switch (made.kind()) {
      case WRITTEN_OFF -> "wrote it off";
      case WITHDRAWN -> "took the resolution back";
      case BY_HAND ->
          "allocated it by hand to "
              + Phrases.listed(
                  made.parts(),
                  part ->
                      "capture %s (%s)"
                          .formatted(part.captureId(), Amounts.format(part.amount(), currency)));
    };
  }

  static String refundedAmount(Decision decision) {
    return Amounts.format(decision.refund().refundedAmount(), decision.currency());
  }

  /** "99.00 DKK on invoice K-10081 (capture order-1008-a)". */
  static String credit(Credit credit) {
    var capture = credit.capture();
    return "%s on %s%s"
        .formatted(
            Amounts.format(credit.creditedAmount(), capture.purchaseCurrency()),
            Phrases.capture(capture),
            credit.returnFeeAmount() == 0
                ? ""
                : ", the return fee of %s taken off"
                    .formatted(
                        Amounts.format(credit.returnFeeAmount(), capture.purchaseCurrency())));
  }

  static String credits(List<Credit> credits) {
    return String.join("; ", credits.stream().map(Words::credit).toList());
  }

  /** Why the credits are where they are. */
  static String why(MatchRule rule) {
    return switch (rule) {
      case CAPTURE_ID -> "The refund named that capture.";
      case SOLE_CAPTURE -> "The order had no other capture.";
      case REFERENCE -> "The references of its order lines say so.";
      case ONE_OF_SEVERAL ->
          "Several captures carry the references of its order lines; the rules assume this choice.";
      case MANUAL -> "An accountant allocated it by hand, in place of what the rules say.";
    };
  }
}
