package io.recredit.payout;

/**
 * A row that cannot be read.
 *
 * @param row 0 for all rows of payouts without a reference or a currency
 * @param error all that is wrong with it, in sentences
 * @param raw the row, cut, with bytes that text cannot hold escaped; of JSON the known fields
 */
public record RejectedRow(long row, String error, String raw) {}
