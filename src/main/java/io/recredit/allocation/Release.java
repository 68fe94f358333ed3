package io.recredit.allocation;

import java.time.Instant;

/**
 * The release of an order's remaining authorization: nothing more will be captured. An order has at
 * most one that counts.
 *
 * @param releasedAt to the microsecond
 */
public record Release(String orderId, Instant releasedAt) {}
