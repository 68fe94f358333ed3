package io.recredit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.KlarnaAnswers;
import io.recredit.ledger.ShownOrder;
import io.recredit.ledger.ShownOrder.ShownDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The story of an order larger than any that a shop means to have. */
class OrderStoryTest {

  private static final int REFUNDS = 100_000;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** What is of one refund is looked up: searched for, this would take minutes. */
  @Test
  void whatIsOfOneRefundIsLookedUp() {
    var story = story();
    assertThat(story.refundIds()).hasSize(REFUNDS);
    assertTimeout(
        Duration.ofSeconds(30),
        () ->
            story
                .refundIds()
                .forEach(
                    id -> {
                      assertThat(story.decided(id)).isPresent();
                      assertThat(story.decisionsOn(id)).hasSize(1);
                      assertThat(story.resolutionsOf(id)).isEmpty();
                      assertThat(story.difference(id)).isEmpty();
                    }));
  }

  private static OrderStory story() {
    var refunds = IntStream.range(0, REFUNDS).mapToObj(OrderStoryTest::refund).toList();
    var capture = new Capture("A", "o1", 100_00, NOON, "SE", "SEK", null, null, null, List.of());
    var history = new OrderHistory("o1", List.of(capture), refunds, List.of(), List.of());
    var decided = new Allocator(Policies.DEFAULT).decide(history);
    var shown =
        decided.stream()
            .map(each -> DecisionRow.of(each.decision(), Policies.DEFAULT))
            .map(row -> new ShownDecision(1, LocalDate.EPOCH, row, null, null))
            .toList();
    var order =
        new ShownOrder(
            1,
            Policies.DEFAULT,
            history,
            shown,
            List.of(),
            ShownOrder.OtherOrders.SILENT,
            KlarnaAnswers.NONE);
    return new OrderStory(order, decided, decided, Policies.DEFAULT);
  }

  private static Refund refund(int n) {
    return new Refund(
        "r" + n, "o1", 1, NOON.plusSeconds(n), "SEK", null, null, null, null, List.of());
  }
}
