package io.recredit.job;

import io.recredit.ledger.OrdersToDecide;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Shares the orders to decide out among the threads that decide and prove them: even ranges of
 * their numbers. They follow from the number of orders alone, so that a run that is carried on has
 * the same ones, on whatever machine.
 *
 * @param attempt counts into the names of the shares' steps. Spring Batch would hand a step that it
 *     knows its former execution context, and a kill may have left that empty
 */
record OrderShares(OrdersToDecide orders, long attempt) implements Partitioner {

  /** More than any machine's threads, so that they end together. */
  private static final long MOST_SHARES = 16;

  /** A share of fewer is not worth its rows in the job repository. */
  private static final long FEWEST_ORDERS = 2_000;

  private static final String FIRST = "first";
  private static final String LAST = "last";

  /**
   * A range of orders.
   *
   * @param first the number of its first order
   * @param last that of its last; smaller than the first where there are none
   */
  record Share(long first, long last) {

    static Share of(StepExecution step) {
      var context = step.getExecutionContext();
      return new Share(context.getLong(FIRST), context.getLong(LAST));
    }
  }

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    var count = orders.count();
    var shares = Math.max(1, Math.min(MOST_SHARES, count / FEWEST_ORDERS));
    var contexts = new LinkedHashMap<String, ExecutionContext>();
    for (var number = 1; number <= shares; number++) {
      var context = new ExecutionContext();
      context.putLong(FIRST, (number - 1) * count / shares + 1);
      context.putLong(LAST, number * count / shares);
      contexts.put(number + " of " + shares + ", attempt " + attempt, context);
    }
    return contexts;
  }
}
