package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.Fields.Spelling;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
final class RefundRecord {

  static final Fields FIELDS = new Fields();

  private static final Name<String> ORDER_ID =
      FIELDS.required(
          "order_id", Spelling.networkId("payment_transaction_id"), JsonFields::identifier);
  private static final Name<String> REFUND_ID =
      FIELDS.required("refund_id", Spelling.networkId("payment_refund_id"), JsonFields::identifier);
  private static final Name<Long> REFUNDED_AMOUNT =
      FIELDS.required("refunded_amount", (in, name) -> in.wholeNumber(name, 1));
  private static final Name<Instant> REFUNDED_AT = FIELDS.required("refunded_at", JsonFields::time);
  private static final Name<String> PURCHASE_CURRENCY =
      FIELDS.optional("purchase_currency", JsonFields::currency);
  private static final Name<String> CAPTURE_ID =
      FIELDS.optional(
          "capture_id", Spelling.networkId("payment_capture_id"), JsonFields::identifier);
  private static final Name<String> REFERENCE =
      FIELDS.optional("reference", Spelling.of("payment_refund_reference"), JsonFields::identifier);
  private static final Name<String> DESCRIPTION = FIELDS.optional("description", JsonFields::text);
  private static final Name<String> IDEMPOTENCY_KEY =
      FIELDS.optional("idempotency_key", JsonFields::identifier);
  private static final Name<String> MERCHANT_REFERENCE1 =
      FIELDS.optional("merchant_reference1", JsonFields::identifier);
  private static final Name<String> MERCHANT_REFERENCE2 =
      FIELDS.optional("merchant_reference2", JsonFields::identifier);
  private static final Name<List<OrderLine>> ORDER_LINES =
      FIELDS.optional("order_lines", Spelling.of("line_items"), JsonFields::orderLines);

  /** A request has mostly none yet. */
  private static final String NO_ID = "-";

  private RefundRecord() {}

  static Delivered.OfRefund of(Said said) {
    return new Delivered.OfRefund(
        refund(said),
        new MerchantReferences(said.orNull(MERCHANT_REFERENCE1), said.orNull(MERCHANT_REFERENCE2)),
        said.besideOrNull(REFUND_ID));
  }

  /** Puts in what stands in where the input names no order, no id or no time. */
  static Said withStandIns(
      Said said, @Nullable String orderIfNone, String idIfNone, Instant timeIfNone) {
    if (orderIfNone != null) {
      said.putIfAbsent(ORDER_ID, orderIfNone);
    }
    said.putIfAbsent(REFUND_ID, idIfNone);
    said.putIfAbsent(REFUNDED_AT, timeIfNone);
    return said;
  }

  /**
   * What a body says that was sent as a refund of an order at a time; be it that no refund can be
   * made of it.
   */
  static Refusal.Request request(Said said, String orderId, Instant attemptedAt) {
    var ownOrderId = said.orNull(ORDER_ID);
    var refundId = said.orNull(REFUND_ID);
    var refundedAt = said.orNull(REFUNDED_AT);
    var faults = withStandIns(said, orderId, NO_ID, attemptedAt).faults();
    return new Refusal.Request(
        faults.isEmpty(),
        faults.isEmpty() ? null : BadRecordException.told(faults),
        ownOrderId,
        refundId,
        said.orNull(REFUNDED_AMOUNT),
        refundedAt,
        said.orNull(PURCHASE_CURRENCY),
        said.orNull(CAPTURE_ID),
        said.orNull(REFERENCE),
        said.orNull(DESCRIPTION),
        said.orNull(IDEMPOTENCY_KEY),
        new MerchantReferences(said.orNull(MERCHANT_REFERENCE1), said.orNull(MERCHANT_REFERENCE2)),
        Objects.requireNonNullElse(said.orNull(ORDER_LINES), List.of()));
  }

  static Refund refund(Said said) {
    return new Refund(
        said.required(REFUND_ID),
        said.required(ORDER_ID),
        said.required(REFUNDED_AMOUNT),
        said.required(REFUNDED_AT),
        said.orNull(PURCHASE_CURRENCY),
        said.orNull(CAPTURE_ID),
        said.orNull(REFERENCE),
        said.orNull(DESCRIPTION),
        said.orNull(IDEMPOTENCY_KEY),
        Objects.requireNonNullElse(said.orNull(ORDER_LINES), List.of()));
  }
}
