package io.recredit.report.content;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the books of some days, at a glance. Sums in minor units, exact beyond 64 bits.
 *
 * @param totals by currency and account
 * @param taxes on invoices, by country, currency and rate, cut
 * @param taxCount how many of them there are in all
 * @param unknownRefunds on how many refunds' invoices a tax is not known
 * @param corrections what corrects days that were closed before
 */
public record PostedOverview(
    List<AccountTotal> totals,
    List<TaxTotal> taxes,
    long taxCount,
    long unknownRefunds,
    List<Correction> corrections) {

  /** What was posted to an account. */
  public record AccountTotal(
      String account, @Nullable String currency, long entries, BigInteger amount, BigInteger tax) {}

  /**
   * Tax on invoices.
   *
   * @param rate "25 %"; null where it is not known
   * @param unknownBecause why it is not
   */
  public record TaxTotal(
      @Nullable String country,
      @Nullable String currency,
      @Nullable String rate,
      @Nullable String unknownBecause,
      long entries,
      BigInteger amount,
      @Nullable BigInteger tax) {}

  /** Entries that change what stood in days that were closed. */
  public record Correction(@Nullable String currency, long entries, BigInteger amount) {}

  /** A currency, or that nobody knows it. */
  public record CurrencyOf(@Nullable String code) {}

  public long entries() {
    return totals.stream().mapToLong(AccountTotal::entries).sum();
  }

  public Map<CurrencyOf, BigInteger> byCurrency() {
    var sums = new LinkedHashMap<CurrencyOf, BigInteger>();
    totals.forEach(
        total -> sums.merge(new CurrencyOf(total.currency()), total.amount(), BigInteger::add));
    return sums;
  }
}
