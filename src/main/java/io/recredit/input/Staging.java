package io.recredit.input;

import io.recredit.feed.FeedKind;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.BlockRanges;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Puts the records of a run's files, in bulk, where they belong: into their table, or, where {@link
 * InputMerge} must compare them with others first, into staging.
 */
@Repository
public class Staging {

  private static final List<String> REJECTED_COLUMNS =
      List.of("kind", "file_date", "line_number", "since_run", "file_name", "error", "raw");

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final BlockRanges ranges;

  Staging(DataSource dataSource, JdbcClient jdbc, BlockRanges ranges) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.ranges = ranges;
  }

  /** Empties it for a run. */
  public void begin(long runId) {
    jdbc.sql(
            """
            truncate staging_of_run, capture_staging, refund_staging, release_staging, document_staging, refusal_staging, event_staging, lines_read, order_to_decide, decided_range, proved_range
            """)
        .update();
    jdbc.sql("insert into staging_of_run (run_id) values (?)").param(runId).update();
  }

  /**
   * Whether all that the run staged is still there: a crash of PostgreSQL empties unlogged tables,
   * these together.
   */
  public boolean holds(long runId) {
    return jdbc.sql("select exists (select from staging_of_run where run_id = ?)")
        .param(runId)
        .query(Boolean.class)
        .single();
  }

  /** Whether the run's records are still to be brought into the tables; true once. */
  public boolean takeToApply(long runId) {
    return jdbc.sql("update staging_of_run set applied = true where run_id = ? and not applied")
            .param(runId)
            .update()
        == 1;
  }

  /**
   * Into the table at once: records of files that were never read, each the first of its id in its
   * file. Nobody sees them before the run is shown.
   */
  public void load(FeedKind kind, long runId, Collection<InputRow> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    var table = InputTable.of(kind);
    ranges.summarizeFilled(table.table());
    BinaryCopy.rows(
        dataSource,
        table.table(),
        table.columns(),
        records,
        (record, row) -> {
          record.writeTo(row);
          row.bigint(runId);
          row.bool(true);
        });
  }

  /** Into staging: records that are compared with others before they come into the table. */
  public void stage(FeedKind kind, Collection<InputRow> records) throws SQLException {
    var table = InputTable.of(kind);
    BinaryCopy.rows(
        dataSource,
        table.staging(),
        table.stagingColumns(),
        records,
        (record, row) -> {
          record.writeTo(row);
          row.text(record.raw());
        });
  }

  public void reject(long runId, Collection<RejectedLine> lines) throws SQLException {
    BinaryCopy.rows(
        dataSource,
        "rejected_record",
        REJECTED_COLUMNS,
        lines,
        (line, row) -> {
          row.text(line.kind().word());
          row.date(line.fileDate());
          row.bigint(line.lineNumber());
          row.bigint(runId);
          row.text(line.fileName());
          row.text(line.error());
          row.text(line.raw());
        });
  }
}
