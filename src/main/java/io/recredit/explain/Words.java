package io.recredit.explain;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Credit;
import io.recredit.allocation.Decision;
import io.recredit.allocation.MatchRule;
import io.recredit.allocation.Resolution;
import io.recredit.allocation.Resolution.Part;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.KlarnaAnswers.ShownPayout;
import io.recredit.ledger.KlarnaAnswers.ShownRefusal;
import io.recredit.resolution.ResolutionKind;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Amounts;
import io.recredit.wording.Deeds;
import io.recredit.wording.Phrases;
import java.time.ZoneId;
import java.util.ArrayList;
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
      return text("explain.outcome.exception", row.reason());
    }
    if (row.duplicateOf() != null) {
      return text("explain.outcome.duplicate", row.duplicateOf());
    }
    if (row.isWrittenOff()) {
      return text("explain.outcome.written-off");
    }
    return text(
        "explain.outcome.credited",
        Phrases.listed(
            row.credits(),
            credit ->
                text(
                    "phrase.amount-on",
                    Amounts.format(credit.creditedAmount(), row.currency()),
                    text("phrase.capture", credit.captureId()))));
  }

  /**
   * "Anna allocated it by hand to capture B (30.00 SEK) at 2026-11-23 03:00:00 UTC: "seen there".
   */
  static String resolution(ShownResolution made, @Nullable String currency, ZoneId timeZone) {
    var deed =
        made.kind() == ResolutionKind.WITHDRAWN
            ? Deeds.withdrawn(made.resolvedBy(), made.resolvedAt(), timeZone)
            : Deeds.resolved(asMade(made), currency, timeZone);
    return text("explain.resolution", deed, Phrases.quoted(made.note()));
  }

  /** What is allocated to no invoice is written off. */
  private static Resolution asMade(ShownResolution made) {
    var allocated = made.parts().stream().mapToLong(Part::amount).sum();
    return new Resolution(
        made.refundId(),
        made.resolvedAmount(),
        made.parts(),
        made.resolvedAmount() - allocated,
        made.resolvedBy(),
        made.resolvedAt());
  }

  /** Where it was paid out, or taken back. */
  static String payout(ShownPayout payout) {
    var day = payout.payoutDate();
    return text(
        "explain.story.payout",
        payout.paymentReference(),
        day == null ? "" : text("explain.story.payout.day", day),
        Amounts.format(payout.amount(), payout.currency()),
        payout.matchedBy().equals("ID")
            ? text("explain.story.payout.by-id")
            : text("explain.story.payout.by-amount"));
  }

  /** What Klarna answered to a request, in its own words: "403 NOT_ALLOWED: Too much. (c-1)". */
  static String answer(ShownRefusal refusal) {
    var said = new ArrayList<String>();
    if (refusal.httpStatus() != null) {
      said.add(String.valueOf(refusal.httpStatus()));
    }
    if (refusal.errorCode() != null) {
      said.add(refusal.errorCode());
    }
    if (refusal.errorMessage() != null) {
      said.add(Phrases.quoted(refusal.errorMessage()));
    }
    if (refusal.correlationId() != null) {
      said.add(text("explain.correlation-id", refusal.correlationId()));
    }
    return said.isEmpty() ? text("explain.answer.none") : String.join(" ", said);
  }

  static String refundedAmount(Decision decision) {
    return Amounts.format(decision.refund().refundedAmount(), decision.currency());
  }

  /** "99.00 DKK on invoice K-10081 (capture order-1008-a)". */
  static String credit(Credit credit) {
    var capture = credit.capture();
    var currency = capture.purchaseCurrency();
    var amount = Amounts.format(credit.creditedAmount(), currency);
    return credit.returnFeeAmount() == 0
        ? text("phrase.amount-on", amount, Phrases.capture(capture))
        : text(
            "explain.credit-less-fee",
            amount,
            Phrases.capture(capture),
            Amounts.format(credit.returnFeeAmount(), currency));
  }

  static String credits(List<Credit> credits) {
    return String.join("; ", credits.stream().map(Words::credit).toList());
  }

  /** Why the credits are where they are. */
  static String why(MatchRule rule) {
    return switch (rule) {
      case CAPTURE_ID -> text("explain.why.capture-id");
      case SOLE_CAPTURE -> text("explain.why.sole-capture");
      case REFERENCE -> text("explain.why.reference");
      case ONE_OF_SEVERAL -> text("explain.why.one-of-several");
      case KLARNA_RECORD -> text("explain.why.klarna-record");
      case MANUAL -> text("explain.why.manual");
    };
  }
}
