package io.recredit.allocation;

import static io.recredit.allocation.Phrases.capitalized;
import static io.recredit.allocation.Phrases.capture;
import static io.recredit.allocation.Phrases.captures;
import static io.recredit.allocation.Phrases.counted;
import static io.recredit.allocation.Phrases.line;
import static io.recredit.allocation.Phrases.listed;
import static io.recredit.allocation.Phrases.money;
import static io.recredit.allocation.Phrases.quoted;
import static io.recredit.allocation.Phrases.room;
import static io.recredit.allocation.Phrases.time;

import io.recredit.allocation.Outcome.Failed;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of the exceptions that block: Klarna accepted the refund and could not allocate it.
 * They say what was compared, with the amounts and references of the case, and what to do about it.
 */
final class NotAllocated {

  private NotAllocated() {}

  /**
   * An amount larger than the captures that could take it.
   *
   * @param line the line that does not fit; null where the whole refund does not
   */
  static Failed tooLarge(
      Reason reason, OrderAt at, @Nullable OrderLine line, List<CaptureAccount> accounts) {
    var amount = line == null ? at.refund().refundedAmount() : line.totalAmount();
    var what =
        line == null
            ? "the refund of " + money(at, amount)
            : "%s with reference %s".formatted(line(at, line), quoted(line.reference() + ""));
    var explanation =
        reason == Reason.EXCEEDS_CAPTURED_AMOUNT
            ? "%s is larger than what was captured: %s."
                .formatted(
                    what,
                    listed(
                        accounts,
                        a ->
                            money(at, a.capture().capturedAmount())
                                + " on "
                                + capture(a.capture())))
            : "%s is larger than what is left: %s."
                .formatted(
                    what,
                    listed(
                        accounts,
                        a ->
                            "%s of %s on %s (%s already credited)"
                                .formatted(
                                    money(at, a.room()),
                                    money(at, a.capture().capturedAmount()),
                                    capture(a.capture()),
                                    money(at, a.creditedAmount()))));
    return new Failed(
        reason,
        capitalized(explanation),
        "Check the amount, and whether it was refunded twice. The order had room for %s: what belongs there can be refunded in parts, each naming its capture_id."
            .formatted(room(at.captures())));
  }

  static Failed priorAllocationFailed(OrderAt at, Decision.Excepted blocking) {
    return new Failed(
        Reason.PRIOR_ALLOCATION_FAILED,
        "Refund %s of %s at %s could not be allocated (%s); after that Klarna allocates no refund of the order by its order lines, this one of %s neither."
            .formatted(
                blocking.refund().refundId(),
                Amounts.format(blocking.refund().refundedAmount(), blocking.currency()),
                time(blocking.refund().refundedAt(), at),
                blocking.reason(),
                money(at, at.refund().refundedAmount())),
        "Have Klarna put refund %s on its invoice first, then this one%s. Further refunds of the order can still be made by capture_id; there is room for %s."
            .formatted(blocking.refund().refundId(), wouldBelongOn(at), room(at.captures())),
        blocking.refund().refundId());
  }

  private static String wouldBelongOn(OrderAt at) {
    var hasReferences = at.goodsLines().stream().anyMatch(line -> line.reference() != null);
    var covering = hasReferences ? at.covering() : List.<CaptureAccount>of();
    return covering.size() == 1
        ? ", whose references are on " + capture(covering.get(0).capture())
        : "";
  }

  static Failed noOrderLines(OrderAt at) {
    return new Failed(
        Reason.NO_ORDER_LINES,
        "The refund of %s has no order lines, and the order has %s (%s): nothing says which invoice it belongs on."
            .formatted(
                money(at, at.refund().refundedAmount()),
                counted(at.captures().size(), "capture"),
                captures(at.captures())),
        "Have Klarna put it on its invoice. Next time send the captured order lines with the refund, or name the capture_id; there is room for %s."
            .formatted(room(at.captures())));
  }

  static Failed linesSumMismatch(OrderAt at) {
    var lines = at.refund().orderLines();
    var sum = Outcome.sum(lines);
    var missing = BigInteger.valueOf(at.refund().refundedAmount()).subtract(sum);
    return new Failed(
        Reason.LINES_SUM_MISMATCH,
        "The order lines sum to %s, the refund is %s: %s."
            .formatted(
                money(at, sum),
                money(at, at.refund().refundedAmount()),
                missing.signum() > 0
                    ? money(at, missing) + " is in no line"
                    : "the lines are " + money(at, missing.negate()) + " more"),
        isTheLinesTax(missing, lines)
            ? "The difference is exactly the lines' tax: a line's total_amount must include total_tax_amount."
            : "Have Klarna put it on its invoice. The total_amount of all lines, discounts as negative lines and the return fee among them, must sum to exactly refunded_amount.");
  }

