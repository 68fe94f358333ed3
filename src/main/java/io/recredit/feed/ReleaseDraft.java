package io.recredit.feed;

import io.recredit.allocation.Release;
import java.time.Instant;

/**
 * A line of a releases file, such as {@code
 * {"order_id":"o-1","released_at":"2026-11-21T00:10:00+01:00"}}.
 */
final class ReleaseDraft implements Draft<Release> {

  private Field<String> orderId = Field.absent();
  private Field<String> paymentTransactionId = Field.absent();
  private Field<Instant> releasedAt = Field.absent();

  @Override
  public void take(String field, JsonFields in) {
    switch (field) {
      case "order_id" -> orderId = in.identifier(field);
      case "payment_transaction_id" -> paymentTransactionId = in.identifier(field);
      case "released_at" -> releasedAt = in.time(field);
      default -> in.skip();
    }
  }

  @Override
  public Release finish() throws BadRecordException {
    return new Release(
        orderId.or(paymentTransactionId).required("order_id"), releasedAt.required("released_at"));
  }
}
