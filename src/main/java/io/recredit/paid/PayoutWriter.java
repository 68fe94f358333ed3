package io.recredit.paid;

import io.recredit.feed.FileStamp;
import io.recredit.input.Readings;
import io.recredit.payout.Look;
import io.recredit.payout.NoReport;
import io.recredit.payout.PayoutPart;
import io.recredit.payout.RejectedRow;
import io.recredit.payout.SettlementReport;
import io.recredit.payout.Sink;
import io.recredit.payout.Total;
import io.recredit.payout.Totals;
import io.recredit.payout.Transaction;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import io.recredit.postgres.TableStatistics;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes what a file of reports says: its rows once, and in place of what was read of it before. A
 * file that is no report, or has no row that can be read, takes nothing back.
 */
@Repository
class PayoutWriter {

  /** So many rows are in memory. */
  private static final int ROWS_AT_ONCE = 5_000;

  private static final List<String> ROW_COLUMNS =
      List.of(
          "payment_reference",
          "file_name",
          "since_run",
          "row",
          "type",
          "detailed_type",
          "amount",
          "currency",
          "order_id",
          "capture_id",
          "refund_id",
          "order_reference",
          "capture_reference",
          "refund_reference",
          "captured_at");

  private static final List<String> REJECTED_COLUMNS =
      List.of("file_name", "row", "since_run", "error", "raw");

  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final TableStatistics statistics;
  private final Readings readings;

  PayoutWriter(
      JdbcClient jdbc, DataSource dataSource, TableStatistics statistics, Readings readings) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.statistics = statistics;
    this.readings = readings;
  }

  void write(
      Path file, FileStamp stamp, Look look, String readBy, OffsetDateTime readAt, long runId) {
    var rows =
        new OneFile(
            String.valueOf(file.getFileName()), runId, new ErasedRows(readings.erasedOrders()));
    close("payout_file", rows);
    if (look instanceof SettlementReport report) {
      close("payout_rejected", rows);
      report.read(rows);
      rows.flush();
      if (rows.hasSome()) {
        close("payout_part", rows);
        rows.writeParts();
      }
    }
    jdbc.sql(
            """
            insert into payout_file (
              file_name, since_run, bytes, modified_at, sha256, read_by, read_at, transactions, totals, rejected, complaint)
            values (:file, :run, :bytes, :modifiedAt, :sha256, :readBy, :readAt, :transactions, :totals, :rejected, :complaint)
            """)
        .param("file", rows.fileName)
        .param("run", runId)
        .param("bytes", stamp.bytes())
        .param("modifiedAt", stamp.modifiedAt().atOffset(ZoneOffset.UTC))
        .param("sha256", look.sha256())
        .param("readBy", readBy)
        .param("readAt", readAt)
        .param("transactions", rows.written)
        .param("totals", rows.totals.size())
        .param("rejected", rows.rejectedRows)
        .param("complaint", look instanceof NoReport no ? no.sentence() : null)
        .update();
    statistics.refresh(
        "payout_row",
        "payment_reference, file_name, since_run, row, type, order_id, capture_id, refund_id, order_reference",
        rows.written);
  }

  private void close(String table, OneFile file) {
    jdbc.sql(
            "update %s set until_run = ? where file_name = ? and until_run is null and since_run < ?"
                .formatted(table))
        .params(file.runId, file.fileName, file.runId)
        .update();
  }

  /** What one file says, on its way into the tables. */
  private final class OneFile implements Sink {

    private final String fileName;
    private final long runId;
    private final ErasedRows erased;
    private final List<Transaction> transactions = new ArrayList<>();
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final Map<String, Totals> totals = new HashMap<>();
    private final Map<String, Long> ofPayout = new HashMap<>();
    private final List<PayoutPart> parts = new ArrayList<>();
    private long written;
    private long rejectedRows;

    OneFile(String fileName, long runId, ErasedRows erased) {
      this.fileName = fileName;
      this.runId = runId;
      this.erased = erased;
    }

    @Override
    public void transaction(Transaction transaction) {
      transactions.add(erased.without(transaction));
      ofPayout.merge(transaction.paymentReference(), 1L, Long::sum);
      written++;
      flushAt(ROWS_AT_ONCE);
    }

    @Override
    public void totals(Totals summary) {
      totals.put(summary.paymentReference(), summary); // of several in one file the last
    }

    @Override
    public void rejected(RejectedRow row) {
      rejected.add(erased.without(row));
      rejectedRows++;
      flushAt(ROWS_AT_ONCE);
    }

    @Override
    public void part(PayoutPart part) {
      parts.add(part);
    }

    boolean hasSome() {
      return written > 0 || !totals.isEmpty();
    }

    void flush() {
      flushAt(0);
    }

    private void flushAt(int rows) {
      if (transactions.size() + rejected.size() <= rows) {
        return;
      }
      try {
        BinaryCopy.rows(dataSource, "payout_row", ROW_COLUMNS, transactions, this::write);
        BinaryCopy.rows(dataSource, "payout_rejected", REJECTED_COLUMNS, rejected, this::write);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      transactions.clear();
      rejected.clear();
    }

    private void write(Transaction row, CopyBuffer to) {
      to.text(row.paymentReference());
      to.text(fileName);
      to.bigint(runId);
      to.bigint(row.row());
      to.text(row.type());
      to.text(row.detailedType());
      to.bigint(row.amount());
      to.text(row.currency());
      to.text(row.orderId());
      to.text(row.captureId());
      to.text(row.refundId());
      to.text(row.orderReference());
      to.text(row.captureReference());
      to.text(row.refundReference());
      to.time(row.capturedAt());
    }

    private void write(RejectedRow row, CopyBuffer to) {
      to.text(fileName);
      to.bigint(row.row());
      to.bigint(runId);
      to.text(row.error());
      to.text(row.raw());
    }

    /** None counts yet: that is told of all files together. */
    void writeParts() {
      for (var part : parts) {
        var at = part.payoutAt();
        jdbc.sql(
                """
                insert into payout_part (
                  payment_reference, file_name, since_run, read_run, payout_day, payout_at, currency, totals, transactions,
                  page_offset, counts_totals, counts_transactions)
                values (:payout, :file, :run, :run, :day, :at, :currency, :totals, :transactions, :offset, false, false)
                """)
            .param("payout", part.paymentReference())
            .param("file", fileName)
            .param("run", runId)
            .param("day", part.payoutDay())
            .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC))
            .param("currency", part.currency())
            .param("totals", array(totals.get(part.paymentReference())))
            .param("transactions", ofPayout.getOrDefault(part.paymentReference(), 0L))
            .param("offset", part.pageOffset())
            .update();
      }
    }

    private static Long @Nullable [] array(@Nullable Totals totals) {
      return totals == null
          ? null
          : Arrays.stream(Total.values()).map(totals.totals()::get).toArray(Long[]::new);
    }
  }
}
