package io.recredit.feed;

/**
 * Under which names an event's payload says what was refunded: Klarna documents them for no event,
 * so they are settings.
 *
 * @param refundId of the refund's id
 * @param refundedAmount of its amount, in minor units
 */
public record EventNames(String refundId, String refundedAmount) {

  public static final EventNames DEFAULT = new EventNames("payment_refund_id", "refunded_amount");
}
