package io.recredit.job;

import io.recredit.ledger.OrderChanges;
import java.util.List;

/**
 * What is to be written for a page of orders.
 *
 * @param firstN the number of its first order
 * @param lastN that of its last
 */
record DecidedPage(long firstN, long lastN, List<OrderChanges> changes) {}
