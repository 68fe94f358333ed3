package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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
      FIELDS.add("order_id", "payment_transaction_id", JsonFields::identifier);
  private static final Name<String> REFUND_ID =
      FIELDS.add("refund_id", "payment_refund_id", JsonFields::identifier);
  private static final Name<Long> REFUNDED_AMOUNT =
      FIELDS.add("refunded_amount", (in, name) -> in.wholeNumber(name, 1));
  private static final Name<Instant> REFUNDED_AT = FIELDS.add("refunded_at", JsonFields::time);
  private static final Name<String> PURCHASE_CURRENCY =
      FIELDS.add("purchase_currency", JsonFields::currency);
  private static final Name<String> CAPTURE_ID =
      FIELDS.add("capture_id", "payment_capture_id", JsonFields::identifier);
  private static final Name<String> REFERENCE = FIELDS.add("reference", JsonFields::identifier);
  private static final Name<String> DESCRIPTION = FIELDS.add("description", JsonFields::text);
  private static final Name<String> IDEMPOTENCY_KEY =
      FIELDS.add("idempotency_key", JsonFields::identifier);
  private static final Name<List<OrderLine>> ORDER_LINES =
      FIELDS.add("order_lines", "line_items", JsonFields::orderLines);

  private RefundRecord() {}

  static Refund of(Said said) throws BadRecordException {
    return of(said, Field.absent(), Field.absent());
  }

  /** With what stands in where the input names no id or no time. */
  static Refund of(Said said, Field<String> idIfNone, Field<Instant> timeIfNone)
      throws BadRecordException {
    var order = said.required(ORDER_ID);
    var lines = said.orNull(ORDER_LINES);
    return new Refund(
        said.field(REFUND_ID).orElse(idIfNone).required(REFUND_ID.name()),
        order,
        said.required(REFUNDED_AMOUNT),
        said.field(REFUNDED_AT).orElse(timeIfNone).required(REFUNDED_AT.name()),
        said.orNull(PURCHASE_CURRENCY),
        said.orNull(CAPTURE_ID),
        said.orNull(REFERENCE),
        said.orNull(DESCRIPTION),
        said.orNull(IDEMPOTENCY_KEY),
        Objects.requireNonNullElse(lines, List.of()));
  }
}
