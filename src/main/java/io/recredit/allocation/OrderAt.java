package io.recredit.allocation;

import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A refund and what existed of its order at its time, oldest captures first.
 *
 * @param everyCapture of any currency
 * @param captures those in the order's currency: the only ones that take part after SPEC step 4
 * @param orderCurrency of the oldest capture; null where there is no capture yet
 * @param released whether the remaining authorization was released by then
 */
record OrderAt(
    Refund refund,
    List<CaptureAccount> everyCapture,
    List<CaptureAccount> captures,
    @Nullable String orderCurrency,
    boolean released,
    OrderHistory history,
    ZoneId timeZone) {

  static OrderAt of(
      Refund refund, List<CaptureAccount> accounts, OrderHistory history, ZoneId timeZone) {
    var time = refund.refundedAt();
    var everyCapture =
        accounts.stream().filter(a -> !a.capture().capturedAt().isAfter(time)).toList();
    var currency = everyCapture.isEmpty() ? null : everyCapture.get(0).capture().purchaseCurrency();
    return new OrderAt(
        refund,
        everyCapture,
        everyCapture.stream().filter(a -> a.capture().purchaseCurrency().equals(currency)).toList(),
        currency,
        history.releases().stream().anyMatch(r -> !r.releasedAt().isAfter(time)),
        history,
        timeZone);
  }

  /** The currency the refund names, else its order's, else null. */
  @Nullable String currency() {
    return refund.purchaseCurrency() != null ? refund.purchaseCurrency() : orderCurrency;
  }

  boolean hasOneCapture() {
    return captures.size() == 1;
  }

  CaptureAccount oldestCapture() {
    return captures.get(0);
  }

  List<OrderLine> goodsLines() {
    return refund.orderLines().stream().filter(line -> !line.isReturnFee()).toList();
  }

  List<OrderLine> feeLines() {
    return refund.orderLines().stream().filter(OrderLine::isReturnFee).toList();
  }

  /** The captures that carry a reference, oldest first. */
  List<CaptureAccount> carrying(String reference) {
    return captures.stream().filter(account -> account.carries(reference)).toList();
  }

  /** The captures that carry every reference of the refund's goods lines, oldest first. */
  List<CaptureAccount> covering() {
    var references = new TreeSet<String>();
    for (var line : goodsLines()) {
      if (line.reference() != null) {
        references.add(line.reference());
      }
    }
    return captures.stream().filter(a -> a.references().containsAll(references)).toList();
  }
}
