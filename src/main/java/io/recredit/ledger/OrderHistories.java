package io.recredit.ledger;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.feed.FeedKind;
import io.recredit.input.InputTable;
import io.recredit.input.OrderLinesText;
import io.recredit.postgres.Rows;
import io.recredit.resolution.Resolutions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the histories of the orders to decide, a page of orders at a time: one query per relation,
 * whatever the page's size.
 */
@Repository
public class OrderHistories {

  private static final String OF_PAGE =
      """
      select t.n, {columns}
      from order_to_decide t
      join {table} x on x.order_id = t.order_id and x.until_run is null and x.counts
      where t.n between :first and :last
      """;

  private static final int MOST_ORDERS = 2_000;
  private static final int MOST_LINES = 100_000;
  private static final int FETCH_SIZE = 500;

  private final JdbcClient jdbc;
  private final Decisions decisions;
  private final Resolutions resolutions;

  OrderHistories(JdbcClient jdbc, Decisions decisions, Resolutions resolutions) {
    this.jdbc = jdbc;
    this.decisions = decisions;
    this.resolutions = resolutions;
  }

  /**
   * The orders from the given number on, as many as make a page, in that order; none beyond last. A
   * page is bounded in orders and in order lines, so that a few giant orders do not fill the
   * memory.
   */
  public List<OrderToDecide> page(long first, long last) {
    var pageLast = Math.min(last, first + MOST_ORDERS - 1);
    while (true) {
      try {
        return read(first, pageLast);
      } catch (TooManyLines e) {
        pageLast = first + (pageLast - first) / 2;
      }
    }
  }

  private List<OrderToDecide> read(long first, long last) {
    // One order is taken however large it is.
    var budget = new LineBudget(first == last ? Long.MAX_VALUE : MOST_LINES);
    var captures =
        byOrder(
            FeedKind.CAPTURES, first, last, row -> budget.spend(capture(row), Capture::orderLines));
    var refunds =
        byOrder(
            FeedKind.REFUNDS, first, last, row -> budget.spend(refund(row), Refund::orderLines));
    var releases = byOrder(FeedKind.RELEASES, first, last, OrderHistories::release);
    var resolved = resolutions.inForce(first, last);
    var decided = decisions.inForce(first, last);
    return jdbc.sql(
            "select n, order_id from order_to_decide where n between :first and :last order by n")
        .param("first", first)
        .param("last", last)
        .query(
            (row, i) -> {
              var n = row.getLong(1);
              return new OrderToDecide(
                  n,
                  new OrderHistory(
                      row.getString(2),
                      captures.getOrDefault(n, List.of()),
                      refunds.getOrDefault(n, List.of()),
                      releases.getOrDefault(n, List.of()),
                      resolved.getOrDefault(n, List.of())),
                  decided.getOrDefault(n, List.of()));
            })
        .list();
  }

  private <T> Map<Long, List<T>> byOrder(
      FeedKind kind, long first, long last, RowReader<T> reader) {
    var byOrder = new HashMap<Long, List<T>>();
    var table = InputTable.of(kind);
    jdbc.sql(table.sql(OF_PAGE.replace("{columns}", table.historyColumns())))
        .withFetchSize(FETCH_SIZE)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getLong("n"), n -> new ArrayList<>())
                  .add(reader.read(row));
            });
    return byOrder;
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** How many records and order lines a page may still hold. */
  private static final class LineBudget {

    private long left;

    LineBudget(long left) {
      this.left = left;
    }

    <T> T spend(T record, Function<T, List<OrderLine>> lines) {
      left -= 1 + lines.apply(record).size();
      if (left < 0) {
        throw new TooManyLines();
      }
      return record;
    }
  }

  private static final class TooManyLines extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyLines() {
      super(null, null, false, false);
    }
  }

  static Capture capture(ResultSet row) throws SQLException {
    return new Capture(
        row.getString("capture_id"),
        row.getString("order_id"),
        row.getLong("captured_amount"),
        Rows.time(row, "captured_at"),
        row.getString("purchase_country"),
        row.getString("purchase_currency"),
        row.getObject("order_amount", Long.class),
        row.getString("klarna_reference"),
        row.getString("reference"),
        OrderLinesText.read(row.getString("order_lines")));
  }

  static Refund refund(ResultSet row) throws SQLException {
    return new Refund(
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getLong("refunded_amount"),
        Rows.time(row, "refunded_at"),
        row.getString("purchase_currency"),
        row.getString("capture_id"),
        row.getString("reference"),
        null,
        row.getString("idempotency_key"),
        OrderLinesText.read(row.getString("order_lines")));
  }

  static Release release(ResultSet row) throws SQLException {
    return new Release(row.getString("order_id"), Rows.time(row, "released_at"));
  }
}
