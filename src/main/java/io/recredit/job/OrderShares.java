package io.recredit.job;

import io.recredit.ledger.OrdersToDecide;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * Shares the touched orders out among the threads that decide and prove them: even ranges of their
 * numbers. They follow from the number of orders alone, so that a run that is carried on has the
 * same ones, on whatever machine, and whatever a kill left of Spring Batch's execution contexts.
 */
@Component
class OrderShares implements Partitioner {

  /** More than any machine's threads, so that they end together. */
  private static final long MOST_SHARES = 16;

  /** A share of fewer is not worth its rows in the job repository. */
  private static final long FEWEST_ORDERS = 2_000;

  private final OrdersToDecide orders;

  OrderShares(OrdersToDecide orders) {
    this.orders = orders;
  }

  /**
   * A range of orders.
   *
   * @param first the number of its first order
   * @param last that of its last; smaller than the first where there are none
   */
  record Share(long first, long last) {}

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    return NumberedSteps.partition(shares(orders.count()));
  }

  /** The share of a numbered step. */
  Share of(StepExecution step) {
    var number = NumberedSteps.number(step);
    var count = orders.count();
    return new Share((number - 1) * count / shares(count) + 1, number * count / shares(count));
  }

  private static long shares(long count) {
    return Math.max(1, Math.min(MOST_SHARES, count / FEWEST_ORDERS));
  }
}
