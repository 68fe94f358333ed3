package io.recredit.job;

import io.recredit.store.TouchedOrders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * Shares the touched orders out among the threads that decide them: even ranges of their numbers.
 */
@Component
class OrderShares implements Partitioner {

  private static final String FIRST = "first";
  private static final String LAST = "last";

  /** A share of fewer is not worth its rows in the job repository. */
  private static final long FEWEST_ORDERS = 2_000;

  private final TouchedOrders orders;

  OrderShares(TouchedOrders orders) {
    this.orders = orders;
  }

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    var count = orders.count();
    var shares = Math.max(1, Math.min(gridSize, count / FEWEST_ORDERS));
    var contexts = new LinkedHashMap<String, ExecutionContext>();
    for (var share = 0L; share < shares; share++) {
      var context = new ExecutionContext();
      context.putLong(FIRST, share * count / shares + 1);
      context.putLong(LAST, (share + 1) * count / shares);
      contexts.put(String.valueOf(share + 1), context);
    }
    return contexts;
  }

  /** The number of the share's first order. */
  static long first(StepExecution share) {
    return share.getExecutionContext().getLong(FIRST);
  }

  /** That of its last; smaller than the first where there are none. */
  static long last(StepExecution share) {
    return share.getExecutionContext().getLong(LAST);
  }
}
