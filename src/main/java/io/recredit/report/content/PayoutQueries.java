package io.recredit.report.content;

import io.recredit.report.content.PayoutOverview.Differences;
import io.recredit.report.content.PayoutOverview.Payout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for what a report says at a glance of what was paid out. */
record PayoutQueries(ReportQueries queries) {

  static final int MOST_PAYOUTS = 31;

  PayoutOverview read() {
    var payouts = payouts();
    return new PayoutOverview(
        payouts.stream().limit(MOST_PAYOUTS).toList(), payouts.size(), differences());
  }

  /** The newest first; a payout or two a day. */
  private List<Payout> payouts() {
    return queries
        .ask(
            "select * from ("
                + PayoutTables.OF_RANGE
                + ") p order by payout_date desc nulls last, payment_reference")
        .query(
            (row, n) ->
                new Payout(
                    row.getString("payment_reference"),
                    row.getObject("payout_date", LocalDate.class),
                    row.getString("currency"),
                    whole(row, "settlement_amount"),
                    whole(row, "difference"),
                    row.getLong("returns_as_made"),
                    row.getLong("returns_of_other_amount"),
                    row.getLong("returns_unknown")))
        .list();
  }

  private static @Nullable BigInteger whole(ResultSet row, String column) throws SQLException {
    BigDecimal value = row.getBigDecimal(column);
    return value == null ? null : value.toBigIntegerExact();
  }

  private List<Differences> differences() {
    return queries
        .ask(
            "select d.kind, count(*) as differences, min(d.explanation || ' ' || d.suggestion) as example "
                + PayoutTables.DIFFERENCES
                + "group by d.kind order by d.kind")
        .query(
            (row, n) ->
                new Differences(
                    row.getString("kind"), row.getLong("differences"), row.getString("example")))
        .list();
  }
}
