package io.recredit.payout;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one file has of one payout, as a whole.
 *
 * @param payoutDay of its summary, else of its first row with a date, else of the file's name
 * @param payoutAt instead of the day where the date is a moment
 * @param pageOffset how many transactions stand on the pages before; null where it is no page of
 *     several
 */
public record PayoutPart(
    String paymentReference,
    @Nullable LocalDate payoutDay,
    @Nullable Instant payoutAt,
    String currency,
    @Nullable Long pageOffset) {}
