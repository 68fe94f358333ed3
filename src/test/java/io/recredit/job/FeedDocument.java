package io.recredit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A line of an orders file, said in few words: of an order in Sweden, in SEK. */
record FeedDocument(Map<String, Object> fields) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static FeedDocument document(String order) {
    return new FeedDocument(Map.of())
        .with("order_id", order)
        .with("purchase_country", "se")
        .with("purchase_currency", "SEK");
  }

  FeedDocument readAt(String when) {
    return with("read_at", when);
  }

  /** On 2026-11-20 in the morning. */
  FeedDocument capture(String id, long captured, @Nullable Long refunded) {
    return capture(id, captured, refunded, List.of());
  }

  FeedDocument capture(String id, long captured, @Nullable Long refunded, List<?> lines) {
    var capture = new LinkedHashMap<String, @Nullable Object>();
    capture.put("capture_id", id);
    capture.put("captured_amount", captured);
    capture.put("captured_at", "2026-11-20T08:00:00Z");
    capture.put("refunded_amount", refunded);
    capture.put("order_lines", lines);
    return more("captures", capture);
  }

  /** On 2026-11-20 at noon. */
  FeedDocument refund(@Nullable String id, long refunded) {
    return refund(id, refunded, "2026-11-20T12:00:00Z", List.of());
  }

  FeedDocument refund(@Nullable String id, long refunded, String at, List<?> lines) {
    var refund = new LinkedHashMap<String, @Nullable Object>();
    refund.put("refund_id", id);
    refund.put("refunded_amount", refunded);
    refund.put("refunded_at", at);
    refund.put("order_lines", lines);
    return more("refunds", refund);
  }

  static Map<String, Object> line(String reference, long amount) {
    return Map.of("reference", reference, "total_amount", amount);
  }

  FeedDocument with(String field, Object value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new FeedDocument(changed);
  }

  private FeedDocument more(String field, Object record) {
    var records = new ArrayList<Object>((List<?>) fields.getOrDefault(field, List.of()));
    records.add(record);
    return with(field, records);
  }

  String json() {
    return JSON.writeValueAsString(fields);
  }
}
