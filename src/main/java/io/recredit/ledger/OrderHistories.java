package io.recredit.ledger;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.evidence.KlarnaRecord;
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
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
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

  /** Of an order so large that a fetch of the usual size could fill the memory. */
  private static final int FETCH_SIZE_OF_A_GIANT = 5;

  private final JdbcClient jdbc;
  private final Decisions decisions;
  private final Resolutions resolutions;
  private final KlarnaRecords records;

  OrderHistories(
      JdbcClient jdbc, Decisions decisions, Resolutions resolutions, KlarnaRecords records) {
    this.jdbc = jdbc;
    this.decisions = decisions;
    this.resolutions = resolutions;
    this.records = records;
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
        if (pageLast == first) {
          return readGiant(first);
        }
        pageLast = first + (pageLast - first) / 2;
      }
    }
  }

  private List<OrderToDecide> read(long first, long last) {
    var budget = new LineBudget();
    return read(first, last, FETCH_SIZE, budget::spend, budget::spend, budget::spend);
  }

  /** One order is taken however large it is, without what no rule needs. */
  private List<OrderToDecide> readGiant(long n) {
    var lean = new LeanLines();
    return read(n, n, FETCH_SIZE_OF_A_GIANT, lean::ofRefund, lean::ofCapture, size -> {});
  }

  private List<OrderToDecide> read(
      long first,
      long last,
      int fetchSize,
      UnaryOperator<List<OrderLine>> ofRefund,
      UnaryOperator<List<OrderLine>> ofCapture,
      IntConsumer ofSnapshot) {
    var references = new OrderReferences();
    var refunds =
        byOrder(
            FeedKind.REFUNDS,
            first,
            last,
            fetchSize,
            row -> {
              references.note(OrderReferences.Of.REFUND, row);
              return refund(row, ofRefund);
            });
    var refused = byOrder(FeedKind.REFUSALS, first, last, fetchSize, row -> refused(row, ofRefund));
    var captures =
        byOrder(
            FeedKind.CAPTURES,
            first,
            last,
            fetchSize,
            row -> {
              references.note(OrderReferences.Of.CAPTURE, row);
              return capture(row, ofCapture);
            });
    var releases = byOrder(FeedKind.RELEASES, first, last, fetchSize, OrderHistories::release);
    var resolved = resolutions.inForce(first, last);
    var decided = decisions.inForce(first, last);
    var klarnaRecords = records.ofPage(first, last, fetchSize, ofSnapshot, references);
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
                      resolved.getOrDefault(n, List.of()),
                      klarnaRecords.getOrDefault(n, KlarnaRecord.NONE)),
                  refused.getOrDefault(n, List.of()),
                  references.of(n),
                  decided.getOrDefault(n, InForce.NOTHING));
            })
        .list();
  }

  private <T> Map<Long, List<T>> byOrder(
      FeedKind kind, long first, long last, int fetchSize, RowReader<T> reader) {
    var byOrder = new HashMap<Long, List<T>>();
    var table = InputTable.of(kind);
    jdbc.sql(table.sql(OF_PAGE.replace("{columns}", table.historyColumns())))
        .withFetchSize(fetchSize)
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

    private long left = MOST_LINES;

    List<OrderLine> spend(List<OrderLine> lines) {
      spend(lines.size());
      return lines;
    }

    void spend(int size) {
      left -= 1 + size;
      if (left < 0) {
        throw new TooManyLines();
      }
    }
  }

  /**
   * Order lines without what only people read: names, and references of captures' lines that no
   * refund of the order has. Each reference, type and rate is there once. An order within all
   * limits can have half a million lines.
   */
  private static final class LeanLines {

    private final Map<String, String> refunded = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Map<Long, Long> rates = new HashMap<>();

    List<OrderLine> ofRefund(List<OrderLine> lines) {
      lines.stream()
          .map(OrderLine::reference)
          .filter(Objects::nonNull)
          .forEach(reference -> refunded.putIfAbsent(reference, reference));
      return lines.stream().map(this::lean).toList();
    }

    List<OrderLine> ofCapture(List<OrderLine> lines) {
      return lines.stream().map(this::lean).toList();
    }

    private OrderLine lean(OrderLine line) {
      var type = line.type();
      var rate = line.taxRate();
      return new OrderLine(
          refunded.get(line.reference()),
          type == null ? null : types.computeIfAbsent(type, same -> same),
          null,
          null,
          null,
          rate == null ? null : rates.computeIfAbsent(rate, same -> same),
          line.totalAmount(),
          line.totalTaxAmount());
    }
  }

  private static final class TooManyLines extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyLines() {
      super(null, null, false, false);
    }
  }

  static Capture capture(ResultSet row, UnaryOperator<List<OrderLine>> lines) throws SQLException {
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
        lines.apply(OrderLinesText.read(row.getString("order_lines"))));
  }

  static Refund refund(ResultSet row, UnaryOperator<List<OrderLine>> lines) throws SQLException {
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
        lines.apply(OrderLinesText.read(row.getString("order_lines"))));
  }

  private static RefusedRequest refused(ResultSet row, UnaryOperator<List<OrderLine>> lines)
      throws SQLException {
    var refusalId = row.getString("refusal_id");
    return new RefusedRequest(
        refusalId,
        row.getBoolean("is_refund")
            ? new Refund(
                refusalId,
                row.getString("order_id"),
                row.getLong("refunded_amount"),
                Rows.time(row, "attempted_at"),
                row.getString("purchase_currency"),
                row.getString("capture_id"),
                row.getString("reference"),
                null,
                row.getString("idempotency_key"),
                lines.apply(OrderLinesText.read(row.getString("order_lines"))))
            : null);
  }

  static Release release(ResultSet row) throws SQLException {
    return new Release(row.getString("order_id"), Rows.time(row, "released_at"));
  }
}
