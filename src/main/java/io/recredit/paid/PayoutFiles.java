package io.recredit.paid;

import io.recredit.feed.FileOnDisk;
import io.recredit.feed.FileStamp;
import io.recredit.payout.ColumnNames;
import io.recredit.payout.Look;
import io.recredit.payout.NoReport;
import io.recredit.payout.PayoutFolder;
import io.recredit.payout.SettlementReport;
import io.recredit.postgres.Rows;
import io.recredit.settings.Settings;
import io.recredit.wording.FilesException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The files of a payouts folder beside what was read of them. */
@Repository
public class PayoutFiles {

  private static final Logger LOG = LoggerFactory.getLogger(PayoutFiles.class);

  /** The digest of what could not be read: no bytes have it, so each run tries again. */
  private static final String UNREAD = "";

  private final JdbcClient jdbc;
  private final PayoutWriter writer;
  private final TransactionTemplate takenBackAlone;
  private final ColumnNames columns;
  private final String readBy;
  private final Clock clock;

  PayoutFiles(
      JdbcClient jdbc,
      PayoutWriter writer,
      PlatformTransactionManager transactions,
      Settings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.writer = writer;
    this.takenBackAlone = new TransactionTemplate(transactions);
    this.takenBackAlone.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.columns = ColumnNames.of(settings.payoutColumns());
    this.readBy = settings.version() + " " + new TreeMap<>(settings.payoutColumns());
    this.clock = clock;
  }

  private record AsRead(FileStamp stamp, String sha256, String readBy) {}

  /** The folder in which the run looks; empty where it reads no files. */
  public Optional<Path> folder(long runId) {
    return jdbc.sql(
            "select payouts_folder from run where run_id = ? and payouts_folder is not null")
        .param(runId)
        .query(String.class)
        .optional()
        .map(Path::of);
  }

  /** Those that are new, or not what was read; by name. */
  public List<Path> toRead(Path folder) {
    return PayoutFolder.files(folder).stream().filter(this::isToRead).toList();
  }

  /** A file with the size and time that it had is taken for what it was; else its bytes tell. */
  private boolean isToRead(Path file) {
    var before = asRead(file);
    if (before.isEmpty()
        || !before.get().readBy().equals(readBy)
        || before.get().sha256().equals(UNREAD)) {
      return true;
    }
    var stamp = FileOnDisk.stamp(file);
    return !stamp.equals(before.get().stamp());
  }

  /** By a finished run: what another one read is still to be read by it, or comes to nothing. */
  private Optional<AsRead> asRead(Path file) {
    return jdbc.sql(
            """
            select f.* from payout_file f join run r on r.run_id = f.since_run
            where f.file_name = ? and f.until_run is null and r.status = 'done'
            """)
        .param(name(file))
        .query(
            (row, n) ->
                new AsRead(
                    new FileStamp(row.getLong("bytes"), Rows.time(row, "modified_at")),
                    row.getString("sha256"),
                    row.getString("read_by")))
        .optional();
  }

  /**
   * Reads one of them for a run, in one transaction; a file that the run has read already, that is
   * gone, or that holds what was read of it, is passed over.
   */
  public void read(Path file, long runId) {
    if (!Files.isRegularFile(file) || wasReadBy(file, runId)) {
      return;
    }
    var stamp = FileOnDisk.stamp(file);
    var look = look(file);
    var before = asRead(file);
    if (before.isPresent()
        && before.get().sha256().equals(look.sha256())
        && before.get().readBy().equals(readBy)) {
      note(file, stamp);
      return;
    }
    try {
      takenBackAlone.executeWithoutResult(said -> write(file, stamp, look, runId));
    } catch (FilesException e) {
      write(file, stamp, unread(e), runId);
    }
  }

  /** One that cannot be read now is no day's file, and stops no day. */
  private Look look(Path file) {
    try {
      return SettlementReport.look(file, columns);
    } catch (FilesException e) {
      return unread(e);
    }
  }

  private static Look unread(FilesException why) {
    LOG.warn(why.withoutContent());
    return new NoReport(why.getMessage(), UNREAD);
  }

  private void write(Path file, FileStamp stamp, Look look, long runId) {
    writer.write(file, stamp, look, readBy, clock.instant().atOffset(ZoneOffset.UTC), runId);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private boolean wasReadBy(Path file, long runId) {
    return jdbc.sql("select exists (select from payout_file where file_name = ? and since_run = ?)")
        .params(name(file), runId)
        .query(Boolean.class)
        .single();
  }

  private void note(Path file, FileStamp stamp) {
    jdbc.sql(
            "update payout_file set bytes = ?, modified_at = ? where file_name = ? and until_run is null")
        .params(stamp.bytes(), stamp.modifiedAt().atOffset(ZoneOffset.UTC), name(file))
        .update();
  }
}
