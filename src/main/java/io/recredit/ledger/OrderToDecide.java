package io.recredit.ledger;

import io.recredit.allocation.OrderHistory;
import org.jspecify.annotations.Nullable;

/**
 * An order with what is in force of it.
 *
 * @param n its number among those that the run decides
 * @param orderReference what people call it
 */
public record OrderToDecide(
    long n, OrderHistory history, @Nullable String orderReference, InForce before) {}
