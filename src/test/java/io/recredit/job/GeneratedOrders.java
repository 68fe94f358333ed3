package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.event;
import static io.recredit.job.FeedRecord.order;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.refusal;
import static io.recredit.job.FeedRecord.release;

import io.recredit.allocation.Capture;
import io.recredit.allocation.HistoryGenerator;
import io.recredit.allocation.NaiveAllocator;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import io.recredit.allocation.SpecBranch;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random orders as the records of a feed: some as they come, and some that were looked for because
 * they visit a place of the rules that none before them did.
 */
final class GeneratedOrders {

  /** Not many more places are found in more. */
  private static final int MOST_TRIED = 1_200;

  /** Of an order that is no giant: a giant takes longer than all others together. */
  private static final int MOST_RECORDS = 50;

  /** Of a body that is no refund, beside what of it can be read. */
  static final String FAULTY_TIME = "today";

  private final Random random;
  private final Random ofAnswers;
  private final Map<String, List<FeedRecord>> records = new LinkedHashMap<>();

  /**
   * @param ofAnswers for what refusals and events are beside what all of them are, so that it
   *     changes nothing else
   */
  GeneratedOrders(Random random, Random ofAnswers) {
    this.random = random;
    this.ofAnswers = ofAnswers;
    FileName.KINDS.forEach(kind -> records.put(kind, new ArrayList<>()));
  }

  /** By the word of their files. */
  List<FeedRecord> of(String kind) {
    return records.getOrDefault(kind, List.of());
  }

  void addAny(int count, Policies policies, boolean giants) {
    var visited = EnumSet.noneOf(SpecBranch.class);
    var allocator = new NaiveAllocator(policies);
    for (var i = 0; i < MOST_TRIED && visited.size() < SpecBranch.values().length; i++) {
      var history = new HistoryGenerator(random.nextLong()).history();
      if (!giants && history.captures().size() + history.refunds().size() > MOST_RECORDS) {
        continue;
      }
      var isNew = false;
      for (var ruling : allocator.decide(history)) {
        isNew |= visited.addAll(ruling.visited());
      }
      if (isNew || i < count) {
        add("order-" + i, history);
      }
    }
  }

  /** So many that every thread has something to do. */
  void addPlain(int count) {
    for (var i = 0; i < count; i++) {
      var order = "plain-" + i;
      add("captures", capture(order, order + "/c").line("A", 100));
      add("refunds", refund(order, order + "/r").of(i % 120 + 1).line("A", i % 120 + 1));
    }
  }

  /**
   * Small ones for payouts to be about: with the shop's references, of which some are of two
   * orders, the same amounts, repetitions and second ids; some refunds have only documents, and no
   * ids there.
   */
  void addPaid(int count) {
    for (var i = 0; i < count; i++) {
      var order = "paid-" + i;
      var currency = pick(List.of("SEK", "SEK", "SEK", "EUR", "JPY"));
      var shop = "shop-" + (random.nextInt(4) == 0 ? random.nextInt(count) : i);
      var captured = new ArrayList<Map<String, Object>>();
      for (var n = 1 + random.nextInt(3); n > 0; n--) {
        var capture =
            paid(capture(order, order + "/c" + n).in(currency), "capture_id", shop)
                .of(pick(List.of(100_00L, 50_00L, 50_00L)));
        if (random.nextInt(10) > 0) {
          add("captures", capture);
        }
        captured.add(
            Map.of(
                "capture_id",
                capture.id(),
                "captured_amount",
                (Long) capture.fields().getOrDefault("captured_amount", 0L),
                "captured_at",
                capture.instant().toString()));
      }
      var listed = new ArrayList<Map<String, Object>>();
      var isInFiles = i % 3 > 0;
      var amount = 0L;
      for (var n = 2 + random.nextInt(4); n > 0; n--) {
        var repeats = amount > 0 && random.nextInt(3) == 0;
        amount = repeats ? amount : pick(List.of(20_00L, 20_00L, 30_00L, 50_00L));
        var refund =
            paid(refund(order, order + "/r" + n), "refund_id", shop)
                .of(amount)
                .with("idempotency_key", "key of " + amount + (repeats ? "" : " " + n));
        if (random.nextInt(3) == 0) {
          refund = refund.with("idempotency_key", "key of " + amount);
        }
        if (isInFiles) {
          add("refunds", refund);
        }
        listed.add(
            Map.of(
                "refunded_amount",
                (Long) refund.fields().getOrDefault("refunded_amount", 0L),
                "refunded_at",
                refund.instant().toString()));
      }
      if (!isInFiles || random.nextInt(3) == 0) {
        var document =
            order(order)
                .at("2026-11-22T1" + random.nextInt(10) + ":00:00Z")
                .with("purchase_currency", currency)
                .with("captures", captured)
                .with("refunds", isInFiles ? List.of() : listed);
        add("orders", with(document, "merchant_reference1", random.nextBoolean() ? shop : null));
      }
    }
  }

