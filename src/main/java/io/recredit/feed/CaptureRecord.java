package io.recredit.feed;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.Fields.Spelling;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A line of a captures file, such as
 *
 * <pre>{@code
 * {"order_id":"o-1","capture_id":"c-1","captured_amount":9999,"captured_at":"2026-11-20T09:30:00Z",
 *  "purchase_country":"SE","purchase_currency":"SEK","order_amount":19998,
 *  "klarna_reference":"K4MADNY6-1","reference":"shipment 1","merchant_reference1":"100319472",
 *  "order_lines":[{"reference":"sku-1","type":"physical","quantity":1,"total_amount":9999}]}
 * }</pre>
 *
 * on one line.
 */
final class CaptureRecord {

  static final Fields FIELDS = new Fields();

  private static final Name<String> ORDER_ID =
      FIELDS.required(
          "order_id", Spelling.networkId("payment_transaction_id"), JsonFields::identifier);
  private static final Name<String> CAPTURE_ID =
      FIELDS.required(
          "capture_id", Spelling.networkId("payment_capture_id"), JsonFields::identifier);
  private static final Name<Long> CAPTURED_AMOUNT =
      FIELDS.required("captured_amount", (in, name) -> in.wholeNumber(name, 1));
  private static final Name<Instant> CAPTURED_AT = FIELDS.required("captured_at", JsonFields::time);
  private static final Name<String> PURCHASE_COUNTRY =
      FIELDS.required("purchase_country", JsonFields::country);
  private static final Name<String> PURCHASE_CURRENCY =
      FIELDS.required("purchase_currency", JsonFields::currency);
  private static final Name<Long> ORDER_AMOUNT =
      FIELDS.optional("order_amount", (in, name) -> in.wholeNumber(name, 0));
  private static final Name<String> KLARNA_REFERENCE =
      FIELDS.optional("klarna_reference", JsonFields::identifier);
  private static final Name<String> REFERENCE =
      FIELDS.optional(
          "reference", Spelling.of("payment_capture_reference"), JsonFields::identifier);
  private static final Name<String> MERCHANT_REFERENCE1 =
      FIELDS.optional("merchant_reference1", JsonFields::identifier);
  private static final Name<String> MERCHANT_REFERENCE2 =
      FIELDS.optional("merchant_reference2", JsonFields::identifier);
  private static final Name<List<OrderLine>> ORDER_LINES =
      FIELDS.optional("order_lines", Spelling.of("line_items"), JsonFields::orderLines);

  private CaptureRecord() {}

  static Delivered.OfCapture of(Said said) {
    return new Delivered.OfCapture(
        capture(said),
        new MerchantReferences(said.orNull(MERCHANT_REFERENCE1), said.orNull(MERCHANT_REFERENCE2)),
        said.besideOrNull(CAPTURE_ID));
  }

  private static Capture capture(Said said) {
    return new Capture(
        said.required(CAPTURE_ID),
        said.required(ORDER_ID),
        said.required(CAPTURED_AMOUNT),
        said.required(CAPTURED_AT),
        said.required(PURCHASE_COUNTRY),
        said.required(PURCHASE_CURRENCY),
        said.orNull(ORDER_AMOUNT),
        said.orNull(KLARNA_REFERENCE),
        said.orNull(REFERENCE),
        Objects.requireNonNullElse(said.orNull(ORDER_LINES), List.of()));
  }
}
