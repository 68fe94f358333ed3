package io.recredit.ledger;

import io.recredit.books.BookLine;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
          "digest",
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

  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final Versions versions;

  BookLines(JdbcClient jdbc, DataSource dataSource, Versions versions) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.versions = versions;
  }

  /** In force of a page of orders to be decided, by the order's number; digests alone. */
  Map<Long, List<BookedRefund>> inForce(long first, long last) {
    var inForce = new HashMap<Long, List<BookedRefund>>();
    jdbc.sql(
            """
            select t.n, b.refund_id, b.digest
            from order_to_decide t
            join decision d on d.order_id = t.order_id and d.until_run is null
            join book_line b on b.refund_id = d.refund_id and b.until_run is null and b.n = 0
            where t.n between :first and :last and t.decided
            """)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              inForce
                  .computeIfAbsent(row.getLong("n"), n -> new ArrayList<>())
                  .add(
                      BookedRefund.inForce(
                          row.getString("refund_id"),
                          Objects.requireNonNull(row.getObject("digest", UUID.class))));
            });
    return inForce;
  }

  /** Closes what does not hold any more of some orders, and writes what is new. */
  void write(long runId, Collection<? extends OrderChanges> orders) throws SQLException {
    versions.close("book_line", runId, orders, OrderChanges::books);
    BinaryCopy.rows(
        dataSource,
        "book_line",
        COLUMNS,
        Versions.added(orders, OrderChanges::books).stream().flatMap(BookLines::rows).toList(),
        (row, to) -> write(row, runId, to));
  }

  private record Row(BookedRefund refund, int n) {}

  private static Stream<Row> rows(BookedRefund refund) {
    return IntStream.range(0, refund.size()).mapToObj(n -> new Row(refund, n));
  }

  private static void write(Row row, long runId, CopyBuffer to) {
    var facts = Objects.requireNonNull(row.refund().facts());
    var line = facts.lines().get(row.n());
    to.text(row.refund().refundId());
    to.bigint(runId);
    to.text(facts.orderId());
    to.bigint(row.n());
    to.uuid(row.refund().digest());
    to.date(facts.businessDate());
    to.text(facts.country());
    to.text(facts.currency());
    to.text(facts.decision());
    to.text(facts.orderReference());
    write(line, to);
  }

  private static void write(BookLine line, CopyBuffer to) {
    var capture = line.capture();
    to.text(line.account().name());
    to.text(line.captureId());
    to.text(capture == null ? null : capture.invoiceReference());
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
