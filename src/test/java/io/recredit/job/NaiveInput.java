package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.allocation.Resolution;
import io.recredit.evidence.KlarnaRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All files as last read, and what they say together, by rules.md, part 3: of an id in files of
 * several days the record of the latest day counts. Beside them, the resolutions that hold, by
 * refund; and what was pruned, as "orders-2026-11-20.ndjson ID".
 */
record NaiveInput(
    SortedMap<FileName, NaiveReading> readings,
    SortedMap<String, Resolution> resolutions,
    Set<String> pruned) {

  private static final Comparator<FeedRecord> NEWEST =
      Comparator.comparing(FeedRecord::instant)
          .thenComparing(FeedRecord::id, NaivePayouts.BY_CODE_POINT);

  static NaiveInput none() {
    return new NaiveInput(new TreeMap<>(), new TreeMap<>(), Set.of());
  }

  /** A file that is as it was is not read again, unless another version of the program read it. */
  NaiveInput and(Map<FileName, NaiveReading> read, boolean byAnotherVersion) {
    var all = new TreeMap<>(readings);
    read.forEach(
        (file, reading) ->
            all.merge(
                file,
                reading,
                (before, now) ->
                    before.lines().equals(now.lines()) && !byAnotherVersion ? before : now));
    return new NaiveInput(all, resolutions, pruned);
  }

  /** What is left when an order is erased. */
  NaiveInput without(NaiveErasing erasing) {
    var left = new TreeMap<>(readings);
    left.replaceAll((file, reading) -> reading.without(erasing, file.kind()));
    return new NaiveInput(left, resolutions, pruned);
  }

  /** Takes "captures c-1" and its order, of all that files have, counting or not. */
  void inFiles(BiConsumer<String, String> item) {
    readings.forEach(
        (file, reading) ->
            reading
                .accepted()
                .forEach((id, record) -> item.accept(file.kind() + " " + id, record.orderId())));
  }

  /** The same of all that the latest documents have. */
  void inDocuments(BiConsumer<String, String> item) {
    documents().listed().forEach((order, items) -> items.forEach(id -> item.accept(id, order)));
  }

  /** "captures c-1", where it counts because a document has it. */
  Set<String> fromDocuments() {
    var documents = documents();
    return Stream.concat(
            documents.captures().stream().map(capture -> "captures " + capture.captureId()),
            documents.refunds().stream().map(refund -> "refunds " + refund.refundId()))
        .collect(Collectors.toSet());
  }

  /** "captures c-1", where one of the files has it otherwise. */
  Set<String> notAsIn(NaiveInput other) {
    var changed = new TreeSet<String>();
    readings.forEach(
        (file, reading) ->
            reading
                .accepted()
                .forEach(
                    (id, record) -> {
                      if (!record.equals(get(other.readings, file).accepted().get(id))) {
                        changed.add(file.kind() + " " + id);
                      }
                    }));
    return changed;
  }

  /** Each takes the place of the one before it; an empty one takes that back. */
  NaiveInput resolved(Map<String, Optional<Resolution>> resolved) {
    var all = new TreeMap<>(resolutions);
    resolved.forEach(
        (refund, resolution) ->
            resolution.ifPresentOrElse(s -> all.put(refund, s), () -> all.remove(refund)));
    return new NaiveInput(readings, all, pruned);
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
            reading.accepted().keySet().stream()
                .filter(id -> !pruned.contains(file + " " + id))
                .forEach(id -> counting.put(file.kind() + " " + id, file)));
    return counting;
  }

  /** Without the snapshots of old orders that nothing is worked out from. */
  NaiveInput pruned(Predicate<String> isOld) {
    var snapshots = documents().notLookedAt(isOld);
    var gone = new TreeSet<>(pruned);
    readings.keySet().stream()
        .filter(file -> file.kind().equals("orders"))
        .forEach(file -> snapshots.forEach(id -> gone.add(file + " " + id)));
    return new NaiveInput(readings, resolutions, gone);
  }

  /** Something of an order, be it a record of a file, or what its latest document has. */
  interface Seen {
    void of(String order, LocalDate fileDay, Instant time);
  }

  void seen(Seen seen) {
    readings.forEach(
        (file, reading) ->
            reading
                .accepted()
                .values()
                .forEach(r -> seen.of(r.orderId(), LocalDate.parse(file.day()), r.instant())));
    documents()
        .times()
        .forEach((order, times) -> times.forEach(time -> seen.of(order, LocalDate.MIN, time)));
  }

  List<OrderHistory> histories() {
    var captures = new TreeMap<String, List<Capture>>();
    var refunds = new TreeMap<String, List<Refund>>();
    var releases = new TreeMap<String, List<Release>>();
    counting("captures").forEach(record -> add(captures, record.orderId(), capture(record)));
    counting("refunds").forEach(record -> add(refunds, record.orderId(), refund(record)));
    counting("releases")
        .forEach(
            record ->
                add(releases, record.orderId(), new Release(record.orderId(), record.instant())));
    var naive = documents();
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

  /** Refused requests and events, by order. */
  Map<String, List<FeedRecord>> answers(String kind) {
    var answers = new TreeMap<String, List<FeedRecord>>();
    counting(kind).forEach(record -> add(answers, record.orderId(), record));
    return answers;
  }

  /** By "captures c-1": what a record that came with two ids has beside the one that counts. */
  Map<String, String> otherIds() {
    var others = new TreeMap<String, String>();
    for (var kind : List.of("captures", "refunds")) {
      counting(kind)
          .filter(record -> record.fields().get("other_id") != null)
          .forEach(record -> others.put(kind + " " + record.id(), get(record, "other_id")));
    }
    return others;
  }

  /** By order the shop's: of the latest snapshot that gives one, else of a capture, a refund. */
  Map<String, String> orderReferences() {
    var references = new TreeMap<String, String>();
    for (var kind : List.of("orders", "captures", "refunds")) {
      var ofKind = new TreeMap<String, FeedRecord>();
      counting(kind)
          .filter(record -> record.fields().get("merchant_reference1") != null)
          .forEach(record -> ofKind.merge(record.orderId(), record, BinaryOperator.maxBy(NEWEST)));
      ofKind.forEach(
          (order, record) -> references.putIfAbsent(order, get(record, "merchant_reference1")));
    }
    return references;
  }

  private NaiveDocuments documents() {
    var documents = new TreeMap<String, List<FeedRecord>>();
    counting("orders").forEach(document -> add(documents, document.orderId(), document));
    var ordersOfFiles = counting("refunds").map(FeedRecord::orderId).collect(Collectors.toSet());
    return new NaiveDocuments(documents, ordersOfFiles, counting().keySet());
  }

  private Stream<FeedRecord> counting(String kind) {
    return counting().entrySet().stream()
        .filter(counts -> counts.getValue().kind().equals(kind))
        .map(
            counts ->
                get(
                    get(readings, counts.getValue()).accepted(),
                    counts.getKey().substring(kind.length() + 1)));
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

  /** Of a refused request, as a refund of that id. */
  @SuppressWarnings("unchecked")
  static Refund request(FeedRecord refusal, String id) {
    var request = refusal.request();
    return new Refund(
        id,
        refusal.orderId(),
        (Long) get(request, "refunded_amount"),
        refusal.instant(),
        (String) request.get("purchase_currency"),
        (String) request.get("capture_id"),
        null,
        null,
        (String) request.get("idempotency_key"),
        lines((List<Map<String, Object>>) request.getOrDefault("order_lines", List.of())));
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
