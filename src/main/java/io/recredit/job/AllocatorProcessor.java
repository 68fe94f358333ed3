package io.recredit.job;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Policies;
import io.recredit.job.OrderShares.Share;
import io.recredit.ledger.OrderChanges;
import io.recredit.ledger.OrderHistories;
import io.recredit.ledger.OrderToDecide;
import io.recredit.ledger.RefusalDecision;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Runs each refund of an order through the allocator, and keeps what is new or different; null
 * where nothing is. Histories are read a page of orders ahead: one query for many orders, and never
 * more than a page in memory.
 */
final class AllocatorProcessor implements ItemProcessor<Long, OrderChanges> {

  /**
   * An order with more changes is written at once, in the chunk's transaction, so that a chunk of
   * large orders does not fill the memory.
   */
  private static final int MOST_HELD = 200;

  private final Share share;
  private final OrderHistories histories;
  private final Allocator allocator;
  private final Policies policies;
  private final ItemWriter<OrderChanges> writer;
  private final Queue<OrderToDecide> page = new ArrayDeque<>();

  AllocatorProcessor(
      Share share, OrderHistories histories, Policies policies, ItemWriter<OrderChanges> writer) {
    this.share = share;
    this.histories = histories;
    this.allocator = new Allocator(policies);
    this.policies = policies;
    this.writer = writer;
  }

  @Override
  public @Nullable OrderChanges process(Long n) throws Exception {
    var change = decide(order(n));
    if (change.isEmpty()) {
      return null;
    }
    if (change.size() > MOST_HELD) {
      writer.write(Chunk.of(change));
      return OrderChanges.NONE;
    }
    return change;
  }

  private OrderToDecide order(long n) {
    if (page.isEmpty()) {
      page.addAll(histories.page(n, share.last()));
    }
    var order = page.remove();
    if (order.n() != n) {
      throw new IllegalStateException("Order %d was expected, not %d".formatted(n, order.n()));
    }
    return order;
  }

  private OrderChanges decide(OrderToDecide order) {
    return OrderChanges.of(
        order, allocator.decide(order.history()), RefusalDecision.of(order, allocator), policies);
  }
}
