package io.recredit.job;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Policies;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.OrderHistories.Touched;
import java.util.ArrayList;
import java.util.HashMap;
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
    var replaced = new ArrayList<String>();
    var rows = new ArrayList<DecisionRow>();
    for (var order : orders) {
      var before = new HashMap<String, DecisionRow>();
      order.decided().forEach(row -> before.put(row.refundId(), row));
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
    }
    return new DecidedPage(
        orders.get(0).n(), orders.get(orders.size() - 1).n(), List.copyOf(replaced), rows);
  }
}
