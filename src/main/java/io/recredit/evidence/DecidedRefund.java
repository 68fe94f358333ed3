package io.recredit.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund as the replay decided it, by the rules or a resolution, before it was followed itself.
 *
 * @param refundedAmount minor units, as the refund itself says
 * @param credits null where it is not credited
 */
public record DecidedRefund(
    String refundId, long refundedAmount, Instant refundedAt, @Nullable Place credits) {}
