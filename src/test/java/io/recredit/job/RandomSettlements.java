package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Settlement;
import io.recredit.allocation.SettlementGenerator;
import io.recredit.job.AskedSettlement.AskedPart;
import io.recredit.store.SettlementEntry.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What an accountant decides on a random walk: by refund, a settlement, or none any more. */
final class RandomSettlements {

  private static final int MOST_AT_ONCE = 5;

  private RandomSettlements() {}

  static Map<String, Optional<Settlement>> choose(LawChecks law, Instant now, Random random) {
    var settleable = law.settleable();
    var settledBefore =
        settleable.stream()
            .filter(ruled -> law.isSettled(ruled.ruling().refund().refundId()))
            .toList();
    var settled = new TreeMap<String, Optional<Settlement>>();
    for (var count = random.nextInt(MOST_AT_ONCE + 1); count > 0; count--) {
      var among = settledBefore.isEmpty() || random.nextInt(5) > 0 ? settleable : settledBefore;
      if (among.isEmpty()) {
        break;
      }
      var one = among.get(random.nextInt(among.size()));
      var refund = one.ruling().refund();
      var captures = one.history().captures().stream().map(Capture::captureId).toList();
      settled.put(
          refund.refundId(),
          law.isSettled(refund.refundId()) && random.nextBoolean()
              ? Optional.empty()
              : Optional.of(
                  SettlementGenerator.settlement(
                      refund.refundId(), refund.refundedAmount(), captures, now, random)));
    }
    return settled;
  }

  static AskedSettlement asked(Map.Entry<String, Optional<Settlement>> settled) {
    var parts = settled.getValue().map(Settlement::parts).orElse(List.of());
    return new AskedSettlement(
        "",
        settled.getKey(),
        kind(settled.getValue()),
        IntStream.range(0, parts.size()).mapToObj(i -> asked(parts, i)).toList(),
        "seen on the invoice",
        "Anna",
        null);
  }

  private static Kind kind(Optional<Settlement> settlement) {
    if (settlement.isEmpty()) {
      return Kind.WITHDRAWN;
    }
    return settlement.get().writesOff() ? Kind.WRITTEN_OFF : Kind.BY_HAND;
  }

  /** The last one gets what the others leave. */
  private static AskedPart asked(List<Settlement.Part> parts, int i) {
    var part = parts.get(i);
    return new AskedPart(
        part.captureId(), i == parts.size() - 1 ? null : BigDecimal.valueOf(part.amount(), 2));
  }
}
