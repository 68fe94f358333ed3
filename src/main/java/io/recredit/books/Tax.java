package io.recredit.books;

import io.recredit.allocation.OrderLine;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tax in a line: known where it has a rate, and an amount that goes with it (rules.md, part 8).
 *
 * @param rate in hundredths of a percent; null where the tax is not known
 * @param amount in minor units; null exactly where rate is
 */
record Tax(@Nullable Long rate, @Nullable Long amount, TaxSource source) {

  static final Tax UNKNOWN = new Tax(null, null, TaxSource.UNKNOWN);

  private static final Tax CONTRADICTORY = new Tax(null, null, TaxSource.CONTRADICTORY);
  private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

  /** Rates that are said, and by whom. */
  record Said(long rate, TaxSource source) {

    /** In an amount that names no tax of its own. */
    Tax in(long amount) {
      return new Tax(rate, computed(amount, rate), source);
    }
  }

  /**
   * Of an amount of which a rate, and perhaps a tax, is said.
   *
   * @param tax as the line says it; null where it does not
   */
  static Tax of(long amount, @Nullable Said said, @Nullable Long tax) {
    if (said == null) {
      return UNKNOWN;
    }
    var computed = said.in(amount);
    if (tax == null) {
      return computed;
    }
    var off =
        BigInteger.valueOf(tax)
            .subtract(BigInteger.valueOf(Objects.requireNonNull(computed.amount())));
    return off.abs().compareTo(BigInteger.ONE) <= 0
        ? new Tax(said.rate(), tax, said.source())
        : CONTRADICTORY;
  }

  /** Of a line by what it says itself. */
  static Tax of(OrderLine line, TaxSource source) {
    var rate = line.taxRate();
    return of(
        line.totalAmount(), rate == null ? null : new Said(rate, source), line.totalTaxAmount());
  }

  /** Empty where there are no lines, and where one of them has another rate, or none. */
  static Optional<Said> inCommon(List<OrderLine> lines, TaxSource source) {
    var rates = new HashSet<@Nullable Long>();
    lines.forEach(line -> rates.add(of(line, source).rate()));
    return rates.size() == 1
        ? Optional.ofNullable(rates.iterator().next()).map(rate -> new Said(rate, source))
        : Optional.empty();
  }

  /** Of which other amounts can be: a line whose tax contradicts itself lends its rate to none. */
  @Nullable Said said() {
    return rate == null ? null : new Said(rate, source);
  }

  /** What remains beside the net amount, which is rounded, halves away from zero. */
  private static long computed(long amount, long rate) {
    var gross = BigInteger.valueOf(amount);
    var parts = WHOLE.add(BigInteger.valueOf(rate));
    var doubled = gross.abs().multiply(WHOLE).shiftLeft(1).add(parts);
    var net = doubled.divide(parts.shiftLeft(1));
    return gross.subtract(amount < 0 ? net.negate() : net).longValueExact();
  }
}
