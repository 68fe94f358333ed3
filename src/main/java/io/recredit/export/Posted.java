package io.recredit.export;

import java.math.BigInteger;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The journal's entries of a day that have all this in common, in minor units.
 *
 * @param account of the journal
 * @param rate null where the tax is not known
 * @param tax in the amount
 * @param salesTax what lines of type sales_tax bring: to a ledger it is tax, beside the other
 */
record Posted(
    LocalDate date,
    @Nullable String currency,
    @Nullable String country,
    String account,
    @Nullable Long rate,
    BigInteger amount,
    BigInteger tax,
    BigInteger salesTax,
    long entries,
    long firstEntry,
    long lastEntry) {

  /** What goes into vouchers of this currency, be it that the journal knows none. */
  record Taken(Posted posted, String currency) {}
}
