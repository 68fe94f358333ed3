package io.recredit.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What a request would have been that made no refund: what the rules decide of a refund that is the
 * last of its moment, in a history with it.
 */
class WouldBeTest {

  private static final long SEED = 20_261_120L;
  private static final int HISTORIES = 1_000;

  /** Behind every id that a refund can have. */
  private static final String LAST = "\uDBFF\uDFFF".repeat(256);

  @Test
  void itIsWhatARefundWouldBeThatIsTheLastOfItsMoment() {
    LongStream.range(SEED, SEED + HISTORIES)
        .forEach(
            seed -> {
              var history = new HistoryGenerator(seed).history();
              if (history.refunds().size() < 20) {
                var allocator = new Allocator(policies(seed));
                var requests = history.refunds().stream().map(WouldBeTest::again).toList();
                var expected =
                    requests.stream().map(request -> decided(allocator, history, request)).toList();
                assertThat(allocator.wouldBe(history, requests).stream().map(Outcome::word))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(expected);
              }
            });
  }

  private static Policies policies(long seed) {
    return Policies.DEFAULT
        .with(seed % 2 == 0 ? Resolved.BLOCKS : Resolved.UNBLOCKS)
        .with(Evidence.COMPARE);
  }

  private static String decided(Allocator allocator, OrderHistory history, Refund request) {
    var refunds = new ArrayList<>(history.refunds());
    refunds.add(request);
    var with =
        new OrderHistory(
            history.orderId(),
            history.captures(),
            refunds,
            history.releases(),
            List.of(),
            history.klarnaRecord());
    var decided = allocator.decide(with);
    return IntStream.range(0, decided.size())
        .mapToObj(decided::get)
        .filter(one -> one.order().refund().equals(request))
        .map(one -> one.outcome().word())
        .findFirst()
        .orElseThrow();
  }

  /** The same, with another key: else it would repeat itself. */
  private static Refund again(Refund refund) {
    return new Refund(
        LAST,
        refund.orderId(),
        refund.refundedAmount(),
        refund.refundedAt(),
        refund.purchaseCurrency(),
        refund.captureId(),
        refund.reference(),
        refund.description(),
        refund.refundId().hashCode() % 3 == 0 ? refund.idempotencyKey() : null,
        refund.orderLines());
  }
}