  private static boolean isTheLinesTax(BigInteger missing, List<OrderLine> lines) {
    return missing.signum() != 0
        && lines.stream().allMatch(line -> line.totalTaxAmount() != null)
        && missing.equals(
            lines.stream()
                .map(line -> BigInteger.valueOf(Objects.requireNonNull(line.totalTaxAmount())))
                .reduce(BigInteger.ZERO, BigInteger::add));
  }

  static Failed referenceMissing(OrderAt at) {
    var without =
        at.goodsLines().stream().filter(line -> line.reference() == null).findFirst().orElseThrow();
    return new Failed(
        Reason.REFERENCE_MISSING,
        capitalized(
            "%s has no reference, and the order has %s (%s): nothing says which it belongs on."
                .formatted(
                    line(at, without),
                    counted(at.captures().size(), "capture"),
                    captures(at.captures()))),
        "Have Klarna put it on its invoice. Next time send the line with the reference it was captured with, or name the capture_id; there is room for %s."
            .formatted(room(at.captures())));
  }

  static Failed referenceNotCaptured(OrderAt at, String wrong) {
    var goods = at.goodsLines();
    var line = goods.stream().filter(l -> wrong.equals(l.reference())).findFirst().orElseThrow();
    var others =
        goods.stream()
            .map(OrderLine::reference)
            .filter(Objects::nonNull)
            .distinct()
            .filter(reference -> !reference.equals(wrong) && at.carrying(reference).isEmpty())
            .count();
    var suggestion =
        NearMiss.of(wrong, at.captures())
            .map(
                near ->
                    "%s has the reference %s, the same but for %s: references must be exactly equal. Have Klarna put the refund on that invoice, and send the reference as it was captured."
                        .formatted(
                            capitalized(capture(near.account().capture())),
                            quoted(near.reference()),
                            near.difference()))
            .orElse(
                "No captured reference is like it: check whether the article was captured under another number, or on a capture that is missing in the captures files. The order had room for %s."
                    .formatted(room(at.captures())));
    return new Failed(
        Reason.REFERENCE_NOT_CAPTURED,
        "Reference %s of %s is on no line of %s (%s)%s."
            .formatted(
                quoted(wrong),
                line(at, line),
                at.hasOneCapture()
                    ? "the order's only capture"
                    : "the order's " + counted(at.captures().size(), "capture"),
                captures(at.captures()),
                others == 0 ? "" : ", nor are " + counted((int) others, "other reference")),
        suggestion);
  }

  /**
   * Several captures carry what is to be placed, and the policy forbids to choose.
   *
   * @param line null where it is the whole refund
   */
  static Failed ambiguousCapture(
      OrderAt at, @Nullable OrderLine line, List<CaptureAccount> accounts) {
    return new Failed(
        Reason.AMBIGUOUS_CAPTURE,
        "%s carry %s, and the policy ambiguous = reject forbids to choose one."
            .formatted(
                "Captures " + captures(accounts),
                line == null
                    ? "every reference of the refund of " + money(at, at.refund().refundedAmount())
                    : "reference %s of %s"
                        .formatted(quoted(line.reference() + ""), line(at, line))),
        "Find out from which shipment the goods came back, and have Klarna put the refund there; next time name the capture_id. There is room for %s."
            .formatted(room(accounts)));
  }

  static Failed spansCaptures(OrderAt at) {
    var references =
        at.goodsLines().stream().map(OrderLine::reference).distinct().map(r -> r + "").toList();
    return new Failed(
        Reason.SPANS_CAPTURES,
        "No capture carries all references of the refund of %s (%s), and the policy spanning = reject forbids to split it."
            .formatted(
                money(at, at.refund().refundedAmount()),
                listed(
                    references,
                    reference -> quoted(reference) + " on " + captures(at.carrying(reference)))),
        "Have Klarna put each part on its invoice; next time refund each capture's goods by themselves.");
  }

  /**
   * @param netByCapture what this refund had put on each capture that carries the line's reference
   */
  static Failed negativeCredit(OrderAt at, OrderLine line, Map<CaptureAccount, Long> netByCapture) {
    return new Failed(
        Reason.NEGATIVE_CREDIT,
        capitalized(
            "%s with reference %s would make the credit negative: this refund brings %s."
                .formatted(
                    line(at, line),
                    quoted(line.reference() + ""),
                    listed(
                        List.copyOf(netByCapture.entrySet()),
                        entry ->
                            "only %s to %s"
                                .formatted(
                                    money(at, entry.getValue()),
                                    capture(entry.getKey().capture()))))),
        "Have Klarna put the refund on its invoices. Next time take a discount off the goods it was given for: a negative line goes with the goods of the same capture.");
  }
}
