package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.evidence.KlarnaRecord;
import io.recredit.evidence.NaiveKlarnaRecord;
import io.recredit.evidence.Snapshot;
import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What order documents say, by rules.md, part 7: what in them is input, and the record. */
final class NaiveDocuments {

  private final Map<String, List<FeedRecord>> documents;
  private final Set<String> ordersOfFiles;
  private final List<Capture> captures = new ArrayList<>();
  private final List<Refund> refunds = new ArrayList<>();
  private final Map<String, List<String>> listed = new TreeMap<>();
  private final Map<String, List<Instant>> times = new TreeMap<>();

  /**
   * @param documents those that count, by order
   * @param ordersOfFiles with refunds in refunds files
   * @param ofFiles what files have: "captures c-1", "refunds r-1"
   */
  NaiveDocuments(
      Map<String, List<FeedRecord>> documents, Set<String> ordersOfFiles, Set<String> ofFiles) {
    this.documents = documents;
    this.ordersOfFiles = ordersOfFiles;
    var captureById = new TreeMap<String, Capture>();
    var refundById = new TreeMap<String, Refund>();
    // In order of the orders: of several that have an id the smallest comes first.
    for (var order : new TreeMap<>(documents).entrySet()) {
      var latest =
          order.getValue().stream().max(Comparator.comparing(FeedRecord::instant)).orElseThrow();
      var items = listed.computeIfAbsent(order.getKey(), o -> new ArrayList<>());
      var itsTimes = times.computeIfAbsent(order.getKey(), o -> new ArrayList<>());
      for (var capture : latest.list("captures")) {
        items.add("captures " + text(capture, "capture_id"));
        itsTimes.add(Instant.parse(text(capture, "captured_at")));
        captureById.putIfAbsent(text(capture, "capture_id"), capture(latest, capture));
      }
      for (var refund : named(latest)) {
        if (refund.isNamed() || !ordersOfFiles.contains(order.getKey())) {
          items.add("refunds " + refund.id());
          itsTimes.add(refund.refund().refundedAt());
          refundById.putIfAbsent(refund.id(), refund.refund());
        }
      }
    }
    captureById.forEach(
        (id, capture) -> addIf(!ofFiles.contains("captures " + id), capture, captures));
    refundById.forEach((id, refund) -> addIf(!ofFiles.contains("refunds " + id), refund, refunds));
  }

  private static <T> void addIf(boolean condition, T item, List<T> to) {
    if (condition) {
      to.add(item);
    }
  }

  List<Capture> captures() {
    return captures;
  }

  List<Refund> refunds() {
    return refunds;
  }

  /** What the latest documents have, by order, though files or other documents have it too. */
  Map<String, List<String>> listed() {
    return listed;
  }

  /** When that was. */
  Map<String, List<Instant>> times() {
    return times;
  }

  KlarnaRecord record(String order) {
    return KlarnaRecord.of(snapshots(order), ordersOfFiles.contains(order));
  }

  private List<Snapshot> snapshots(String order) {
    return documents.getOrDefault(order, List.of()).stream().map(NaiveDocuments::snapshot).toList();
  }

  /** Those of old orders that are before the last window, not usable, or say nothing new, by id. */
  Set<String> notLookedAt(Predicate<String> isOld) {
    return documents.entrySet().stream()
        .filter(of -> isOld.test(of.getKey()))
        .flatMap(
            of -> {
              var lookedAt = lookedAt(of.getKey(), of.getValue());
              return of.getValue().stream().filter(d -> !lookedAt.contains(d.instant()));
            })
        .map(FeedRecord::id)
        .collect(Collectors.toSet());
  }

  private Set<Instant> lookedAt(String order, List<FeedRecord> of) {
    var lookedAt = new TreeSet<Instant>();
    var window = new NaiveKlarnaRecord(snapshots(order), ordersOfFiles.contains(order)).window();
    for (var i = 0; i < window.size(); i++) {
      var isLast = i == window.size() - 1;
      if (i == 0 || isLast || !said(window.get(i)).equals(said(window.get(i - 1)))) {
        lookedAt.add(window.get(i).readAt());
      }
    }
    for (var given :
        List.of("order_id", "merchant_reference1", "merchant_reference2", "klarna_reference")) {
      of.stream()
          .filter(document -> document.fields().get(given) != null)
          .map(FeedRecord::instant)
          .max(Comparator.naturalOrder())
          .ifPresent(lookedAt::add);
    }
    return lookedAt;
  }

  private static String said(Snapshot snapshot) {
    return snapshot.remainingAuthorizedAmount() + " " + snapshot.invoices() + snapshot.refunds();
  }

  private record Named(String id, boolean isNamed, Refund refund) {}

  private static List<Named> named(FeedRecord document) {
    var above =
        document.list("refunds").stream().filter(r -> number(r, "refunded_amount") > 0).toList();
    var inTime =
        above.stream()
            .sorted(Comparator.comparing(r -> Instant.parse(text(r, "refunded_at"))))
            .toList();
    return above.stream()
        .map(
            refund -> {
              var given = (String) refund.get("refund_id");
              var id =
                  given == null ? document.orderId() + "#" + (place(inTime, refund) + 1) : given;
              return new Named(id, given != null, refund(document, id, refund));
            })
        .toList();
  }

  /** By identity: two refunds may be equal. */
  private static int place(List<Map<String, Object>> inTime, Map<String, Object> refund) {
    for (var i = 0; i < inTime.size(); i++) {
      if (inTime.get(i) == refund) {
        return i;
      }
    }
    throw new IllegalStateException("not in the list");
  }

  private static Capture capture(FeedRecord document, Map<String, Object> capture) {
    return new Capture(
        text(capture, "capture_id"),
        document.orderId(),
        number(capture, "captured_amount"),
        Instant.parse(text(capture, "captured_at")),
        text(document.fields(), "purchase_country"),
        text(document.fields(), "purchase_currency"),
        (Long) document.fields().get("order_amount"),
        (String) capture.get("klarna_reference"),
        (String) capture.get("reference"),
        lines(capture));
  }

  private static Refund refund(FeedRecord document, String id, Map<String, Object> refund) {
    return new Refund(
        id,
        document.orderId(),
        number(refund, "refunded_amount"),
        Instant.parse(text(refund, "refunded_at")),
        null,
        null,
        (String) refund.get("reference"),
        (String) refund.get("description"),
        null,
        lines(refund));
  }

  private static Snapshot snapshot(FeedRecord document) {
    return new Snapshot(
        document.instant(),
        (Long) document.fields().get("remaining_authorized_amount"),
        document.list("captures").stream()
            .map(
                capture ->
                    new Invoice(
                        text(capture, "capture_id"),
                        number(capture, "captured_amount"),
                        (Long) capture.get("refunded_amount")))
            .toList(),
        named(document).stream()
            .map(
                refund ->
                    new ListedRefund(
                        refund.id(),
                        refund.refund().refundedAmount(),
                        refund.refund().refundedAt(),
                        refund.isNamed()))
            .toList());
  }

  @SuppressWarnings("unchecked")
  private static List<OrderLine> lines(Map<String, Object> of) {
    return NaiveInput.lines((List<Map<String, Object>>) of.getOrDefault("order_lines", List.of()));
  }

  private static String text(Map<String, Object> of, String field) {
    return String.valueOf(of.get(field));
  }

  private static long number(Map<String, Object> of, String field) {
    @Nullable Object value = of.get(field);
    return value == null ? 0 : (Long) value;
  }
}
