package io.recredit.explain;

import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Reason;
import io.recredit.wording.Phrases;
import java.util.List;
import java.util.Objects;

/** What would become of a refund, for the terminal. */
public final class CheckText {

  private final CheckedRefund checked;
  private final WrappedText page = new WrappedText();

  private CheckText(CheckedRefund checked) {
    this.checked = checked;
  }

  public static List<String> of(CheckedRefund checked) {
    var text = new CheckText(checked);
    text.answer();
    return text.page.lines();
  }

  private void answer() {
    var decision = checked.decided().decision();
    var refund =
        "The refund of %s on order %s"
            .formatted(Words.refundedAmount(decision), decision.refund().orderId());
    if (decision instanceof Credited credited) {
      page.text("%s would be allocated.".formatted(refund));
      page.text("  Where       ", Words.credits(credited.credits()) + ".");
      page.text("  Why there   ", Words.why(credited.matchRule()));
    } else if (decision instanceof Excepted excepted) {
      page.text("%s would not be allocated: %s.".formatted(refund, excepted.reason()));
      page.text("  Why         ", checked.wording().explanation(checked.decided(), excepted));
      excepted(excepted);
    } else {
      var first = ((Duplicate) decision).duplicateOf();
      page.text("%s would not be allocated: it repeats another one.".formatted(refund));
      page.text(
          "  Why         ",
          "Refund %s has the same idempotency_key: Klarna takes this one for the same operation sent again, and gives no money back for it."
              .formatted(first.refundId()));
      page.text("  Advice      ", "If it is another refund, send it with a key of its own.");
    }
    if (!checked.wouldVoid().isEmpty()) {
      page.text(
          "  But         ",
          "It would contradict what an accountant resolved: refund %s would be open again."
              .formatted(Phrases.listed(checked.wouldVoid(), Objects::toString)));
    }
    basis();
  }

  private void excepted(Excepted excepted) {
    page.text("  Advice      ", checked.wording().suggestion(checked.decided(), excepted));
    if (!checked.wouldTakeIt().isEmpty()) {
      page.text(
          "  Or          ",
          "Name its invoice: with capture_id it would be allocated as it is on %s."
              .formatted(Phrases.listed(checked.wouldTakeIt(), Phrases::capture)));
    }
    page.text("  Blocks      ", blocks(excepted));
  }

  private String blocks(Excepted excepted) {
    if (!excepted.reason().blocks()) {
      return "No other refund: Klarna would refuse this one.";
    }
    if (excepted.reason() == Reason.PRIOR_ALLOCATION_FAILED) {
      return "Nothing more than refund %s does already.".formatted(excepted.blockingRefundId());
    }
    var known = checked.wouldBlock();
    return "Every later refund of this order that is matched by its order lines%s."
        .formatted(
            known.isEmpty()
                ? "; none is known yet"
                : "; of the known ones %d: %s"
                    .formatted(known.size(), Phrases.listed(known, Objects::toString)));
  }

  private void basis() {
    var refund = checked.decided().decision().refund();
    page.text(
        "  Checked     ",
        "As of run %d, as a refund made at %s%s."
            .formatted(
                checked.order().runId(),
                Phrases.time(refund.refundedAt(), checked.order().policies().timeZone()),
                checked.isKnown()
                    ? "; in the place of refund %s, which is known already"
                        .formatted(refund.refundId())
                    : ""));
    checked
        .resolution()
        .ifPresent(
            made ->
                page.text(
                    "  Resolved     ",
                    "%s. This answer is what the rules say without that."
                        .formatted(
                            Words.resolution(
                                made,
                                checked.decided().decision().currency(),
                                checked.order().policies().timeZone()))));
  }
}
