package io.recredit.feed;

import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.Fields.Spelling;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of a refusals file, such as
 *
 * <pre>{@code
 * {"order_id":"o-1","attempted_at":"2026-11-24T16:04:00Z",
 *  "request":{"refunded_amount":9999,"order_lines":[{"reference":"sku-1","total_amount":9999}]},
 *  "http_status":403,"error_code":"REFUND_NOT_ALLOWED",
 *  "error_messages":["Refund amount exceeds the captured amount"],"correlation_id":"6dd7bbf6"}
 * }</pre>
 *
 * on one line. A request that was refused may well be wrong: that is no fault of the line.
 */
final class RefusalRecord {

  static final Fields FIELDS = Fields.amongPersonalOnes();

  private static final Name<String> ORDER_ID =
      FIELDS.required(
          "order_id", Spelling.networkId("payment_transaction_id"), JsonFields::identifier);
  private static final Name<Instant> ATTEMPTED_AT =
      FIELDS.required("attempted_at", JsonFields::time);
  private static final Name<Field<Said>> REQUEST =
      FIELDS.optional(
          "request", (in, name) -> Field.of(name, in.object(name, RefundRecord.FIELDS)));
  private static final Name<Long> HTTP_STATUS =
      FIELDS.optional("http_status", (in, name) -> in.wholeNumber(name, 0));
  private static final Name<String> ERROR_CODE =
      FIELDS.optional("error_code", JsonFields::identifier);
  private static final Name<List<String>> ERROR_MESSAGE =
      FIELDS.optional("error_message", JsonFields::texts);
  private static final Name<List<String>> ERROR_MESSAGES =
      FIELDS.optional("error_messages", JsonFields::texts);
  private static final Name<String> CORRELATION_ID =
      FIELDS.optional("correlation_id", JsonFields::identifier);

  private RefusalRecord() {}

  static Delivered.OfRefusal of(Said said) {
    var orderId = said.required(ORDER_ID);
    var attemptedAt = said.required(ATTEMPTED_AT);
    return new Delivered.OfRefusal(
        new Refusal(
            orderId,
            attemptedAt,
            request(said.orNull(REQUEST), orderId, attemptedAt),
            said.orNull(HTTP_STATUS),
            said.orNull(ERROR_CODE),
            messages(said),
            said.orNull(CORRELATION_ID)));
  }

  private static Refusal.Request request(
      @Nullable Field<Said> field, String orderId, Instant attemptedAt) {
    var body = field == null ? null : field.value();
    if (body != null) {
      return RefundRecord.request(body, orderId, attemptedAt);
    }
    return Refusal.Request.none(
        field == null || field.saysNothing() ? null : BadRecordException.told(field.faults()));
  }

  /** Both of Klarna's APIs' answers; none twice, none empty. */
  private static List<String> messages(Said said) {
    return Stream.of(ERROR_MESSAGE, ERROR_MESSAGES)
        .flatMap(name -> Stream.ofNullable(said.orNull(name)).flatMap(List::stream))
        .filter(message -> !message.isEmpty())
        .distinct()
        .toList();
  }
}
