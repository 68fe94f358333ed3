package io.recredit.payout;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of a payout that can be one of an order's refunds, or captures.
 *
 * @param row its number in the payout
 * @param payoutDate null where no report says
 * @param amount in minor units; negative where its sign is not the usual one of its type
 * @param reference the shop's own, of the refund or capture
 * @param named which refund or capture of the order it names by id; null where it names none
 * @param namesAnother whether it names an id that no refund or capture anywhere has
 */
public record PaidRow(
    String paymentReference,
    long row,
    @Nullable LocalDate payoutDate,
    long amount,
    String currency,
    @Nullable String reference,
    @Nullable String named,
    boolean namesAnother) {}