  private FeedRecord paid(FeedRecord record, String idName, String shop) {
    var paid =
        record.at("2026-11-%dT%02d:30:00Z".formatted(19 + random.nextInt(4), random.nextInt(24)));
    paid = with(paid, "merchant_reference1", random.nextInt(3) > 0 ? shop : null);
    paid = with(paid, "reference", random.nextInt(3) > 0 ? "mine-" + random.nextInt(3) : null);
    var other = "krn:" + record.fields().get(idName);
    return with(paid, "other_id", random.nextInt(4) == 0 ? other : null);
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private void add(String order, OrderHistory history) {
    var before = of("refunds").size();
    history.captures().forEach(capture -> add("captures", record(order, capture)));
    history.refunds().forEach(refund -> add("refunds", record(order, refund)));
    of("refunds").stream()
        .skip(before)
        .toList()
        .forEach(
            refund -> {
              if (random.nextInt(4) == 0) {
                add("refusals", refusalOf(refund));
              }
              if (random.nextInt(3) > 0) {
                add("events", eventOf(refund));
              }
            });
    history.releases().forEach(r -> add("releases", release(order).at(r.releasedAt().toString())));
    if (random.nextInt(2) == 0) {
      new GeneratedDocuments(order, of("captures"), of("refunds"), random)
          .all()
          .forEach(document -> add("orders", document));
    }
  }

  /** The same, sent before, or at the same moment. */
  private FeedRecord refusalOf(FeedRecord refund) {
    var request = new LinkedHashMap<>(refund.fields());
    request
        .keySet()
        .removeAll(Set.of("order_id", "refund_id", "refunded_at", "reference", "description"));
    request.computeIfPresent(
        "order_lines",
        (name, lines) -> refund.lines().stream().map(GeneratedOrders::withoutName).toList());
    if (random.nextInt(8) == 0) {
      request.put("refunded_amount", 0L);
    }
    switch (ofAnswers.nextInt(6)) {
      case 0 -> request.put("refunded_at", FAULTY_TIME);
      case 1 -> request.put("refunded_at", refund.instant().toString());
      case 2 -> request.put("order_id", refund.orderId());
      default -> {}
    }
    var refusal =
        refusal(refund.orderId(), refund.id() + "/refused")
            .with("request", request)
            .at(refund.instant().minus(random.nextInt(3), ChronoUnit.MICROS).toString());
    return ofAnswers.nextInt(5) == 0 ? refusal.without("correlation_id") : refusal;
  }

  private static Map<String, Object> withoutName(Map<String, Object> line) {
    var left = new LinkedHashMap<>(line);
    left.remove("name");
    return left;
  }

  /** That names the refund, or its amount, or its order alone. */
  private FeedRecord eventOf(FeedRecord refund) {
    var event =
        event(refund.orderId(), refund.id() + "/event")
            .at(refund.instant().plusSeconds(random.nextInt(3)).toString());
    var naming =
        switch (random.nextInt(3)) {
          case 0 -> event.with("refund_id", refund.id());
          case 1 -> with(event, "refunded_amount", refund.fields().get("refunded_amount"));
          default -> event;
        };
    return switch (ofAnswers.nextInt(12)) {
      case 0 -> naming.without("order_id");
      case 1 -> naming.with("event_type", "payment.transaction.captured").asFarAsRead();
      default -> naming;
    };
  }

  private void add(String kind, FeedRecord record) {
    of(kind).add(record);
  }

  /** With ids that no other order has; their order among each other stays. */
  private FeedRecord record(String order, Capture capture) {
    var id = order + "/" + capture.captureId();
    var record =
        capture(order, id)
            .of(capture.capturedAmount())
            .at(capture.capturedAt().toString())
            .in(capture.purchaseCurrency())
            .with("purchase_country", capture.purchaseCountry());
    record = with(record, "order_amount", capture.orderAmount());
    record = with(record, "klarna_reference", random.nextBoolean() ? "K " + id : null);
    record = with(record, "reference", random.nextBoolean() ? "shipment " + id : null);
    return withLines(record, capture.orderLines());
  }

  private FeedRecord record(String order, Refund refund) {
    var id = order + "/" + refund.refundId();
    var named = refund.captureId();
    var record = refund(order, id).of(refund.refundedAmount()).at(refund.refundedAt().toString());
    record = with(record, "purchase_currency", refund.purchaseCurrency());
    record = with(record, "capture_id", named == null ? null : order + "/" + named);
    record = with(record, "reference", random.nextBoolean() ? "return " + id : null);
    record = with(record, "description", random.nextBoolean() ? "Too small" : null);
    record = with(record, "idempotency_key", refund.idempotencyKey());
    return withLines(record, refund.orderLines());
  }

  private static FeedRecord with(FeedRecord record, String field, @Nullable Object value) {
    return value == null ? record : record.with(field, value);
  }

  private FeedRecord withLines(FeedRecord record, List<OrderLine> lines) {
    var fields = new ArrayList<Map<String, Object>>();
    for (var line : lines) {
      var said = new LinkedHashMap<String, Object>();
      said.put("total_amount", line.totalAmount());
      putIfSaid(said, "reference", line.reference());
      putIfSaid(said, "type", line.type());
      putIfSaid(said, "name", random.nextInt(3) > 0 ? "Dress " + random.nextInt(9) : null);
      putIfSaid(said, "total_tax_amount", line.totalTaxAmount());
      fields.add(said);
    }
    return record.withLines(fields);
  }

  private static void putIfSaid(Map<String, Object> said, String field, @Nullable Object value) {
    if (value != null) {
      said.put(field, value);
    }
  }
}
