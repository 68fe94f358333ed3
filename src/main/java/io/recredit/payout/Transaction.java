package io.recredit.payout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a payout is made of.
 *
 * @param row the line of the unpacked file that it begins on; in JSON its place among all pages
 * @param type such as SALE or RETURN, in capitals, as is the detailed one
 * @param amount in minor units of its currency, with the report's sign
 * @param orderReference the shop's number of the order; the two others are the shop's as well
 * @param capturedAt of a date without a time its midnight in UTC
 */
public record Transaction(
    String paymentReference,
    long row,
    String type,
    @Nullable String detailedType,
    long amount,
    String currency,
    @Nullable String orderId,
    @Nullable String captureId,
    @Nullable String refundId,
    @Nullable String orderReference,
    @Nullable String captureReference,
    @Nullable String refundReference,
    @Nullable Instant capturedAt) {}
