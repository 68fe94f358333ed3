package io.recredit.ledger;

import io.recredit.evidence.KlarnaRecord;
import io.recredit.evidence.Snapshot;
import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what order documents say of where the refunds are: all snapshots of an order together. */
@Repository
public class KlarnaRecords {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String OF_PAGE =
      """
      select t.n, d.document_id, d.merchant_reference1, d.read_at, d.remaining_authorized_amount, d.captures, d.on_captures, d.refunds,
        exists (
          select from refund r
          where r.order_id = d.order_id and r.file_date > '-infinity' and r.counts and r.until_run is null
        ) as files_have_refunds
      from {orders} t
      join document d on d.order_id = t.order_id and d.counts and d.until_run is null
      where t.n between :first and :last
      """;

  private static final String OF_ORDERS_TO_DECIDE = OF_PAGE.replace("{orders}", "order_to_decide");

  private static final String SHOWN =
      """
      select 0 as n, d.read_at, d.remaining_authorized_amount, d.captures, d.on_captures, d.refunds,
        exists (
          select from shown_refund r where r.order_id = d.order_id and r.of_file
        ) as files_have_refunds
      from shown_document d
      where d.order_id = :order
      """;

  private static final int ROWS_FETCHED = 100;

  private final JdbcClient jdbc;

  KlarnaRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Of a page of orders to decide, by the order's number; of orders without documents none.
   *
   * @param spend is told how many captures and refunds each snapshot has, and stops what is too
   *     much
   * @param references notes what the snapshots call their orders
   */
  Map<Long, KlarnaRecord> ofPage(
      long first, long last, int fetchSize, IntConsumer spend, OrderReferences references) {
    return read(
        jdbc.sql(OF_ORDERS_TO_DECIDE)
            .withFetchSize(fetchSize)
            .param("first", first)
            .param("last", last),
        spend,
        row -> references.note(OrderReferences.Of.DOCUMENT, row));
  }

  /**
   * Of the orders with these numbers, by number.
   *
   * @param orders a table with the order_id of each n, as often as its snapshots
   */
  public Map<Long, KlarnaRecord> ofNumbered(String orders, long first, long last) {
    return read(
        jdbc.sql(
                OF_PAGE.replace(
                    "{orders}", "(select distinct n, order_id from %s)".formatted(orders)))
            .withFetchSize(ROWS_FETCHED)
            .param("first", first)
            .param("last", last),
        size -> {},
        row -> {});
  }

  /** Of an order as the newest finished run shows it. */
  KlarnaRecord shown(String orderId) {
    return read(jdbc.sql(SHOWN).param("order", orderId), size -> {}, row -> {})
        .getOrDefault(0L, KlarnaRecord.NONE);
  }

  private static Map<Long, KlarnaRecord> read(
      JdbcClient.StatementSpec query, IntConsumer spend, RowCallbackHandler seen) {
    var snapshots = new HashMap<Long, List<Snapshot>>();
    var filesHaveRefunds = new HashMap<Long, Boolean>();
    query.query(
        row -> {
          var order = row.getLong("n");
          seen.processRow(row);
          var snapshot = snapshot(row);
          spend.accept(snapshot.invoices().size() + snapshot.refunds().size());
          snapshots.computeIfAbsent(order, n -> new ArrayList<>()).add(snapshot);
          filesHaveRefunds.put(order, row.getBoolean("files_have_refunds"));
        });
    var records = new HashMap<Long, KlarnaRecord>();
    snapshots.forEach(
        (order, of) ->
            records.put(order, KlarnaRecord.of(of, filesHaveRefunds.getOrDefault(order, false))));
    return records;
  }

  private static Snapshot snapshot(ResultSet row) throws SQLException {
    var onCaptures = JSON.readTree(row.getString("on_captures"));
    var invoices = new ArrayList<Invoice>();
    for (var capture : JSON.readTree(row.getString("captures"))) {
      var refunded = onCaptures.get(invoices.size());
      invoices.add(
          new Invoice(
              capture.get("id").stringValue(),
              capture.get("amount").longValue(),
              refunded.isNull() ? null : refunded.longValue()));
    }
    var refunds = new ArrayList<ListedRefund>();
    for (var refund : JSON.readTree(row.getString("refunds"))) {
      refunds.add(refund(refund));
    }
    return new Snapshot(
        Rows.time(row, "read_at"),
        row.getObject("remaining_authorized_amount", Long.class),
        invoices,
        refunds);
  }

  private static ListedRefund refund(JsonNode refund) {
    return new ListedRefund(
        refund.get("id").stringValue(),
        refund.get("amount").longValue(),
        Instant.parse(refund.get("at").stringValue()),
        refund.get("named").booleanValue());
  }
}
