package io.recredit.evidence;

import io.recredit.evidence.Snapshot.Invoice;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A usable snapshot, as the rules look at it.
 *
 * @param onInvoices what stands on each capture, by captureId; one that it lacks shows 0
 * @param refunds amounts by refundId, as the document lists them
 */
record UsableSnapshot(Snapshot snapshot, Map<String, Long> onInvoices, Map<String, Long> refunds) {

  static UsableSnapshot of(Snapshot snapshot) {
    var onInvoices = new HashMap<String, Long>();
    for (Invoice invoice : snapshot.invoices()) {
      onInvoices.put(invoice.captureId(), Objects.requireNonNull(invoice.refundedAmount()));
    }
    var refunds = new LinkedHashMap<String, Long>();
    snapshot.refunds().forEach(refund -> refunds.put(refund.refundId(), refund.refundedAmount()));
    return new UsableSnapshot(snapshot, onInvoices, refunds);
  }

  Instant readAt() {
    return snapshot.readAt();
  }

  /**
   * Rule 1: whether Klarna has moved money since the usable snapshot before this one, so that a new
   * window starts here.
   */
  boolean startsWindow(UsableSnapshot before) {
    var aCaptureShowsLess =
        before.onInvoices.entrySet().stream()
            .anyMatch(shown -> onInvoices.getOrDefault(shown.getKey(), 0L) < shown.getValue());
    // null, which is no amount, where it is gone
    var aRefundIsGoneOrHasAnotherAmount =
        before.refunds.entrySet().stream()
            .anyMatch(listed -> !listed.getValue().equals(refunds.get(listed.getKey())));
    return aCaptureShowsLess
        || aRefundIsGoneOrHasAnotherAmount
        || onAllInvoices() - before.onAllInvoices() > refundsWithout(before.refunds.keySet()).sum();
  }

  /** Its refunds that are none of those. */
  OpenRefunds refundsWithout(Set<String> refundIds) {
    var others = new LinkedHashMap<>(refunds);
    others.keySet().removeAll(refundIds);
    return new OpenRefunds(others);
  }

  private long onAllInvoices() {
    return onInvoices.values().stream().reduce(0L, Math::addExact);
  }
}
