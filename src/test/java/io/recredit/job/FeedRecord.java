package io.recredit.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A line of a file, said in few words; what is not said is as any record could have it. */
record FeedRecord(Map<String, Object> fields, String amount, String time) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LINES = "order_lines";

  /** A capture of 100.00 SEK, on 2026-11-20 in the morning. */
  static FeedRecord capture(String order, String id) {
    return record("captured_amount", "captured_at")
        .with("order_id", order)
        .with("capture_id", id)
        .with("purchase_country", "SE")
        .with("purchase_currency", "SEK")
        .of(100_00)
        .at("2026-11-20T08:00:00Z");
  }

  /** A refund of 100.00, on 2026-11-20 at noon. */
  static FeedRecord refund(String order, String id) {
    return record("refunded_amount", "refunded_at")
        .with("order_id", order)
        .with("refund_id", id)
        .of(100_00)
        .at("2026-11-20T12:00:00Z");
  }

  /** The release of an order's remaining authorization, on 2026-11-20 in the morning. */
  static FeedRecord release(String order) {
    return record("", "released_at").with("order_id", order).at("2026-11-20T09:00:00Z");
  }

  /** A document of an order in Sweden, in SEK, read on 2026-11-21 in the night. */
  static FeedRecord order(String order) {
    return record("remaining_authorized_amount", "read_at")
        .with("order_id", order)
        .with("purchase_country", "SE")
        .with("purchase_currency", "SEK")
        .at("2026-11-21T03:00:00Z");
  }

  /** A refused request without a body, on 2026-11-20 before noon. */
  static FeedRecord refusal(String order, String id) {
    return record("", "attempted_at")
        .with("order_id", order)
        .with("correlation_id", id)
        .at("2026-11-20T11:00:00Z");
  }

  /** An event about a refund of an order, on 2026-11-20 past noon. */
  static FeedRecord event(String order, String id) {
    return record("refunded_amount", "occurred_at")
        .with("order_id", order)
        .with("event_id", id)
        .at("2026-11-20T12:00:01Z");
  }

  private static FeedRecord record(String amount, String time) {
    return new FeedRecord(Map.of(), amount, time);
  }

  FeedRecord of(long minorUnits) {
    return with(amount, minorUnits);
  }

  FeedRecord at(String when) {
    return with(time, when);
  }

  FeedRecord line(String reference, long minorUnits) {
    return lineOf(Map.of("reference", reference, "total_amount", minorUnits));
  }

  FeedRecord lineOf(Map<String, ? extends @Nullable Object> line) {
    var lines = new ArrayList<Object>((List<?>) fields.getOrDefault(LINES, List.of()));
    lines.add(line);
    return with(LINES, lines);
  }

  FeedRecord ofCapture(String captureId) {
    return with("capture_id", captureId);
  }

  FeedRecord in(String currency) {
    return with("purchase_currency", currency);
  }

  FeedRecord with(String field, Object value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new FeedRecord(changed, amount, time);
  }

  FeedRecord without(String field) {
    var changed = new LinkedHashMap<>(fields);
    changed.remove(field);
    return new FeedRecord(changed, amount, time);
  }

  /** Empty for an event that names none. */
  String orderId() {
    return (String) Objects.requireNonNullElse(fields.get("order_id"), "");
  }

  /** Of an event, whether it is about a refund; of others nothing but the envelope is read. */
  boolean isAboutRefund() {
    return !fields.containsKey("event_type");
  }

  /** Of an event, as far as it is read. */
  FeedRecord asFarAsRead() {
    return isAboutRefund()
        ? this
        : without("order_id").without("refund_id").without("refunded_amount");
  }

  Instant instant() {
    return Instant.parse((String) Objects.requireNonNull(fields.get(time)));
  }

  /**
   * A release's id is its order, a document's its order and when it was read, and so with a refused
   * request that Klarna gave no number.
   */
  String id() {
    if (time.equals("read_at")
        || (time.equals("attempted_at") && !fields.containsKey("correlation_id"))) {
      return orderId() + " " + instant();
    }
    var name =
        switch (time) {
          case "captured_at" -> "capture_id";
          case "refunded_at" -> "refund_id";
          case "attempted_at" -> "correlation_id";
          case "occurred_at" -> "event_id";
          default -> "order_id";
        };
    return (String) Objects.requireNonNull(fields.get(name));
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> lines() {
    return (List<Map<String, Object>>) fields.getOrDefault(LINES, List.of());
  }

  /** The captures or refunds of a document. */
  @SuppressWarnings("unchecked")
  List<Map<String, Object>> list(String field) {
    return (List<Map<String, Object>>) fields.getOrDefault(field, List.of());
  }

  FeedRecord withLines(List<Map<String, Object>> lines) {
    return lines.isEmpty() ? without(LINES) : with(LINES, List.copyOf(lines));
  }

  String json() {
    return JSON.writeValueAsString(time.equals("occurred_at") ? enveloped() : fields);
  }

  private Map<String, Object> enveloped() {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("event_type", "payment.transaction.refunded");
    var payload = new LinkedHashMap<String, Object>();
    fields.forEach(
        (name, value) -> {
          switch (name) {
            case "event_id", "event_type", "occurred_at" -> metadata.put(name, value);
            case "order_id" -> payload.put("payment_transaction_id", value);
            case "refund_id" -> payload.put("payment_refund_id", value);
            default -> payload.put(name, value);
          }
        });
    return Map.of("metadata", metadata, "payload", isAboutRefund() ? payload : "anything");
  }

  /** The body of a refused request. */
  @SuppressWarnings("unchecked")
  Map<String, Object> request() {
    return (Map<String, Object>) fields.getOrDefault("request", Map.of());
  }
}
