package io.recredit.allocation;

import static io.recredit.allocation.Phrases.capture;
import static io.recredit.allocation.Phrases.captures;
import static io.recredit.allocation.Phrases.counted;
import static io.recredit.allocation.Phrases.line;
import static io.recredit.allocation.Phrases.money;
import static io.recredit.allocation.Phrases.refundedAt;
import static io.recredit.allocation.Phrases.time;

import io.recredit.allocation.Outcome.Failed;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The sentences of the exceptions that do not block (SPEC step 6): Klarna would have refused such a
 * refund, so they say which input is likely missing.
 */
final class RefusedByKlarna {

  private RefusedByKlarna() {}

  static Failed operationLimit(OrderAt at, int refundNumber, int operations) {
    var explanation =
        refundNumber > AllocationSteps.MAX_REFUNDS
            ? "This is refund number %d of the order; Klarna takes at most %d."
                .formatted(refundNumber, AllocationSteps.MAX_REFUNDS)
            : "With this refund the order has %s (%s, %s and %s); Klarna takes at most %d."
                .formatted(
                    counted(operations, "operation"),
                    counted(refundNumber, "refund"),
                    counted(at.everyCapture().size(), "capture"),
                    counted(at.released() ? 1 : 0, "release"),
                    AllocationSteps.MAX_OPERATIONS);
    return new Failed(
        Reason.OPERATION_LIMIT_EXCEEDED,
        explanation,
        "Klarna would have refused this refund: look in the refunds files for refunds of order %s that were never made, or for another order's under its order_id."
            .formatted(at.refund().orderId()));
  }

  static Failed noCapture(OrderAt at) {
    var later = at.history().captures().stream().min(Capture.OLDEST_FIRST);
    return new Failed(
        Reason.NO_CAPTURE,
        "%s were refunded at %s, when the order had no capture yet%s."
            .formatted(
                money(at, at.refund().refundedAmount()),
                refundedAt(at),
                later
                    .map(
                        first ->
                            "; its first is %s, of %s"
                                .formatted(first.captureId(), time(first.capturedAt(), at)))
                    .orElse("")),
        later
            .map(
                first ->
                    "Klarna would have refused this refund: check captured_at of capture %s and refunded_at of the refund, or look for an earlier capture of order %s that is missing in the captures files."
                        .formatted(first.captureId(), at.refund().orderId()))
            .orElse(
                "Klarna would have refused this refund, so a capture of order %s is probably missing in the captures files: once it is read, the refund is decided anew by itself."
                    .formatted(at.refund().orderId())));
  }

  static Failed currencyMismatch(OrderAt at) {
    return new Failed(
        Reason.CURRENCY_MISMATCH,
        "The refund is of %s, but the order is in %s, the currency of its oldest capture %s."
            .formatted(
                money(at, at.refund().refundedAmount()),
                at.orderCurrency(),
                at.everyCapture().get(0).capture().captureId()),
        "Klarna refunds in the order's currency only: check purchase_currency and order_id of the refund in the refunds file, and whether an older capture of order %s is missing."
            .formatted(at.refund().orderId()));
  }

  static Failed captureNotFound(OrderAt at, String captureId) {
    var known =
        at.history().captures().stream().filter(c -> c.captureId().equals(captureId)).findFirst();
    return new Failed(
        Reason.CAPTURE_NOT_FOUND,
        "The refund of %s at %s names capture %s, which %s; in %s the order had %s by then (%s)."
            .formatted(
                money(at, at.refund().refundedAmount()),
                refundedAt(at),
                captureId,
                known.map(c -> whyNotThere(c, at)).orElse("the order does not have"),
                at.orderCurrency(),
                counted(at.captures().size(), "capture"),
                captures(at.captures())),
        "Klarna would have refused this refund"
            + (known.isPresent()
                    ? ": check captured_at and purchase_currency of capture %s and refunded_at of the refund."
                    : ", so capture %s is probably missing in the captures files, or stands there under another order_id: once it is read, the refund is decided anew by itself.")
                .formatted(captureId));
  }

  private static String whyNotThere(Capture named, OrderAt at) {
    return named.capturedAt().isAfter(at.refund().refundedAt())
        ? "is only of " + time(named.capturedAt(), at)
        : "is in " + named.purchaseCurrency() + " while the order is in " + at.orderCurrency();
  }

  static Failed returnFeeOnSeveralCaptures(OrderAt at) {
    return returnFee(
        "The refund keeps a return fee, and the order has %s (%s); a return fee needs an order with exactly one."
            .formatted(counted(at.captures().size(), "capture"), captures(at.captures())),
        "Refund the goods without a return_fee line, or by capture_id.");
  }

  static Failed returnFeeOnPartCapture(OrderAt at, Capture capture) {
    return returnFee(
        "The refund keeps a return fee, and the order was not fully captured: %s of %s on %s, and the rest was not released by %s."
            .formatted(
                money(at, capture.capturedAmount()),
                money(at, Objects.requireNonNull(capture.orderAmount())),
                capture(capture),
                refundedAt(at)),
        "A capture or the release of the remaining authorization is probably missing: look for order %s in the captures and releases files."
            .formatted(at.refund().orderId()));
  }

  static Failed returnFeeCountry(OrderAt at, Capture capture, SortedSet<String> countries) {
    return returnFee(
        "The refund keeps a return fee, and the order's country %s is none of those with return fees (%s)."
            .formatted(
                capture.purchaseCountry(),
                countries.isEmpty() ? "there are none" : String.join(", ", countries)),
        "If Klarna allows return fees in %s by now, say so: jobs/recredit policy --return-fee-countries %s. Otherwise check purchase_country of %s."
            .formatted(
                capture.purchaseCountry(),
                String.join(",", with(countries, capture.purchaseCountry())),
                capture(at.oldestCapture().capture())));
  }

  private static SortedSet<String> with(SortedSet<String> countries, String country) {
    var all = new TreeSet<>(countries);
    all.add(country);
    return all;
  }

  static Failed returnFeePositive(OrderAt at) {
    var positive = at.feeLines().stream().filter(line -> line.totalAmount() > 0).findFirst();
    return returnFee(
        "The return fee in %s is positive; a fee that the shop keeps is a negative line."
            .formatted(line(at, positive.orElseThrow())),
        "Check the sign of the return_fee line's total_amount in the refunds file.");
  }

  private static Failed returnFee(String explanation, String suggestion) {
    return new Failed(
        Reason.RETURN_FEE_NOT_ELIGIBLE,
        explanation,
        "Klarna would have refused this refund. " + suggestion);
  }
}
