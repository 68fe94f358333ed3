package io.recredit.job;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Policies;
import io.recredit.job.OrderShares.Share;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.OrderHistories;
import io.recredit.ledger.OrderToDecide;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
final class AllocatorProcessor implements ItemProcessor<Long, OrderChange> {

  /**
   * An order with more changes is written at once, in the chunk's transaction, so that a chunk of
   * large orders does not fill the memory.
   */
  private static final int MOST_HELD = 200;

  private final Share share;
  private final OrderHistories histories;
  private final Allocator allocator;
  private final Policies policies;
  private final ItemWriter<OrderChange> writer;
  private final Queue<OrderToDecide> page = new ArrayDeque<>();

  AllocatorProcessor(
      Share share, OrderHistories histories, Policies policies, ItemWriter<OrderChange> writer) {
    this.share = share;
    this.histories = histories;
    this.allocator = new Allocator(policies);
    this.policies = policies;
    this.writer = writer;
  }

  @Override
  public @Nullable OrderChange process(Long n) throws Exception {
    var change = decide(order(n));
    if (change.size() == 0) {
      return null;
    }
    if (change.size() > MOST_HELD) {
      writer.write(Chunk.of(change));
      return OrderChange.WRITTEN;
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

  private OrderChange decide(OrderToDecide order) {
    var before = new HashMap<String, DecisionRow>();
    order.decided().forEach(row -> before.put(row.refundId(), row));
    var replaced = new ArrayList<String>();
    var rows = new ArrayList<DecisionRow>();
    for (var decision : allocator.decide(order.history())) {
      var row = DecisionRow.of(decision, policies);
      var old = before.remove(row.refundId());
      if (!row.equals(old)) {
        rows.add(row);
        if (old != null) {
          replaced.add(old.refundId());
        }
      }
    }
    replaced.addAll(before.keySet());
    return new OrderChange(List.copyOf(replaced), List.copyOf(rows));
  }
}
