package io.recredit.ledger;

import io.recredit.books.Account;
import io.recredit.books.TaxSource;
import io.recredit.ledger.BookedRefund.Facts;
import io.recredit.ledger.BookedRefund.Line;
import io.recredit.ledger.BookedRefund.Texts;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What refunds come to in the books, line by line: a row per line, in versions of the refund. */
@Repository
class BookLines {

  private static final List<String> COLUMNS =
      List.of(
          "refund_id",
          "since_run",
          "order_id",
          "n",
          "business_date",
          "purchase_country",
          "currency",
          "decision",
          "order_reference",
          "account",
          "capture_id",
          "invoice_reference",
          "line_number",
          "reference",
          "name",
          "type",
          "quantity",
          "tax_rate",
          "amount",
          "tax_amount",
          "tax_source");

  private static final Texts NOT_COMPARED = new Texts("", null, List.of());

  private final JdbcClient jdbc;
  private final DataSource dataSource;

  BookLines(JdbcClient jdbc, DataSource dataSource) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
  }

  /** In force of a page of orders to be decided, by the order's number. */
  Map<Long, List<BookedRefund>> inForce(long first, long last) {
    var lines = new HashMap<Long, Map<String, List<Line>>>();
    var facts = new HashMap<String, Facts>();
    jdbc.sql(
            """
            select t.n as order_key, b.*
            from order_to_decide t
            join decision d on d.order_id = t.order_id and d.until_run is null
            join book_line b on b.refund_id = d.refund_id and b.until_run is null
            where t.n between :first and :last and t.decided
            order by b.refund_id, b.n
            """)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              var refundId = row.getString("refund_id");
              var of =
                  lines
                      .computeIfAbsent(row.getLong("order_key"), n -> new LinkedHashMap<>())
                      .computeIfAbsent(refundId, id -> new ArrayList<>());
              facts.putIfAbsent(refundId, facts(row, of));
              of.add(line(row));
            });
    var inForce = new HashMap<Long, List<BookedRefund>>();
    lines.forEach(
        (n, refunds) ->
            inForce.put(
                n,
                refunds.keySet().stream()
                    .map(
                        id -> new BookedRefund(Objects.requireNonNull(facts.get(id)), NOT_COMPARED))
                    .toList()));
    return inForce;
  }

  private static Facts facts(ResultSet row, List<Line> lines) throws SQLException {
    return new Facts(
        row.getString("refund_id"),
        row.getString("order_id"),
        Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
        row.getString("purchase_country"),
        row.getString("currency"),
        lines);
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        Account.valueOf(row.getString("account")),
        row.getString("capture_id"),
        row.getObject("line_number", Long.class),
        row.getString("reference"),
        row.getString("name"),
        row.getString("type"),
        row.getObject("quantity", Long.class),
        row.getObject("tax_rate", Long.class),
        row.getLong("amount"),
        row.getObject("tax_amount", Long.class),
        TaxSource.valueOf(row.getString("tax_source")));
  }

  /** Closes what does not hold any more of some orders, and writes what is new. */
  void write(long runId, Collection<? extends OrderChanges> orders) throws SQLException {
    Versions.close(jdbc, "book_line", runId, orders, OrderChanges::books);
    BinaryCopy.rows(
        dataSource,
        "book_line",
        COLUMNS,
        Versions.added(orders, OrderChanges::books).stream().flatMap(BookLines::rows).toList(),
        (row, to) -> write(row, runId, to));
  }

  private record Row(BookedRefund refund, int n) {}

  private static Stream<Row> rows(BookedRefund refund) {
    return IntStream.range(0, refund.facts().lines().size()).mapToObj(n -> new Row(refund, n));
  }

  private static void write(Row row, long runId, CopyBuffer to) {
    var facts = row.refund().facts();
    var texts = row.refund().texts();
    var line = facts.lines().get(row.n());
    to.text(facts.refundId());
    to.bigint(runId);
    to.text(facts.orderId());
    to.bigint(row.n());
    to.date(facts.businessDate());
    to.text(facts.country());
    to.text(facts.currency());
    to.text(texts.decision());
    to.text(texts.orderReference());
    to.text(line.account().name());
    to.text(line.captureId());
    to.text(texts.invoices().get(row.n()));
    to.bigint(line.lineNumber());
    to.text(line.reference());
    to.text(line.name());
    to.text(line.type());
    to.bigint(line.quantity());
    to.bigint(line.taxRate());
    to.bigint(line.amount());
    to.bigint(line.taxAmount());
    to.text(line.taxSource().name());
  }
}
