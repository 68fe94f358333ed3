package io.recredit.allocation;

import static io.recredit.allocation.Phrases.capitalized;
import static io.recredit.allocation.Phrases.capture;
import static io.recredit.allocation.Phrases.captures;
import static io.recredit.allocation.Phrases.counted;
import static io.recredit.allocation.Phrases.line;
import static io.recredit.allocation.Phrases.listed;
import static io.recredit.allocation.Phrases.money;
import static io.recredit.allocation.Phrases.quoted;
import static io.recredit.allocation.Phrases.refundedAt;
import static io.recredit.allocation.Phrases.time;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The sentences of SPEC steps 1 to 12: what was compared, and what came out. */
final class Compared {

  private Compared() {}

  static String idempotencyKey(OrderAt at, @Nullable Refund first) {
    var key = at.refund().idempotencyKey();
    if (key == null) {
      return "The refund has no idempotency_key, so it is an operation of its own.";
    }
    return first == null
        ? "No earlier refund of the order has its idempotency_key %s, so it is an operation of its own."
            .formatted(quoted(key))
        : "Refund %s of %s at %s has the same idempotency_key %s: this is the same operation sent again, and gives no money back a second time."
            .formatted(
                first.refundId(),
                Amounts.format(first.refundedAmount(), at.currency()),
                time(first.refundedAt(), at),
                quoted(key));
  }

  static String operations(OrderAt at, int refundNumber, int operations) {
    return "It is refund number %d of the order (at most %d), with %s so far (at most %d)."
        .formatted(
            refundNumber,
            AllocationSteps.MAX_REFUNDS,
            counted(operations, "operation"),
            AllocationSteps.MAX_OPERATIONS);
  }

  static String everyCapture(OrderAt at) {
    var existing = at.everyCapture();
    return "When it was refunded, at %s, the order had %s."
        .formatted(
            refundedAt(at),
            existing.isEmpty()
                ? "no capture yet"
                : "%s (%s)".formatted(counted(existing.size(), "capture"), captures(existing)));
  }

  static String currency(OrderAt at) {
    var named = at.refund().purchaseCurrency();
    var compared =
        named == null
            ? "The refund names no currency, so it is in the order's, %s.".formatted(at.currency())
            : named.equals(at.orderCurrency())
                ? "The refund is in %s, and so is the order.".formatted(named)
                : "The refund is in %s, the order in %s, the currency of its oldest capture."
                    .formatted(named, at.orderCurrency());
    var others = at.everyCapture().stream().filter(a -> !at.captures().contains(a)).toList();
    return others.isEmpty()
        ? compared
        : "%s Captures in another currency take no part from here on: %s."
            .formatted(compared, captures(others));
  }

  static String namedCapture(@Nullable String captureId) {
    return captureId == null
        ? "The refund names no capture, so the following steps decide."
        : "The refund names capture %s: it goes there or nowhere, and its order lines are not needed."
            .formatted(captureId);
  }

  static String isThere(String captureId, Optional<CaptureAccount> named) {
    return named
        .map(account -> "The order had %s by then.".formatted(capture(account.capture())))
        .orElseGet(() -> "The order had no capture %s by then.".formatted(captureId));
  }

  static String captured(OrderAt at, CaptureAccount account, boolean larger) {
    return "The refund of %s is %s than the %s captured on %s."
        .formatted(
            money(at, at.refund().refundedAmount()),
            larger ? "larger" : "not larger",
            money(at, account.capture().capturedAmount()),
            capture(account.capture()));
  }

  static String room(OrderAt at, CaptureAccount account, boolean larger) {
    return "%s already credited there, so %s are left: %s."
        .formatted(
            capitalized(money(at, account.creditedAmount())),
            money(at, account.room()),
            larger ? "not enough" : "enough");
  }

  static String earlierFailures(Decision.@Nullable Excepted firstBlocking) {
    return firstBlocking == null
        ? "No earlier refund of the order stands in its way."
        : "Refund %s of the order could not be allocated before (%s): that blocks every later one that names no capture."
            .formatted(firstBlocking.refund().refundId(), firstBlocking.reason());
  }

