package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import java.time.Instant;
import java.util.List;

/**
 * A line of a refunds file, such as
 *
 * <pre>{@code
 * {"order_id":"o-1","refund_id":"r-1","refunded_amount":9999,"refunded_at":"2026-11-24T16:05:00Z",
 *  "purchase_currency":"SEK","reference":"return 1","description":"Too small",
 *  "idempotency_key":"k-1","order_lines":[{"reference":"sku-1","total_amount":9999}]}
 * }</pre>
 *
 * on one line.
 */
final class RefundDraft implements Draft<Refund> {

  private final Field<String> idIfNone;
  private final Field<Instant> timeIfNone;
  private Field<String> orderId = Field.absent();
  private Field<String> paymentTransactionId = Field.absent();
  private Field<String> refundId = Field.absent();
  private Field<String> paymentRefundId = Field.absent();
  private Field<Long> refundedAmount = Field.absent();
  private Field<Instant> refundedAt = Field.absent();
  private Field<String> purchaseCurrency = Field.absent();
  private Field<String> captureId = Field.absent();
  private Field<String> paymentCaptureId = Field.absent();
  private Field<String> reference = Field.absent();
  private Field<String> description = Field.absent();
  private Field<String> idempotencyKey = Field.absent();
  private Field<List<OrderLine>> orderLines = Field.absent();
  private Field<List<OrderLine>> lineItems = Field.absent();

  /** As in a refunds file. */
  RefundDraft() {
    this(Field.absent(), Field.absent());
  }

  /** With what stands in where the input names no id or no time. */
  RefundDraft(Field<String> idIfNone, Field<Instant> timeIfNone) {
    this.idIfNone = idIfNone;
    this.timeIfNone = timeIfNone;
  }

  @Override
  public void take(String field, JsonFields in) {
    switch (field) {
      case "order_id" -> orderId = in.identifier(field);
      case "payment_transaction_id" -> paymentTransactionId = in.identifier(field);
      case "refund_id" -> refundId = in.identifier(field);
      case "payment_refund_id" -> paymentRefundId = in.identifier(field);
      case "refunded_amount" -> refundedAmount = in.wholeNumber(field, 1);
      case "refunded_at" -> refundedAt = in.time(field);
      case "purchase_currency" -> purchaseCurrency = in.currency(field);
      case "capture_id" -> captureId = in.identifier(field);
      case "payment_capture_id" -> paymentCaptureId = in.identifier(field);
      case "reference" -> reference = in.identifier(field);
      case "description" -> description = in.text(field);
      case "idempotency_key" -> idempotencyKey = in.identifier(field);
      case "order_lines" -> orderLines = in.orderLines(field);
      case "line_items" -> lineItems = in.orderLines(field);
      default -> in.skip();
    }
  }

  @Override
  public Refund finish() throws BadRecordException {
    var order = orderId.or(paymentTransactionId).required("order_id");
    var lines = orderLines.or(lineItems).orNull();
    return new Refund(
        refundId.or(paymentRefundId).orElse(idIfNone).required("refund_id"),
        order,
        refundedAmount.required("refunded_amount"),
        refundedAt.orElse(timeIfNone).required("refunded_at"),
        purchaseCurrency.orNull(),
        captureId.or(paymentCaptureId).orNull(),
        reference.orNull(),
        description.orNull(),
        idempotencyKey.orNull(),
        lines == null ? List.of() : lines);
  }
}
