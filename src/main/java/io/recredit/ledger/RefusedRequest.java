package io.recredit.ledger;

import io.recredit.allocation.Refund;
import org.jspecify.annotations.Nullable;

/**
 * A refund request that Klarna refused.
 *
 * @param asRefund of its order at the time of the attempt; null where it is no refund
 */
record RefusedRequest(String refusalId, @Nullable Refund asRefund) {}
