package io.recredit.job;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Policies;
import io.recredit.ledger.OrderChanges;
import io.recredit.ledger.OrderHistories.Touched;
import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Runs each refund of a page of orders through the allocator, and keeps what is new or different.
 */
final class AllocatorProcessor implements ItemProcessor<List<Touched>, DecidedPage> {

  private final Allocator allocator;
  private final Policies policies;

  AllocatorProcessor(Policies policies) {
    this.allocator = new Allocator(policies);
    this.policies = policies;
  }

  @Override
  public DecidedPage process(List<Touched> orders) {
    return new DecidedPage(
        orders.get(0).n(),
        orders.get(orders.size() - 1).n(),
        orders.stream()
            .map(
                order ->
                    OrderChanges.of(order.before(), allocator.decide(order.history()), policies))
            .toList());
  }
}
