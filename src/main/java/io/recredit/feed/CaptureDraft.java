package io.recredit.feed;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import java.time.Instant;
import java.util.List;

/**
 * A line of a captures file, such as
 *
 * <pre>{@code
 * {"order_id":"o-1","capture_id":"c-1","captured_amount":9999,"captured_at":"2026-11-20T09:30:00Z",
 *  "purchase_country":"SE","purchase_currency":"SEK","order_amount":19998,
 *  "klarna_reference":"K4MADNY6-1","reference":"shipment 1",
 *  "order_lines":[{"reference":"sku-1","type":"physical","quantity":1,"total_amount":9999}]}
 * }</pre>
 *
 * on one line.
 */
final class CaptureDraft implements Draft<Capture> {

  private Field<String> orderId = Field.absent();
  private Field<String> paymentTransactionId = Field.absent();
  private Field<String> captureId = Field.absent();
  private Field<String> paymentCaptureId = Field.absent();
  private Field<Long> capturedAmount = Field.absent();
  private Field<Instant> capturedAt = Field.absent();
  private Field<String> purchaseCountry = Field.absent();
  private Field<String> purchaseCurrency = Field.absent();
  private Field<Long> orderAmount = Field.absent();
  private Field<String> klarnaReference = Field.absent();
  private Field<String> reference = Field.absent();
  private Field<List<OrderLine>> orderLines = Field.absent();
  private Field<List<OrderLine>> lineItems = Field.absent();

  @Override
  public void take(String field, JsonFields in) {
    switch (field) {
      case "order_id" -> orderId = in.identifier(field);
      case "payment_transaction_id" -> paymentTransactionId = in.identifier(field);
      case "capture_id" -> captureId = in.identifier(field);
      case "payment_capture_id" -> paymentCaptureId = in.identifier(field);
      case "captured_amount" -> capturedAmount = in.wholeNumber(field, 1);
      case "captured_at" -> capturedAt = in.time(field);
      case "purchase_country" -> purchaseCountry = in.country(field);
      case "purchase_currency" -> purchaseCurrency = in.currency(field);
      case "order_amount" -> orderAmount = in.wholeNumber(field, 0);
      case "klarna_reference" -> klarnaReference = in.identifier(field);
      case "reference" -> reference = in.identifier(field);
      case "order_lines" -> orderLines = in.orderLines(field);
      case "line_items" -> lineItems = in.orderLines(field);
      default -> in.skip();
    }
  }

  @Override
  public Capture finish() throws BadRecordException {
    var order = orderId.or(paymentTransactionId).required("order_id");
    var lines = orderLines.or(lineItems).orNull();
    return new Capture(
        captureId.or(paymentCaptureId).required("capture_id"),
        order,
        capturedAmount.required("captured_amount"),
        capturedAt.required("captured_at"),
        purchaseCountry.required("purchase_country"),
        purchaseCurrency.required("purchase_currency"),
        orderAmount.orNull(),
        klarnaReference.orNull(),
        reference.orNull(),
        lines == null ? List.of() : lines);
  }
}
