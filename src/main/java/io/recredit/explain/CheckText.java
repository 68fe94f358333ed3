package io.recredit.explain;

import static io.recredit.wording.Messages.text;

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
    var amount = Words.refundedAmount(decision);
    var orderId = decision.refund().orderId();
    if (decision instanceof Credited credited) {
      page.text(text("explain.check.credited", amount, orderId));
      page.labelled(
          text("explain.label.where"), text("phrase.sentence", Words.credits(credited.credits())));
      page.labelled(text("explain.label.why-there"), Words.why(credited.matchRule()));
    } else if (decision instanceof Excepted excepted) {
      page.text(text("explain.check.exception", amount, orderId, excepted.reason()));
      page.labelled(
          text("explain.label.why"), checked.wording().explanation(checked.decided(), excepted));
      excepted(excepted);
    } else {
      var first = ((Duplicate) decision).duplicateOf();
      page.text(text("explain.check.duplicate", amount, orderId));
      page.labelled(
          text("explain.label.why"), text("explain.check.duplicate.why", first.refundId()));
      page.labelled(text("explain.label.advice"), text("explain.check.duplicate.advice"));
    }
    if (!checked.wouldVoid().isEmpty()) {
      page.labelled(
          text("explain.label.but"),
          text(
              "explain.check.contradicts", Phrases.listed(checked.wouldVoid(), Objects::toString)));
    }
    basis();
  }

  private void excepted(Excepted excepted) {
    page.labelled(
        text("explain.label.advice"), checked.wording().advice(checked.decided(), excepted));
    if (!checked.wouldTakeIt().isEmpty()) {
      page.labelled(
          text("explain.label.or"),
          text(
              "explain.check.name-invoice",
              Phrases.listed(checked.wouldTakeIt(), Phrases::capture)));
    }
    page.labelled(text("explain.label.blocks"), blocks(excepted));
  }

  private String blocks(Excepted excepted) {
    if (!excepted.reason().blocks()) {
      return text("explain.check.blocks.none");
    }
    if (excepted.reason() == Reason.PRIOR_ALLOCATION_FAILED) {
      return text("explain.check.blocks.no-more", excepted.blockingRefundId());
    }
    var known = checked.wouldBlock();
    return known.isEmpty()
        ? text("explain.check.blocks.none-known")
        : text(
            "explain.check.blocks.known", known.size(), Phrases.listed(known, Objects::toString));
  }

  private void basis() {
    var decision = checked.decided().decision();
    var refund = decision.refund();
    var runId = checked.order().runId();
    var timeZone = checked.policies().timeZone();
    var time = Phrases.time(refund.refundedAt(), timeZone);
    page.labelled(
        text("explain.label.checked"),
        checked.isKnown()
            ? text("explain.check.basis.known", runId, time, refund.refundId())
            : text("explain.check.basis", runId, time));
    checked
        .resolution()
        .ifPresent(
            made ->
                page.labelled(
                    text("explain.label.resolved"),
                    text(
                        "explain.check.resolved",
                        Words.resolution(made, decision.currency(), timeZone))));
  }
}
