package io.recredit.ledger;

import io.recredit.allocation.OrderHistory;
import java.util.List;

/**
 * An order with what was decided of it before.
 *
 * @param n its number among those that the run decides
 */
public record OrderToDecide(long n, OrderHistory history, List<DecisionRow> decided) {}
