package io.recredit.ledger;

import io.recredit.allocation.OrderHistory;

/**
 * An order with what is in force of it.
 *
 * @param n its number among those that the run decides
 */
public record OrderToDecide(long n, OrderHistory history, InForce before) {}
