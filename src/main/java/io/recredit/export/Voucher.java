package io.recredit.export;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is posted in one currency on one day.
 *
 * @param number in its export, from 1
 * @param rows whose amounts sum to 0
 * @param firstEntry the first of the journal's entries in it
 * @param lastEntry the last one
 */
record Voucher(
    int number, LocalDate date, String currency, List<Row> rows, long firstEntry, long lastEntry) {

  Voucher {
    rows = List.copyOf(rows);
    var sum = rows.stream().map(Row::amount).reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() != 0) {
      throw new IllegalStateException("The voucher of %s is %s off".formatted(date, sum));
    }
  }

  /**
   * A side of it, netted.
   *
   * @param amount in minor units: more than 0 is debit
   */
  record Row(
      Kind kind,
      @Nullable String country,
      Rate rate,
      String account,
      BigInteger amount,
      long firstEntry,
      long lastEntry) {}

  BigInteger debit() {
    return rows.stream()
        .map(Row::amount)
        .filter(amount -> amount.signum() > 0)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
