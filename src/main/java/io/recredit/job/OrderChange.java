package io.recredit.job;

import io.recredit.ledger.DecisionRow;
import java.util.List;

/**
 * What is to be written for an order.
 *
 * @param replaced refunds whose decision in force does not hold any more
 * @param rows new decisions
 */
record OrderChange(List<String> replaced, List<DecisionRow> rows) {

  static final OrderChange WRITTEN = new OrderChange(List.of(), List.of());

  int size() {
    return replaced.size() + rows.size();
  }
}
