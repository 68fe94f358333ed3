package io.recredit.explain;

import io.recredit.allocation.Amounts;
import io.recredit.allocation.Credit;
import io.recredit.allocation.Decision;
import io.recredit.allocation.MatchRule;
import io.recredit.allocation.Phrases;
import io.recredit.store.DecisionRow;
import java.util.List;

/** The phrases that stories and checks share. */
final class Words {

  private Words() {}

  /** "credited, 99.00 DKK on order-1008-a", "exception, NO_CAPTURE", "duplicate of refund-1". */
  static String outcome(DecisionRow row) {
    if (row.reason() != null) {
      return "exception, " + row.reason();
    }
    if (row.duplicateOf() != null) {
      return "duplicate of " + row.duplicateOf();
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