  static String orderLines(OrderAt at) {
    var count = at.refund().orderLines().size();
    if (count > 0) {
      return "The refund has %s, to be compared with those of the captures."
          .formatted(counted(count, "order line"));
    }
    return at.hasOneCapture()
        ? "The refund has no order lines, but the order has only one capture, %s: it can go nowhere else."
            .formatted(at.oldestCapture().capture().captureId())
        : "The refund has no order lines, and the order has %s (%s)."
            .formatted(counted(at.captures().size(), "capture"), captures(at.captures()));
  }

  static String linesSum(OrderAt at, BigInteger sum, boolean equal) {
    return "The lines sum to %s, the refund is %s: %s."
        .formatted(
            money(at, sum), money(at, at.refund().refundedAmount()), equal ? "equal" : "not equal");
  }

  static String returnFee(OrderAt at) {
    return at.feeLines().isEmpty()
        ? "The refund keeps no return fee."
        : "The refund keeps a return fee of %s, for which four things must hold."
            .formatted(money(at, Outcome.sum(at.feeLines()).negate()));
  }

  static String oneCapture(OrderAt at) {
    return "The order has exactly one capture: %s (%s)."
        .formatted(
            at.hasOneCapture() ? "yes" : "no, " + at.captures().size(), captures(at.captures()));
  }

  static String fullyCaptured(OrderAt at, Capture capture, boolean fully) {
    var orderAmount = capture.orderAmount();
    if (orderAmount == null) {
      return "The order is fully captured: yes, as far as is known; the capture names no order_amount.";
    }
    var compared =
        "%s captured of %s"
            .formatted(money(at, capture.capturedAmount()), money(at, orderAmount.longValue()));
    return "The order is fully captured: %s, %s%s."
        .formatted(
            fully ? "yes" : "no",
            compared,
            capture.capturedAmount() >= orderAmount
                ? ""
                : at.released() ? ", and the rest was released" : ", and the rest not released");
  }

  static String country(Capture capture, SortedSet<String> countries, boolean allowed) {
    return "The order's country is one with return fees: %s, %s (%s)."
        .formatted(
            allowed ? "yes" : "no",
            capture.purchaseCountry(),
            countries.isEmpty() ? "there are none" : String.join(", ", countries));
  }

  static String feeSign(boolean positive) {
    return "No return_fee line is positive: %s."
        .formatted(positive ? "no, one is" : "yes, the fee is taken off the refund");
  }

  static String nothingToCompare(OrderAt at) {
    if (!at.hasOneCapture()) {
      return "The order has %s, so the references decide."
          .formatted(counted(at.captures().size(), "capture"));
    }
    var only = capture(at.oldestCapture().capture());
    if (at.oldestCapture().capture().orderLines().isEmpty()) {
      return "The order's only capture lists no order lines (%s): there is nothing to compare, and it can go nowhere else."
          .formatted(only);
    }
    return at.goodsLines().stream().allMatch(line -> line.reference() == null)
        ? "No line of the goods has a reference: there is nothing to compare, and it can go nowhere else than to the order's only capture, %s."
            .formatted(only)
        : "The order has only one capture, %s; it lists order lines, and so does the refund: their references are compared."
            .formatted(only);
  }

  static String referencesGiven(OrderAt at) {
    var without = at.goodsLines().stream().filter(line -> line.reference() == null).findFirst();
    return without
        .map(
            line ->
                "%s has no reference, and the order has %s."
                    .formatted(
                        capitalized(line(at, line)),
                        at.hasOneCapture()
                            ? "only one capture: it goes along with the others"
                            : counted(at.captures().size(), "capture")))
        .orElse("Every line of the goods has a reference.");
  }

  static String referencesCaptured(OrderAt at, Optional<String> wrong) {
    return wrong
        .map(reference -> "Reference %s is on no line of any capture.".formatted(quoted(reference)))
        .orElseGet(
            () ->
                "Every reference was captured: %s."
                    .formatted(
                        listed(
                            references(at),
                            reference ->
                                quoted(reference) + " on " + captures(at.carrying(reference)))));
  }

  static List<String> references(OrderAt at) {
    return at.goodsLines().stream()
        .map(OrderLine::reference)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
