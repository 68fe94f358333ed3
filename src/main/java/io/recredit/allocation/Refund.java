package io.recredit.allocation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money given back on an order.
 *
 * @param refundedAmount minor units, at least 1
 * @param refundedAt to the microsecond
 * @param purchaseCurrency three upper-case letters, where the refund names one
 * @param captureId the capture that the refund names, where it names one
 * @param reference the shop's own reference
 * @param idempotencyKey two refunds of an order with the same key are one operation sent twice
 */
public record Refund(
    String refundId,
    String orderId,
    long refundedAmount,
    Instant refundedAt,
    @Nullable String purchaseCurrency,
    @Nullable String captureId,
    @Nullable String reference,
    @Nullable String description,
    @Nullable String idempotencyKey,
    List<OrderLine> orderLines) {

  /** The order in which a history is replayed: (refunded_at, refund_id) (rules.md, part 2). */
  static final Comparator<Refund> IN_TIME =
      Comparator.comparing(Refund::refundedAt).thenComparing(Refund::refundId, CodePoints.ORDER);

  public Refund {
    if (refundedAmount < 1) {
      throw new IllegalArgumentException("refunded_amount is at least 1, not " + refundedAmount);
    }
    orderLines = List.copyOf(orderLines);
  }
}
