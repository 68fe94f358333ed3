package io.recredit.input;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Refund;
import io.recredit.feed.Delivered;
import io.recredit.feed.Event;
import io.recredit.feed.MerchantReferences;
import io.recredit.feed.Refusal;
import io.recredit.postgres.CopyBuffer;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A record as a row: {@link InputTable}'s columns up to the content, in the form that COPY takes,
 * which is the smallest that it has in memory.
 */
public final class InputRow {

  private static final int USUAL_BYTES = 1 << 9;

  private final String id;
  private final CopyBuffer values = new CopyBuffer(USUAL_BYTES);
  private @Nullable String raw;

  private InputRow(String id, LocalDate fileDate, long lineNumber) {
    this.id = id;
    values.text(id);
    values.date(fileDate);
    values.bigint(lineNumber);
  }

  /** The row of a record. */
  public static InputRow of(LocalDate fileDate, long lineNumber, Delivered record) {
    return record.by(
        new Delivered.Kinds<InputRow>() {
          @Override
          public InputRow of(Delivered.OfCapture delivered) {
            var capture = delivered.capture();
            var row = new InputRow(capture.captureId(), fileDate, lineNumber);
            write(capture, delivered.merchant(), row.values);
            row.values.text(delivered.otherId());
            return row;
          }

          @Override
          public InputRow of(Delivered.OfRefund delivered) {
            var refund = delivered.refund();
            var row = new InputRow(refund.refundId(), fileDate, lineNumber);
            write(refund, delivered.merchant(), row.values);
            row.values.text(delivered.otherId());
            return row;
          }

          @Override
          public InputRow of(Delivered.OfRelease delivered) {
            var release = delivered.release();
            var row = new InputRow(release.orderId(), fileDate, lineNumber);
            row.values.time(release.releasedAt());
            return row;
          }

          @Override
          public InputRow of(Delivered.OfDocument delivered) {
            var document = delivered.document();
            var readAt = document.readAt(fileDate);
            var row = new InputRow(document.orderId() + " " + readAt, fileDate, lineNumber);
            DocumentText.write(document, readAt, row.values);
            return row;
          }

          @Override
          public InputRow of(Delivered.OfRefusal delivered) {
            var refusal = delivered.refusal();
            var row = new InputRow(refusal.id(), fileDate, lineNumber);
            write(refusal, row.values);
            return row;
          }

          @Override
          public InputRow of(Delivered.OfEvent delivered) {
            var event = delivered.event();
            var row = new InputRow(event.eventId(), fileDate, lineNumber);
            write(event, row.values);
            return row;
          }
        });
  }

  /** A release's is its order. */
  public String id() {
    return id;
  }

  /** The line itself, kept only where it may turn out to repeat an earlier one of its file. */
  public void keep(String raw) {
    this.raw = raw;
  }

  @Nullable String raw() {
    return raw;
  }

  void writeTo(CopyBuffer row) {
    row.values(values.bytes(), 0, values.used());
  }

  private static void write(Capture capture, MerchantReferences merchant, CopyBuffer values) {
    values.text(capture.orderId());
    values.bigint(capture.capturedAmount());
    values.time(capture.capturedAt());
    values.text(capture.purchaseCountry());
    values.text(capture.purchaseCurrency());
    values.bigint(capture.orderAmount());
    values.text(capture.klarnaReference());
    values.text(capture.reference());
    values.text(merchant.first());
    values.text(merchant.second());
    values.text(OrderLinesText.of(capture.orderLines()));
  }

  private static void write(Refusal refusal, CopyBuffer values) {
    values.text(refusal.orderId());
    values.time(refusal.attemptedAt());
    write(refusal.request(), values);
    values.bigint(refusal.httpStatus());
    values.text(refusal.errorCode());
    values.texts(refusal.errorMessages());
    values.text(refusal.correlationId());
  }

  private static void write(Refusal.Request request, CopyBuffer values) {
    values.bool(request.isRefund());
    values.text(request.faults());
    values.text(request.orderId());
    values.text(request.refundId());
    values.bigint(request.refundedAmount());
    values.time(request.refundedAt());
    values.text(request.purchaseCurrency());
    values.text(request.captureId());
    values.text(request.reference());
    values.text(request.description());
    values.text(request.idempotencyKey());
    values.text(request.merchant().first());
    values.text(request.merchant().second());
    values.text(OrderLinesText.of(request.orderLines()));
  }

  private static void write(Event event, CopyBuffer values) {
    values.text(event.orderId());
    values.text(event.eventType());
    values.time(event.occurredAt());
    values.text(event.refundId());
    values.bigint(event.refundedAmount());
    values.text(event.correlationId());
  }

  private static void write(Refund refund, MerchantReferences merchant, CopyBuffer values) {
    values.text(refund.orderId());
    values.bigint(refund.refundedAmount());
    values.time(refund.refundedAt());
    values.text(refund.purchaseCurrency());
    values.text(refund.captureId());
    values.text(refund.reference());
    values.text(refund.description());
    values.text(refund.idempotencyKey());
    values.text(merchant.first());
    values.text(merchant.second());
    values.text(OrderLinesText.of(refund.orderLines()));
  }
}
