package io.recredit.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What became of the refunds of some days in one currency. Sums in minor units, exact beyond 64
 * bits.
 *
 * @param assumed of the credited amount, what was credited on one of several invoices that could
 *     take it
 */
record Totals(
    @Nullable String currency,
    long refunds,
    BigInteger refunded,
    long creditedRefunds,
    BigInteger credited,
    BigInteger assumed,
    long exceptions,
    BigInteger unallocated,
    long writeOffs,
    BigInteger writtenOff,
    long duplicates,
    BigInteger duplicated) {

  /** Its columns, over refund_outcome x. */
  static final String COLUMNS =
      """
      x.currency,
      count(*) as refunds,
      sum(x.refunded_amount) as refunded_amount,
      count(*) filter (where x.outcome = 'credited') as credited_refunds,
      sum(x.credited_amount) as credited_amount,
      sum(x.credited_amount) filter (where x.match_rule = 'ONE_OF_SEVERAL') as assumed_amount,
      count(*) filter (where x.outcome = 'exception') as exceptions,
      sum(x.refunded_amount) filter (where x.outcome = 'exception') as unallocated_amount,
      count(*) filter (where x.outcome = 'written_off') as write_offs,
      sum(x.written_off_amount) as written_off_amount,
      count(*) filter (where x.outcome = 'duplicate') as duplicates,
      sum(x.refunded_amount) filter (where x.outcome = 'duplicate') as duplicate_amount
      """;

  static Totals read(ResultSet row) throws SQLException {
    return new Totals(
        row.getString("currency"),
        row.getLong("refunds"),
        sum(row, "refunded_amount"),
        row.getLong("credited_refunds"),
        sum(row, "credited_amount"),
        sum(row, "assumed_amount"),
        row.getLong("exceptions"),
        sum(row, "unallocated_amount"),
        row.getLong("write_offs"),
        sum(row, "written_off_amount"),
        row.getLong("duplicates"),
        sum(row, "duplicate_amount"));
  }

  /** A sum over no rows is null, and means nothing at all. */
  static BigInteger sum(ResultSet row, String column) throws SQLException {
    BigDecimal sum = row.getBigDecimal(column);
    return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
  }

  /** Refunded minus the rest: 0, or the tables are wrong. */
  BigInteger difference() {
    return refunded
        .subtract(credited)
        .subtract(unallocated)
        .subtract(writtenOff)
        .subtract(duplicated);
  }

  /** Of refunds in the same currency. */
  Totals plus(Totals other) {
    return new Totals(
        currency,
        refunds + other.refunds,
        refunded.add(other.refunded),
        creditedRefunds + other.creditedRefunds,
        credited.add(other.credited),
        assumed.add(other.assumed),
        exceptions + other.exceptions,
        unallocated.add(other.unallocated),
        writeOffs + other.writeOffs,
        writtenOff.add(other.writtenOff),
        duplicates + other.duplicates,
        duplicated.add(other.duplicated));
  }
}
