package io.recredit.allocation;

import io.recredit.evidence.KlarnaRecord;
import io.recredit.evidence.Snapshot;
import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Gives a history a record: its refunds stand on some invoices, and it is read now and then. */
final class RecordedHistories {

  private static final int MOST_READS = 4;

  private RecordedHistories() {}

  static OrderHistory of(OrderHistory history, Random random) {
    if (history.captures().isEmpty()) {
      return history;
    }
    var places = splitsByTheRules(history);
    for (var refund : history.refunds()) {
      if (random.nextInt(3) > 0) {
        places.put(refund.refundId(), place(refund, history, random));
      }
    }
    var snapshots = new ArrayList<Snapshot>();
    try {
      for (var refund : history.refunds().stream().sorted(Refund.IN_TIME).toList()) {
        if (snapshots.size() < MOST_READS && random.nextInt(3) > 0) {
          var readAt = refund.refundedAt().plusSeconds(snapshots.size() + 1L);
          snapshots.add(snapshot(history, places, readAt, random));
        }
      }
    } catch (ArithmeticException e) {
      return history; // such a document would be refused
    }
    return new OrderHistory(
        history.orderId(),
        history.captures(),
        history.refunds(),
        history.releases(),
        history.resolutions(),
        KlarnaRecord.of(snapshots, true));
  }

  /** In place of where the rules put it: on any capture, or only in part on one, or on two. */
  private static Map<String, Long> place(Refund refund, OrderHistory history, Random random) {
    var amount = refund.refundedAmount();
    var one = anyOf(history.captures(), random);
    var other = anyOf(history.captures(), random);
    return switch (random.nextInt(4)) {
      case 0 -> Map.of(one, amount / 2);
      case 1 ->
          one.equals(other)
              ? Map.of(one, amount)
              : Map.of(one, amount / 2, other, amount - amount / 2);
      default -> Map.of(one, amount);
    };
  }

  private static Map<String, Map<String, Long>> splitsByTheRules(OrderHistory history) {
    var splits = new HashMap<String, Map<String, Long>>();
    for (var ruling : new NaiveAllocator(Policies.DEFAULT).decide(history)) {
      var split = new HashMap<String, Long>();
      ruling
          .outcome()
          .parts()
          .forEach(part -> split.put(part.captureId(), part.amount().longValueExact()));
      splits.put(ruling.refund().refundId(), split);
    }
    return splits;
  }

  private static String anyOf(List<Capture> captures, Random random) {
    return captures.get(random.nextInt(captures.size())).captureId();
  }

  private static Snapshot snapshot(
      OrderHistory history, Map<String, Map<String, Long>> places, Instant readAt, Random random) {
    var listed = history.refunds().stream().filter(r -> !r.refundedAt().isAfter(readAt)).toList();
    // Documents whose sums are beyond 64 bits are refused.
    var refunded = 0L;
    for (var refund : listed) {
      refunded = Math.addExact(refunded, refund.refundedAmount());
    }
    var on = new HashMap<String, Long>();
    var onAll = 0L;
    for (var refund : listed) {
      places
          .getOrDefault(refund.refundId(), Map.of())
          .forEach((capture, amount) -> on.merge(capture, amount, Math::addExact));
    }
    for (var amount : on.values()) {
      onAll = Math.addExact(onAll, amount);
    }
    var invoices =
        history.captures().stream()
            .map(
                c ->
                    new Invoice(
                        c.captureId(), c.capturedAmount(), on.getOrDefault(c.captureId(), 0L)))
            .toList();
    var refunds =
        listed.stream()
            .map(
                r ->
                    new ListedRefund(r.refundId(), amountInRecord(r, random), r.refundedAt(), true))
            .toList();
    return new Snapshot(readAt, random.nextInt(3) == 0 ? 0L : null, invoices, refunds);
  }

  private static long amountInRecord(Refund refund, Random random) {
    return random.nextInt(20) == 0 ? (refund.refundedAmount() + 1) / 2 : refund.refundedAmount();
  }
}
