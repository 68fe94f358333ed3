package io.recredit.ledger;

import io.recredit.ledger.DecisionRow.CreditRow;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Repository;

/** The decisions: what is in force, and writing what a run decides differently. */
@Repository
public class Decisions {

  private static final List<String> COLUMNS =
      List.of(
          "refund_id",
          "since_run",
          "order_id",
          "outcome",
          "refund_reference",
          "currency",
          "refunded_amount",
          "refunded_at",
          "business_date",
          "match_rule",
          "written_off_amount",
          "reason",
          "blocking_refund_id",
          "duplicate_of",
          "duplicate_of_amount");

  private static final List<String> TEXT_COLUMNS =
      List.of("refund_id", "since_run", "explanation", "suggestion");

  private static final List<String> CREDIT_COLUMNS =
      List.of(
          "refund_id",
          "since_run",
          "capture_id",
          "invoice_reference",
          "capture_reference",
          "credited_amount",
          "credited_tax_amount",
          "return_fee_amount");

  private final JdbcClient jdbc;
  private final DataSource dataSource;

  Decisions(JdbcClient jdbc, DataSource dataSource) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
  }

  /** The decisions in force for a page of touched orders, by the order's number. */
  Map<Long, List<DecisionRow>> inForce(long first, long last) {
    var byOrder = new HashMap<Long, Map<String, DecisionRow>>();
    jdbc.sql(
            """
            select t.n, d.*, x.explanation, x.suggestion, c.capture_id, c.invoice_reference, c.capture_reference, c.credited_amount,
              c.credited_tax_amount, c.return_fee_amount
            from order_to_decide t
            join decision d on d.order_id = t.order_id and d.until_run is null
            left join credit c on c.refund_id = d.refund_id and c.since_run = d.since_run
            left join exception_text x on x.refund_id = d.refund_id and x.until_run is null
            where t.n between :first and :last and t.decided
            """)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getLong("n"), n -> new HashMap<>())
                  .merge(row.getString("refund_id"), decision(row, credits(row)), Decisions::both);
            });
    var decided = new HashMap<Long, List<DecisionRow>>();
    byOrder.forEach((n, rows) -> decided.put(n, List.copyOf(rows.values())));
    return decided;
  }

  private static List<CreditRow> credits(ResultSet row) throws SQLException {
    return row.getString("capture_id") == null ? List.of() : List.of(credit(row));
  }

  /** One decision, of which each has some of the credits. */
  private static DecisionRow both(DecisionRow one, DecisionRow other) {
    var credits = new ArrayList<>(one.credits());
    credits.addAll(other.credits());
    return one.with(credits);
  }

  /** Closes the decisions in force of these refunds, and writes new ones. */
  public void replace(long runId, Collection<String> refundIds, List<DecisionRow> rows)
      throws SQLException {
    if (!refundIds.isEmpty()) {
      for (var table : List.of("decision", "exception_text")) {
        jdbc.sql(
                "update %s set until_run = ? where refund_id = any(?) and until_run is null"
                    .formatted(table))
            .params(runId, refundIds.toArray(String[]::new))
            .update();
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      try (var copy = new BinaryCopy(connection, "decision", COLUMNS)) {
        for (var row : rows) {
          write(row, runId, copy.startRow());
        }
        copy.end();
      }
      try (var copy = new BinaryCopy(connection, "exception_text", TEXT_COLUMNS)) {
        for (var row : rows) {
          if (row.explanation() != null) {
            writeText(row, runId, copy.startRow());
          }
        }
        copy.end();
      }
      try (var copy = new BinaryCopy(connection, "credit", CREDIT_COLUMNS)) {
        for (var row : rows) {
          for (var credit : row.credits()) {
            write(credit, row, runId, copy.startRow());
          }
        }
        copy.end();
      }
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /**
   * The last of these numbers up to which the run has decided; the one before the first if none.
   */
  public long decidedUpTo(long firstN, long lastN) {
    return jdbc.sql(
            "select coalesce(max(last_n), ? - 1) from decided_range where first_n between ? and ?")
        .params(firstN, firstN, lastN)
        .query(Long.class)
        .single();
  }

  /** The orders of these numbers have been through the allocator; part of the proof. */
  public void wentThrough(long firstN, long lastN) {
    jdbc.sql("insert into decided_range (first_n, last_n) values (?, ?)")
        .params(firstN, lastN)
        .update();
  }

  private static void write(DecisionRow row, long runId, CopyBuffer to) {
    to.text(row.refundId());
    to.bigint(runId);
    to.text(row.orderId());
    to.text(row.outcome());
    to.text(row.refundReference());
    to.text(row.currency());
    to.bigint(row.refundedAmount());
    to.time(row.refundedAt());
    to.date(row.businessDate());
    to.text(row.matchRule());
    to.bigint(row.isWrittenOff() ? row.refundedAmount() : null);
    to.text(row.reason());
    to.text(row.blockingRefundId());
    to.text(row.duplicateOf());
    to.bigint(row.duplicateOfAmount());
  }

  private static void writeText(DecisionRow row, long runId, CopyBuffer to) {
    to.text(row.refundId());
    to.bigint(runId);
    to.text(row.explanation());
    to.text(row.suggestion());
  }

  private static void write(CreditRow credit, DecisionRow row, long runId, CopyBuffer to) {
    to.text(row.refundId());
    to.bigint(runId);
    to.text(credit.captureId());
    to.text(credit.invoiceReference());
    to.text(credit.captureReference());
    to.bigint(credit.creditedAmount());
    to.bigint(credit.creditedTaxAmount());
    to.bigint(credit.returnFeeAmount());
  }

  static DecisionRow decision(ResultSet row, List<CreditRow> credits) throws SQLException {
    return new DecisionRow(
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getString("outcome"),
        row.getString("refund_reference"),
        row.getString("currency"),
        row.getLong("refunded_amount"),
        Rows.time(row, "refunded_at"),
        Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
        row.getString("match_rule"),
        row.getString("reason"),
        row.getString("explanation"),
        row.getString("suggestion"),
        row.getString("blocking_refund_id"),
        row.getString("duplicate_of"),
        row.getObject("duplicate_of_amount", Long.class),
        credits);
  }

  static CreditRow credit(ResultSet row) throws SQLException {
    return new CreditRow(
        row.getString("capture_id"),
        row.getString("invoice_reference"),
        row.getString("capture_reference"),
        row.getLong("credited_amount"),
        row.getObject("credited_tax_amount", Long.class),
        row.getLong("return_fee_amount"));
  }
}
