package io.recredit.store;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Repository;

/**
 * Where the records of a run's files are put, in bulk, until {@link InputMerge} compares them with
 * the tables.
 */
@Repository
public class Staging {

  private static final List<String> REJECTED_COLUMNS =
      List.of("kind", "file_date", "line_number", "since_run", "file_name", "error", "raw");

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  Staging(DataSource dataSource, JdbcClient jdbc) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
  }

  /** Empties it for a run. */
  void begin(long runId) {
    jdbc.sql(
            """
            truncate staging_of_run, capture_staging, refund_staging, release_staging, touched_order, decided_range
            """)
        .update();
    jdbc.sql("insert into staging_of_run (run_id) values (?)").param(runId).update();
  }

  /**
   * Whether all that the run staged is still there: a crash of PostgreSQL empties unlogged tables,
   * these together.
   */
  boolean holds(long runId) {
    return jdbc.sql("select exists (select from staging_of_run where run_id = ?)")
        .param(runId)
        .query(Boolean.class)
        .single();
  }

  /** Whether the run's records are still to be brought into the tables; true once. */
  public boolean takeToApply(Run run) {
    return jdbc.sql("update staging_of_run set applied = true where run_id = ? and not applied")
            .param(run.runId())
            .update()
        == 1;
  }

  public void add(InputTable table, Collection<Staged> records) throws SQLException {
    copy(
        table.staging(),
        table.stagingColumns(),
        records,
        (staged, copy) -> {
          if (staged.record() instanceof Capture capture) {
            write(capture, staged, copy);
          } else if (staged.record() instanceof Refund refund) {
            write(refund, staged, copy);
          } else {
            write((Release) staged.record(), staged, copy);
          }
          copy.text(staged.raw());
        });
  }

  public void reject(long runId, Collection<RejectedLine> lines) throws SQLException {
    copy(
        "rejected_record",
        REJECTED_COLUMNS,
        lines,
        (line, copy) -> {
          copy.text(line.table().kind());
          copy.date(line.fileDate());
          copy.bigint(line.lineNumber());
          copy.bigint(runId);
          copy.text(line.fileName());
          copy.text(line.error());
          copy.text(line.raw());
        });
  }

  private <T> void copy(String table, List<String> columns, Collection<T> rows, RowWriter<T> writer)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try (var copy = new BinaryCopy(connection, table, columns)) {
      for (var row : rows) {
        copy.startRow();
        writer.write(row, copy);
      }
      copy.end();
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static void write(Capture capture, Staged staged, BinaryCopy copy) {
    copy.text(capture.captureId());
    copy.date(staged.fileDate());
    copy.bigint(staged.lineNumber());
    copy.text(capture.orderId());
    copy.bigint(capture.capturedAmount());
    copy.time(capture.capturedAt());
    copy.text(capture.purchaseCountry());
    copy.text(capture.purchaseCurrency());
    copy.bigint(capture.orderAmount());
    copy.text(capture.klarnaReference());
    copy.text(capture.reference());
    LineColumns.write(capture.orderLines(), copy);
  }

  private static void write(Refund refund, Staged staged, BinaryCopy copy) {
    copy.text(refund.refundId());
    copy.date(staged.fileDate());
    copy.bigint(staged.lineNumber());
    copy.text(refund.orderId());
    copy.bigint(refund.refundedAmount());
    copy.time(refund.refundedAt());
    copy.text(refund.purchaseCurrency());
    copy.text(refund.captureId());
    copy.text(refund.reference());
    copy.text(refund.description());
    copy.text(refund.idempotencyKey());
    LineColumns.write(refund.orderLines(), copy);
  }

  private static void write(Release release, Staged staged, BinaryCopy copy) {
    copy.text(release.orderId());
    copy.date(staged.fileDate());
    copy.bigint(staged.lineNumber());
    copy.time(release.releasedAt());
  }

  @FunctionalInterface
  private interface RowWriter<T> {
    void write(T row, BinaryCopy copy) throws SQLException;
  }
}
