package io.recredit.evidence;

import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random order as Klarna would have it: each refund has a true place, which no document says, and
 * which changes where Klarna moves money. Amounts are few, so that their sums collide.
 */
final class TrueOrder {

  static final int MINUTES = 40;

  /** By code point "～" (U+FF5E) stands before "😀" (U+1F600), by UTF-16 unit behind it. */
  private static final List<String> CAPTURE_IDS = List.of("A", "B", "\uff5e", "\ud83d\ude00");

  private static final int MOST_REFUNDS = 6;
  private static final long LARGEST_AMOUNT = 5;

  private final SplittableRandom random;
  private final long unit;
  private final List<String> captures;
  private final List<TrueRefund> refunds;
  private final NavigableSet<Integer> moves = new TreeSet<>();

  /**
   * A refund of a minute.
   *
   * @param places its true places, by the minute from which on it has them
   */
  record TrueRefund(String refundId, long amount, int minute, TreeMap<Integer, Place> places) {

    Place placeAt(int minute) {
      return Objects.requireNonNull(places.floorEntry(minute)).getValue();
    }
  }

  /**
   * An order without moves.
   *
   * @param unit what all amounts are multiples of
   */
  TrueOrder(SplittableRandom random, long unit) {
    this.random = random;
    this.unit = unit;
    captures = CAPTURE_IDS.subList(0, between(1, CAPTURE_IDS.size()));
    refunds =
        IntStream.range(0, between(1, MOST_REFUNDS))
            .mapToObj(i -> refund("r" + i, between(1, MINUTES)))
            .toList();
  }

  private TrueRefund refund(String refundId, int minute) {
    var amount = random.nextLong(1, LARGEST_AMOUNT + 1) * unit;
    return new TrueRefund(
        refundId, amount, minute, new TreeMap<>(Map.of(minute, randomPlace(amount))));
  }

  /** Mostly whole on one invoice, sometimes split, partly or wholly on none. */
  private Place randomPlace(long amount) {
    var kind = random.nextInt(100);
    if (kind < 65) {
      return Place.of(Map.of(pick(captures), amount));
    }
    if (kind < 80) {
      return Place.of(Map.of());
    }
    var place = new HashMap<String, Long>();
    for (var rest = amount; rest > 0; ) {
      var part = random.nextLong(1, rest / unit + 1) * unit;
      // Below 90 the refund is split over invoices, from there on parts of it are on none.
      if (kind < 90 || random.nextBoolean()) {
        place.merge(pick(captures), part, Long::sum);
      }
      rest -= part;
    }
    return Place.of(place);
  }

  /** Klarna moves money of a refund, at any time since it was made. */
  void move() {
    var refund = pick(refunds);
    var minute = between(refund.minute(), MINUTES);
    refund.places().put(minute, randomPlace(refund.amount()));
    moves.add(minute);
  }

  /** Whether money was moved after a minute, and until another. */
  boolean movedBetween(int minute, int until) {
    return !moves.subSet(minute, false, until, true).isEmpty();
  }

  List<TrueRefund> refunds() {
    return refunds;
  }

  List<String> captures() {
    return captures;
  }

  /** Snapshots of so many minutes at most, in time. */
  List<Snapshot> snapshots(int most) {
    var minutes = new HashSet<Integer>();
    for (var reads = between(1, most); reads > 0; reads--) {
      minutes.add(between(0, MINUTES));
    }
    return minutes.stream().sorted().map(this::snapshot).toList();
  }

  private Snapshot snapshot(int minute) {
    var made = refunds.stream().filter(refund -> refund.minute() <= minute).toList();
    var shown = new HashMap<String, Long>();
    for (var refund : made) {
      refund.placeAt(minute).amounts().forEach((id, amount) -> shown.merge(id, amount, Long::sum));
    }
    return new Snapshot(
        Reading.minute(minute),
        null,
        captures.stream()
            .map(id -> new Invoice(id, Long.MAX_VALUE, shown.getOrDefault(id, 0L)))
            .toList(),
        made.stream()
            .map(
                refund ->
                    new ListedRefund(
                        refund.refundId(), refund.amount(), Reading.minute(refund.minute()), true))
            .toList());
  }

  /** What it is in truth, for a failure to show. */
  String describe(List<Snapshot> snapshots) {
    var lines = new ArrayList<String>();
    refunds.forEach(refund -> lines.add(refund.toString()));
    snapshots.forEach(snapshot -> lines.add(Reading.describe(snapshot)));
    return lines.stream().collect(Collectors.joining(System.lineSeparator()));
  }

  private int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
