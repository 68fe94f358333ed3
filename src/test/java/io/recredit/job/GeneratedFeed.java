package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.event;
import static io.recredit.job.FeedRecord.order;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.refusal;
import static io.recredit.job.FeedRecord.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Files that say what orders are in a way of their own, and how they were delivered before that.
 *
 * <p>As they are in the end, the records of an order are scattered over the days; some are repeated
 * in other words, some are in files of several days and differ, and some lines are no records. As
 * they were before, they lack records, have others, have them otherwise, or on other days.
 */
final class GeneratedFeed {

  private final Random random;
  private final GeneratedOrders orders;
  private final List<String> days;
  private final Map<FileName, List<FileLine>> last = new TreeMap<>();
  private final Map<FileName, List<List<FileLine>>> earlier = new TreeMap<>();

  GeneratedFeed(Random random, GeneratedOrders orders, List<String> days) {
    this.random = random;
    this.orders = orders;
    this.days = days;
    for (var day : days) {
      FileName.KINDS.forEach(kind -> last.put(new FileName(kind, day), new ArrayList<>()));
    }
    for (var kind : FileName.KINDS) {
      orders.of(kind).forEach(record -> put(kind, record));
    }
    last.values().forEach(lines -> Collections.shuffle(lines, random));
    last.forEach((file, lines) -> earlier.put(file, earlierVersions(file)));
    last.keySet().removeIf(this::isNotDelivered);
  }

  Map<FileName, List<FileLine>> last() {
    return last;
  }

  List<FileName> names() {
    return List.copyOf(last.keySet());
  }

  /** A version of a file: another one than was delivered last, where there is one. */
  Delivery another(FileName file, List<FileLine> delivered) {
    var versions = new ArrayList<>(earlier.getOrDefault(file, List.of()));
    versions.add(last.getOrDefault(file, List.of()));
    var others = versions.stream().filter(lines -> !lines.equals(delivered)).toList();
    return new Delivery(file, pick(others.isEmpty() ? versions : others));
  }

  private void put(String kind, FeedRecord record) {
    var day = random.nextInt(days.size());
    var lines = lines(kind, day);
    lines.add(FileLine.of(record, random));
    if (chance(10)) {
      lines.add(FileLine.of(record, random));
    }
    if (chance(2)) {
      lines.add(FileLine.of(changed(record), random));
    }
    if (isDaily(kind) && chance(3)) {
      lines.add(FileLine.of(record.with("reference", "changed"), random));
    }
    if (chance(5)) {
      lines.add(FileLine.rejected(record, random));
    }
    if (day > 0 && chance(20)) {
      var before = chance(30) ? record : changed(record);
      lines(kind, random.nextInt(day)).add(FileLine.of(before, random));
    }
  }

  private List<FileLine> lines(String kind, int day) {
    return last.computeIfAbsent(new FileName(kind, days.get(day)), file -> new ArrayList<>());
  }

  /** Releases need not be delivered every day; but a file that was delivered stays one. */
  private boolean isNotDelivered(FileName file) {
    return !isDaily(file.kind()) && earlier.getOrDefault(file, List.of()).isEmpty() && chance(50);
  }

  private static boolean isDaily(String kind) {
    return kind.equals("captures") || kind.equals("refunds");
  }

  // As it was before

  private List<List<FileLine>> earlierVersions(FileName file) {
    var versions = new ArrayList<List<FileLine>>();
    for (var count = isDaily(file.kind()) ? 2 : random.nextInt(3); count > 0; count--) {
      versions.add(chance(20) ? List.of() : earlierVersion(file));
    }
    return versions;
  }

  private List<FileLine> earlierVersion(FileName file) {
    var lines = new ArrayList<FileLine>();
    var missing = chance(50) ? 10 : 95;
    for (var line : last.getOrDefault(file, List.of())) {
      var content = line.content();
      if (content == null || chance(85)) {
        lines.add(line);
      } else if (!chance(missing)) {
        lines.add(FileLine.of(changed(content), random));
      }
    }
    for (var more = lines.size() / 15; more > 0; more--) {
      lines.add(
          FileLine.of(chance(50) ? ofAnotherDay(file.kind()) : withdrawn(file.kind()), random));
    }
    if (lines.stream().allMatch(line -> line.content() == null)) {
      return List.of(); // a file without any record would be something else
    }
    if (chance(50)) {
      Collections.shuffle(lines, random);
    }
    return lines;
  }

