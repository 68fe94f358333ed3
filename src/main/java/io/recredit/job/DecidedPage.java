package io.recredit.job;

import io.recredit.ledger.DecisionRow;
import java.util.List;

/**
 * What is to be written for a page of orders.
 *
 * @param firstN the number of its first order
 * @param lastN that of its last
 * @param replaced refunds whose decision in force does not hold any more
 * @param rows new decisions
 */
record DecidedPage(long firstN, long lastN, List<String> replaced, List<DecisionRow> rows) {}
