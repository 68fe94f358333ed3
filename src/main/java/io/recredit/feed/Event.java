package io.recredit.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's webhook told. Only of an event about a refund more is kept than its envelope.
 *
 * @param eventType such as {@code payment.transaction.refunded}
 * @param orderId the order that it names
 * @param refundId the refund that it names
 * @param refundedAmount minor units, at least 1
 * @param correlationId by which Klarna finds what it was sent for
 */
public record Event(
    String eventId,
    String eventType,
    Instant occurredAt,
    @Nullable String orderId,
    @Nullable String refundId,
    @Nullable Long refundedAmount,
    @Nullable String correlationId) {

  /** The type of events about refunds. */
  static final String REFUNDED = "payment.transaction.refunded";
}
