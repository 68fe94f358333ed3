package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.allocation.Resolution;
import io.recredit.evidence.KlarnaRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All files as last read, and what they say together, by rules.md, part 3: of an id in files of
 * several days the record of the latest day counts. Beside them, the resolutions that hold, by
 * refund.
 */
record NaiveInput(
    SortedMap<FileName, NaiveReading> readings, SortedMap<String, Resolution> resolutions) {

  static NaiveInput none() {
    return new NaiveInput(new TreeMap<>(), new TreeMap<>());
  }

  NaiveInput and(Map<FileName, NaiveReading> read) {
    var all = new TreeMap<>(readings);
    all.putAll(read);
    return new NaiveInput(all, resolutions);
  }

  /** Each takes the place of the one before it; an empty one takes that back. */
  NaiveInput resolved(Map<String, Optional<Resolution>> resolved) {
    var all = new TreeMap<>(resolutions);
    resolved.forEach(
        (refund, resolution) ->
            resolution.ifPresentOrElse(s -> all.put(refund, s), () -> all.remove(refund)));
    return new NaiveInput(readings, all);
  }

  boolean wasRead(String day) {
    return Stream.of("captures", "orders")
        .anyMatch(kind -> readings.containsKey(new FileName(kind, day)));
  }

  /** The file whose record counts, by kind and id. */
  Map<String, FileName> counting() {
    var counting = new TreeMap<String, FileName>();
    readings.forEach(
        (file, reading) ->
            reading.accepted().keySet().forEach(id -> counting.put(file.kind() + " " + id, file)));
    return counting;
  }

  List<OrderHistory> histories() {
    var captures = new TreeMap<String, List<Capture>>();
    var refunds = new TreeMap<String, List<Refund>>();
    var releases = new TreeMap<String, List<Release>>();
    var documents = new TreeMap<String, List<FeedRecord>>();
    counting()
        .forEach(
            (kindAndId, file) -> {
              var id = kindAndId.substring(file.kind().length() + 1);
              var record = get(get(readings, file).accepted(), id);
              var order = record.orderId();
              switch (file.kind()) {
                case "orders" -> add(documents, order, record);
                case "captures" -> add(captures, order, capture(record));
                case "refunds" -> add(refunds, order, refund(record));
                default -> add(releases, order, new Release(order, record.instant()));
              }
            });
    var ordersOfFiles = Set.copyOf(refunds.keySet());
    var naive = new NaiveDocuments(documents, ordersOfFiles, counting().keySet());
    naive.captures().forEach(capture -> add(captures, capture.orderId(), capture));
    naive.refunds().forEach(refund -> add(refunds, refund.orderId(), refund));
    var orders = new TreeMap<String, OrderHistory>();
    Stream.concat(captures.keySet().stream(), refunds.keySet().stream())
        .forEach(
            order ->
                orders.put(
                    order, history(order, captures, refunds, releases, naive.record(order))));
    return List.copyOf(orders.values());
  }

  private static <T> void add(Map<String, List<T>> orders, String order, T part) {
    orders.computeIfAbsent(order, o -> new ArrayList<>()).add(part);
  }

  private OrderHistory history(
      String order,
      Map<String, List<Capture>> captures,
      Map<String, List<Refund>> refunds,
      Map<String, List<Release>> releases,
      KlarnaRecord record) {
    var ofOrder = refunds.getOrDefault(order, List.of());
    return new OrderHistory(
        order,
        captures.getOrDefault(order, List.of()),
        ofOrder,
        releases.getOrDefault(order, List.of()),
        ofOrder.stream()
            .flatMap(refund -> Stream.ofNullable(resolutions.get(refund.refundId())))
            .toList(),
        record);
  }

  private static Capture capture(FeedRecord record) {
    return new Capture(
        record.id(),
        record.orderId(),
        (Long) get(record.fields(), "captured_amount"),
        record.instant(),
        get(record, "purchase_country"),
        get(record, "purchase_currency"),
        (Long) record.fields().get("order_amount"),
        (String) record.fields().get("klarna_reference"),
        (String) record.fields().get("reference"),
        lines(record));
  }

  private static Refund refund(FeedRecord record) {
    return new Refund(
        record.id(),
        record.orderId(),
        (Long) get(record.fields(), "refunded_amount"),
        record.instant(),
        (String) record.fields().get("purchase_currency"),
        (String) record.fields().get("capture_id"),
        (String) record.fields().get("reference"),
        (String) record.fields().get("description"),
        (String) record.fields().get("idempotency_key"),
        lines(record));
  }

  private static List<OrderLine> lines(FeedRecord record) {
    return lines(record.lines());
  }

  static List<OrderLine> lines(List<Map<String, Object>> lines) {
    return lines.stream()
        .map(
            line ->
                new OrderLine(
                    (String) line.get("reference"),
                    (String) line.get("type"),
                    (String) line.get("name"),
                    null,
                    null,
                    null,
                    (Long) get(line, "total_amount"),
                    (Long) line.get("total_tax_amount")))
        .toList();
  }

  private static String get(FeedRecord record, String field) {
    return (String) get(record.fields(), field);
  }

  private static <K, V> V get(Map<K, ? extends @Nullable V> map, K key) {
    var value = map.get(key);
    if (value == null) {
      throw new IllegalStateException(key + " is missing in " + map.keySet());
    }
    return value;
  }
}
