package io.recredit.payout;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payout's summary.
 *
 * @param row as of a transaction
 * @param payoutDay where the summary has a day without an offset; else {@code payoutAt} or nothing
 * @param totals in minor units; those that the summary has
 */
public record Totals(
    String paymentReference,
    long row,
    @Nullable LocalDate payoutDay,
    @Nullable Instant payoutAt,
    String currency,
    Map<Total, Long> totals) {}
