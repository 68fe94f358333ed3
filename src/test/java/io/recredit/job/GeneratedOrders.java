package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.release;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.Decision;
import io.recredit.allocation.HistoryGenerator;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random orders, and a feed that says so in its own way: over several days in any order, with
 * records that a later file corrects, repeated lines, and lines that are no records.
 */
final class GeneratedOrders {

  private static final List<String> KINDS = List.of("captures", "refunds", "releases");

  private final List<OrderHistory> orders;
  private final Random random;

  GeneratedOrders(long seed, int count) {
    random = new Random(seed);
    orders =
        IntStream.range(0, count)
            .mapToObj(i -> named("order-" + i, new HistoryGenerator(seed + i).history()))
            .toList();
  }

  /** What becomes of them by the rules alone. */
  List<Decision> decide(Policies policies) {
    var allocator = new Allocator(policies);
    return orders.stream().flatMap(order -> allocator.decide(order).stream()).toList();
  }

  void deliver(Feed feed, List<String> days) {
    var files = new LinkedHashMap<String, List<String>>();
    for (var order : orders) {
      order.captures().forEach(c -> put(files, "captures", days, record(c)));
      order.refunds().forEach(r -> put(files, "refunds", days, record(r)));
      order.releases().forEach(r -> put(files, "releases", days, record(r)));
    }
    for (var day : days) {
      for (var kind : KINDS) {
        var lines = linesOf(files, kind, day);
        Collections.shuffle(lines, random);
        feed.lines(kind, day, lines);
      }
    }
  }

  private void put(
      Map<String, List<String>> files, String kind, List<String> days, FeedRecord record) {
    var day = random.nextInt(days.size());
    var file = linesOf(files, kind, days.get(day));
    file.add(record.json());
    if (random.nextInt(10) == 0) {
      file.add(record.json());
    }
    if (random.nextInt(20) == 0) {
      file.add(record.with("order_id", 17).json());
    }
    if (day > 0 && random.nextInt(5) == 0) {
      linesOf(files, kind, days.get(random.nextInt(day))).add(corrected(record).json());
    }
  }

  private static List<String> linesOf(Map<String, List<String>> files, String kind, String day) {
    return files.computeIfAbsent(kind + day, file -> new ArrayList<>());
  }

  /** As an earlier file had it. */
  private FeedRecord corrected(FeedRecord record) {
    return switch (random.nextInt(3)) {
      case 0 -> record.at("2026-11-20T00:00:00Z");
      case 1 ->
          record.fields().containsKey("refund_id")
              ? record.with("order_id", "order-" + random.nextInt(orders.size()))
              : record;
      default -> record;
    };
  }

  private static FeedRecord record(Capture capture) {
    var record =
        capture(capture.orderId(), capture.captureId())
            .of(capture.capturedAmount())
            .at(capture.capturedAt().toString())
            .in(capture.purchaseCurrency())
            .with("purchase_country", capture.purchaseCountry());
    return withLines(with(record, "order_amount", capture.orderAmount()), capture.orderLines());
  }

  private static FeedRecord record(Refund refund) {
    var record =
        refund(refund.orderId(), refund.refundId())
            .of(refund.refundedAmount())
            .at(refund.refundedAt().toString());
    record = with(record, "purchase_currency", refund.purchaseCurrency());
    record = with(record, "capture_id", refund.captureId());
    record = with(record, "idempotency_key", refund.idempotencyKey());
    return withLines(record, refund.orderLines());
  }

  private static FeedRecord record(Release release) {
    return release(release.orderId()).at(release.releasedAt().toString());
  }

  private static FeedRecord with(FeedRecord record, String field, @Nullable Object value) {
    return value == null ? record : record.with(field, value);
  }

  private static FeedRecord withLines(FeedRecord record, List<OrderLine> lines) {
    for (var line : lines) {
      var fields = new LinkedHashMap<String, @Nullable Object>();
      fields.put("total_amount", line.totalAmount());
      fields.put("reference", line.reference());
      fields.put("type", line.type());
      fields.put("total_tax_amount", line.totalTaxAmount());
      record = record.lineOf(fields);
    }
    return record;
  }

  /** The same history with ids that no other order has; their order among each other stays. */
  private static OrderHistory named(String order, OrderHistory history) {
    return new OrderHistory(
        order,
        history.captures().stream().map(c -> named(order, c)).toList(),
        history.refunds().stream().map(r -> named(order, r)).toList(),
        history.releases().stream().map(r -> new Release(order, r.releasedAt())).toList());
  }

  private static Capture named(String order, Capture capture) {
    return new Capture(
        order + "/" + capture.captureId(),
        order,
        capture.capturedAmount(),
        capture.capturedAt(),
        capture.purchaseCountry(),
        capture.purchaseCurrency(),
        capture.orderAmount(),
        capture.klarnaReference(),
        capture.reference(),
        capture.orderLines());
  }

  private static Refund named(String order, Refund refund) {
    return new Refund(
        order + "/" + refund.refundId(),
        order,
        refund.refundedAmount(),
        refund.refundedAt(),
        refund.purchaseCurrency(),
        refund.captureId() == null ? null : order + "/" + refund.captureId(),
        refund.reference(),
        refund.description(),
        refund.idempotencyKey(),
        refund.orderLines());
  }
}
