package io.recredit.evidence;

import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One random order per seed for both readings of part 7: mostly what Klarna could return, some with
 * moved money, some spoiled in every way that the input lets through.
 */
final class RecordGenerator {

  private static final int MOST_READS = 7;

  private final SplittableRandom random;

  /** What an order's record is made of. */
  record Case(
      List<Snapshot> snapshots, boolean filesHaveRefunds, List<DecidedRefund> decidedRefunds) {}

  RecordGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  Case order() {
    // Six refunds of five units each are the most: sums stay just within 64 bits.
    var order = new TrueOrder(random, chance(10) ? Long.MAX_VALUE / 40 : chance(50) ? 1 : 100);
    if (chance(40)) {
      for (var moves = random.nextInt(1, 4); moves > 0; moves--) {
        order.move();
      }
    }
    var snapshots = order.snapshots(MOST_READS);
    if (chance(60)) {
      var noise = chance(50) ? 5 : 25;
      snapshots = snapshots.stream().map(snapshot -> spoiled(snapshot, noise)).toList();
    }
    return new Case(snapshots, chance(50), decided(order));
  }

  private Snapshot spoiled(Snapshot snapshot, int noise) {
    var invoices = new ArrayList<Invoice>();
    for (var invoice : snapshot.invoices()) {
      if (!chance(noise)) {
        invoices.add(invoice);
      } else if (!chance(30)) {
        invoices.add(
            new Invoice(invoice.captureId(), invoice.capturedAmount(), spoiledAmount(invoice)));
      }
    }
    var refunds = new ArrayList<ListedRefund>();
    for (var refund : snapshot.refunds()) {
      if (!chance(noise)) {
        refunds.add(refund);
      } else if (!chance(30)) {
        var amount = chance(50) ? refund.refundedAmount() : refund.refundedAmount() + 1;
        refunds.add(new ListedRefund(refund.refundId(), amount, refund.refundedAt(), chance(50)));
      }
    }
    return new Snapshot(snapshot.readAt(), null, invoices, refunds);
  }

  private @Nullable Long spoiledAmount(Invoice invoice) {
    if (chance(20)) {
      return null;
    }
    var amount = invoice.refundedAmount() == null ? 0 : invoice.refundedAmount();
    return chance(50) ? amount + 1 : Math.max(0, amount - random.nextInt(1, 3));
  }

  /** Not of every refund, some of refunds that no snapshot lists, some on captures of nowhere. */
  private List<DecidedRefund> decided(TrueOrder order) {
    var skill = pick(List.of(95, 80, 40));
    return Stream.concat(
            order.refunds().stream()
                .filter(refund -> !chance(10))
                .map(r -> decided(r, order, skill)),
            Stream.of(
                new DecidedRefund(
                    "other", 1, minute(), chance(50) ? null : Place.of(Map.of("A", 1L)))))
        .toList();
  }

  private DecidedRefund decided(TrueOrder.TrueRefund refund, TrueOrder order, int skill) {
    var amount = refund.amount();
    Place credits;
    if (chance(25)) {
      credits = null;
    } else if (chance(skill)) {
      credits = refund.placeAt(TrueOrder.MINUTES);
    } else {
      credits = wrong(amount, order);
    }
    var isOfThen = chance(50);
    return new DecidedRefund(
        refund.refundId(), amount, isOfThen ? Reading.minute(refund.minute()) : minute(), credits);
  }

  private Place wrong(long amount, TrueOrder order) {
    var credits = new HashMap<String, Long>();
    credits.put(pick(order.captures()), chance(10) ? Long.MAX_VALUE : amount);
    if (chance(20)) {
      credits.put(chance(50) ? "nowhere" : pick(order.captures()), chance(20) ? Long.MAX_VALUE : 1);
    }
    return Place.of(credits);
  }

  private Instant minute() {
    return Reading.minute(random.nextInt(TrueOrder.MINUTES + 5));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