  private FeedRecord ofAnotherDay(String kind) {
    var record = pick(orders.of(kind));
    return chance(50) ? record : changed(record);
  }

  /** A record that the last version of no file has. */
  private FeedRecord withdrawn(String kind) {
    var order = pick(orders.of("refunds")).orderId();
    var other = chance(70) ? order : "gone-" + random.nextInt(20);
    var id = other + "/gone-" + random.nextInt(20);
    return switch (kind) {
      case "captures" -> capture(other, id).of(1 + random.nextInt(50)).line("A", 10);
      case "refunds" -> refund(other, id).of(1 + random.nextInt(20));
      case "orders" -> order(other).at("2026-11-22T03:00:00Z");
      case "refusals" -> refusal(other, id).with("request", Map.of("refunded_amount", 7L));
      case "events" -> event(other, id).of(7);
      default -> release("gone-" + random.nextInt(20));
    };
  }

  private FeedRecord changedDocument(FeedRecord record) {
    return switch (random.nextInt(6)) {
      case 0 -> record.at(moved(record).toString());
      case 1 -> record.with("order_id", pick(orders.of("refunds")).orderId());
      case 2 -> record.with("captures", reversed(record.list("captures")));
      case 3 -> record.without("refunds");
      case 4 -> record.without("captures");
      default -> record.with("remaining_authorized_amount", (long) random.nextInt(2));
    };
  }

  private FeedRecord changedRefusal(FeedRecord record) {
    return switch (random.nextInt(4)) {
      case 0 -> record.at(moved(record).toString());
      case 1 -> record.with("order_id", pick(orders.of("refunds")).orderId());
      case 2 -> record.without("request");
      default -> record.with("request", Map.of("refunded_amount", 1L + random.nextInt(50)));
    };
  }

  private FeedRecord changedEvent(FeedRecord record) {
    return switch (random.nextInt(5)) {
      case 0 -> record.at(moved(record).toString());
      case 1 -> record.with("order_id", pick(orders.of("refunds")).orderId());
      case 2 -> record.without("refund_id");
      case 3 -> record.without("refunded_amount");
      default -> record.with("refund_id", pick(orders.of("refunds")).id());
    };
  }

  private FeedRecord changed(FeedRecord record) {
    return switch (record.time()) {
      case "read_at" -> changedDocument(record);
      case "attempted_at" -> changedRefusal(record);
      case "occurred_at" -> changedEvent(record).asFarAsRead();
      default -> changedRecord(record);
    };
  }

  private FeedRecord changedRecord(FeedRecord record) {
    var amount = (Long) record.fields().getOrDefault(record.amount(), 1L);
    var isRelease = record.amount().isEmpty();
    var isCapture = record.amount().equals("captured_amount");
    return switch (isRelease ? 0 : random.nextInt(isCapture ? 8 : 10)) {
      case 0 -> record.at(moved(record).toString());
      case 1 -> record.of(amount > 1 && chance(50) ? amount - 1 : Math.max(amount, amount + 1));
      case 2 -> record.with("order_id", pick(orders.of("refunds")).orderId());
      case 3 -> record.in(chance(50) ? "EUR" : "SEK");
      case 4 -> record.withLines(List.of());
      case 5 -> record.withLines(reversed(record.lines()));
      case 6 ->
          record.with(
              chance(50) ? "reference" : "merchant_reference1",
              chance(50) ? "changed" : "shop-" + random.nextInt(9));
      case 7 ->
          isCapture
              ? record.with("klarna_reference", "K" + random.nextInt(9))
              : record.with("idempotency_key", "key");
      case 8 -> record.without("capture_id");
      default -> record.ofCapture(pick(orders.of("captures")).id());
    };
  }

  private Instant moved(FeedRecord record) {
    var time = record.instant();
    var by = Duration.ofHours(random.nextInt(-40, 41));
    return time.plus(chance(50) ? by : by.dividedBy(3_600_000_000L));
  }

  private static <T> List<T> reversed(List<T> items) {
    var copy = new ArrayList<>(items);
    Collections.reverse(copy);
    return copy;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
