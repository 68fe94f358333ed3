package io.recredit.paid;

import io.recredit.allocation.Policies;
import io.recredit.payout.Match;
import io.recredit.payout.Matching;
import io.recredit.payout.PaidRow;
import io.recredit.payout.Payable;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import io.recredit.postgres.Rows;
import io.recredit.postgres.TableStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Matches the rows of payouts with the refunds and captures of the orders that {@link
 * OrdersToMatch} names, a page of orders at a time, and writes what is new or different.
 */
@Repository
public class PayoutMatches {

  private static final int ORDERS_OF_PAGE = 2_000;
  private static final int FETCH_SIZE = 1_000;

  private static final List<String> COLUMNS =
      List.of(
          "what",
          "record_id",
          "order_id",
          "since_run",
          "payment_reference",
          "row",
          "amount",
          "currency",
          "matched_by");

  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final TableStatistics statistics;

  PayoutMatches(JdbcClient jdbc, DataSource dataSource, TableStatistics statistics) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.statistics = statistics;
  }

  /** Whether rows are of refunds or of captures. */
  private enum What {
    REFUND,
    CAPTURE
  }

  private record Side(long n, What what) {}

  /** A match as the table holds it. */
  private record MatchRow(
      What what,
      String recordId,
      String orderId,
      String paymentReference,
      long row,
      long amount,
      String currency,
      String matchedBy) {

    static MatchRow of(What what, Match match) {
      return new MatchRow(
          what,
          match.of().id(),
          match.of().orderId(),
          match.row().paymentReference(),
          match.row().row(),
          match.row().amount(),
          match.row().currency(),
          match.matchedBy().name());
    }

    static MatchRow of(ResultSet row) throws SQLException {
      return new MatchRow(
          What.valueOf(row.getString("what")),
          row.getString("record_id"),
          row.getString("order_id"),
          row.getString("payment_reference"),
          row.getLong("row"),
          row.getLong("amount"),
          row.getString("currency"),
          row.getString("matched_by"));
    }

    void writeTo(long runId, CopyBuffer to) {
      to.text(what.name());
      to.text(recordId);
      to.text(orderId);
      to.bigint(runId);
      to.text(paymentReference);
      to.bigint(row);
      to.bigint(amount);
      to.text(currency);
      to.text(matchedBy);
    }
  }

  /** All the run's orders to match, in the transaction that {@link OrdersToMatch} numbered them. */
  public void match(long runId, long orders, Policies policies) throws SQLException {
    var written = 0L;
    for (var first = 1L; first <= orders; first += ORDERS_OF_PAGE) {
      written += matchPage(runId, first, first + ORDERS_OF_PAGE - 1, policies);
    }
    statistics.refresh(
        "payout_match",
        "what, record_id, order_id, payment_reference, row, since_run, until_run",
        written);
  }

  /** How many rows it wrote. */
  private long matchPage(long runId, long first, long last, Policies policies) throws SQLException {
    var payables = payables(first, last, policies);
    var rows = ofPage(ROWS, first, last, policies, PayoutMatches::row);
    var now = new HashSet<MatchRow>();
    rows.forEach(
        (side, paid) ->
            // Pages of a payout that overlap have a row twice.
            Matching.of(payables.getOrDefault(side, List.of()), paid.stream().distinct().toList())
                .forEach(match -> now.add(MatchRow.of(side.what(), match))));
    var before = new HashSet<MatchRow>();
    ofPage(IN_FORCE, first, last, policies, (row, n) -> MatchRow.of(row))
        .values()
        .forEach(before::addAll);
    close(runId, before, now);
    now.removeAll(before);
    BinaryCopy.rows(
        dataSource, "payout_match", COLUMNS, now, (match, to) -> match.writeTo(runId, to));
    return now.size();
  }

  private Map<Side, List<Payable>> payables(long first, long last, Policies policies) {
    var payables = ofPage(REFUNDS, first, last, policies, PayoutMatches::payable);
    payables.putAll(ofPage(CAPTURES, first, last, policies, PayoutMatches::payable));
    return payables;
  }

  /** Not what an earlier page wrote: a record that moved to another order has it there already. */
  private void close(long runId, Set<MatchRow> before, Set<MatchRow> now) {
    var gone = before.stream().filter(match -> !now.contains(match)).toList();
    if (!gone.isEmpty()) {
      jdbc.sql(
              """
              update payout_match m set until_run = ?
              from unnest(?, ?, ?) gone (payment_reference, row, record_id)
              where m.payment_reference = gone.payment_reference and m.row = gone.row
                and m.record_id = gone.record_id and m.until_run is null and m.since_run < ?
              """)
          .params(
              runId,
              gone.stream().map(MatchRow::paymentReference).toArray(String[]::new),
              gone.stream().map(MatchRow::row).toArray(Long[]::new),
              gone.stream().map(MatchRow::recordId).toArray(String[]::new),
              runId)
          .update();
    }
  }

  private static final String REFUNDS =
      """
      select t.n, 'REFUND' as what, d.refund_id as id, d.order_id, d.refunded_amount as amount, d.currency,
        d.refunded_at as at, d.business_date, r.reference, d.duplicate_of
      from order_to_match t
      join decision d on d.order_id = t.order_id and d.until_run is null
      left join refund r on r.refund_id = d.refund_id and r.counts and r.until_run is null
      where t.n between :first and :last
      """;

  private static final String CAPTURES =
      """
      select t.n, 'CAPTURE' as what, c.capture_id as id, c.order_id, c.captured_amount as amount,
        c.purchase_currency as currency, c.captured_at as at, (c.captured_at at time zone :zone)::date as business_date,
        c.reference, null as duplicate_of
      from order_to_match t
      join capture c on c.order_id = t.order_id and c.counts and c.until_run is null
      where t.n between :first and :last
      """;

  private static final String ROWS =
      """
      select t.n, r.*, coalesce(r.payout_day, (r.payout_at at time zone :zone)::date) as payout_date
      from order_to_match t
      join row_to_match r on r.order_id = t.order_id
      where t.n between :first and :last
      """;

  private static final String IN_FORCE =
      """
      select t.n, m.*
      from order_to_match t
      join payout_match m on m.order_id = t.order_id and m.until_run is null
      where t.n between :first and :last
      """;

  private <T> Map<Side, List<T>> ofPage(
      String sql, long first, long last, Policies policies, RowMapper<T> reader) {
    var bySide = new HashMap<Side, List<T>>();
    jdbc.sql(sql)
        .withFetchSize(FETCH_SIZE)
        .param("first", first)
        .param("last", last)
        .param("zone", policies.timeZone().getId())
        .query(
            row -> {
              bySide
                  .computeIfAbsent(
                      new Side(row.getLong("n"), What.valueOf(row.getString("what"))),
                      side -> new ArrayList<>())
                  .add(Objects.requireNonNull(reader.mapRow(row, 0)));
            });
    return bySide;
  }

  private static Payable payable(ResultSet row, int n) throws SQLException {
    return new Payable(
        row.getString("id"),
        row.getString("order_id"),
        row.getLong("amount"),
        row.getString("currency"),
        Rows.time(row, "at"),
        Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
        row.getString("reference"),
        row.getString("duplicate_of"));
  }

  private static PaidRow row(ResultSet row, int n) throws SQLException {
    return new PaidRow(
        row.getString("payment_reference"),
        row.getLong("row"),
        row.getObject("payout_date", LocalDate.class),
        row.getLong("amount"),
        row.getString("currency"),
        row.getString("reference"),
        row.getString("named"),
        row.getBoolean("names_another"));
  }
}
