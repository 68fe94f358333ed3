package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Policies;
import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import io.recredit.input.InputFile;
import io.recredit.input.InputFile.Reading;
import io.recredit.input.Readings;
import io.recredit.input.RunInput;
import io.recredit.input.Staging;
import io.recredit.ledger.PolicyStore;
import io.recredit.postgres.Rows;
import io.recredit.settings.Settings;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The runs: begun, carried on, undone, finished. All of it happens under the run lock, so that at
 * most one run is unfinished at a time, the newest.
 */
@Repository
public class Runs {

  private final JdbcClient jdbc;
  private final Staging staging;
  private final String program;
  private final int payoutDays;

  Runs(JdbcClient jdbc, Staging staging, Settings settings) {
    this.jdbc = jdbc;
    this.staging = staging;
    this.program = settings.version();
    this.payoutDays = settings.payoutDays();
  }

  /**
   * Begins a run: from here on it can be carried on, or be undone.
   *
   * @param payouts the folder of the settlement reports; null where it reads no files
   */
  @Transactional
  public Run begin(
      Run.Kind kind,
      LocalDate from,
      LocalDate to,
      boolean withdraw,
      Policies policies,
      Instant startedAt,
      List<InputFile> files,
      @Nullable Path payouts) {
    long runId =
        jdbc.sql(
                """
                insert into run (run_id, kind, from_date, to_date, started_at, made_by, rules_version, words, keeps_books, status,
                  spanning, ambiguous, return_fee_countries, time_zone, resolved, evidence, payouts_folder, payout_days)
                values ((select coalesce(max(run_id), 0) + 1 from run), ?, ?, ?, ?, ?, ?, ?, true, 'running', ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)
                returning run_id
                """)
            .params(kind.word(), from, to, startedAt.atOffset(ZoneOffset.UTC), program)
            .params(Allocator.RULES_VERSION, WordsOfProgram.digest())
            .params(PolicyStore.columns(policies))
            .params(payouts == null ? "" : payouts.toString(), payoutDays)
            .query(Long.class)
            .single();
    for (var file : files) {
      jdbc.sql(
              """
              insert into run_file (run_id, kind, file_date, path, file_name, bytes, modified_at, sha256, reading)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              runId,
              file.kind().word(),
              file.date(),
              String.valueOf(file.file().path()),
              file.name(),
              file.stamp().bytes(),
              file.stamp().modifiedAt().atOffset(ZoneOffset.UTC),
              file.sha256(),
              file.reading().name().toLowerCase(Locale.ROOT))
          .update();
    }
    staging.begin(runId);
    return get(runId, withdraw);
  }

  /** The run that was begun and neither finished nor undone. */
  public Optional<Run> unfinished() {
    return jdbc.sql("select * from run where status in ('running', 'failed')")
        .query((row, n) -> read(row, false))
        .optional();
  }

  public Run get(long runId, boolean withdraw) {
    return jdbc.sql("select * from run where run_id = ?")
        .param(runId)
        .query((row, n) -> read(row, withdraw))
        .single();
  }

  private Run read(ResultSet row, boolean withdraw) throws SQLException {
    var runId = row.getLong("run_id");
    return new Run(
        runId,
        row.getInt("attempt"),
        row.getString("made_by"),
        row.getInt("rules_version"),
        Run.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getObject("from_date", LocalDate.class),
        row.getObject("to_date", LocalDate.class),
        Rows.time(row, "started_at"),
        PolicyStore.read(row),
        new RunInput(runId, withdraw, files(runId)));
  }

  private List<InputFile> files(long runId) {
    return jdbc.sql("select * from run_file where run_id = ? order by file_date, kind")
        .param(runId)
        .query(
            (row, n) ->
                new InputFile(
                    new FeedFile(
                        FeedKind.of(row.getString("kind")),
                        row.getObject("file_date", LocalDate.class),
                        Path.of(row.getString("path"))),
                    Readings.stamp(row),
                    row.getString("sha256"),
                    Reading.valueOf(row.getString("reading").toUpperCase(Locale.ROOT))))
        .list();
  }

  /** Whether the run's staged records are still there, and this is the program that staged them. */
  public boolean canBeCarriedOn(Run run) {
    return run.madeBy().equals(program) && staging.holds(run.runId());
  }

  /**
   * False where it finished at this moment after all: a process that lost its lock without noticing
   * may be showing it, and what was shown stays.
   */
  public boolean carryOn(Run run) {
    return jdbc.sql(
                """
                update run set status = 'running', ended_at = null, failure = null, attempt = attempt + 1
                where run_id = ? and status in ('running', 'failed')
                """)
            .param(run.runId())
            .update()
        == 1;
  }

  /**
   * Every transaction of a run begins with this: a process that lost its lock without noticing,
   * while another carried the run on or undid it, must not write any more. The row stays locked
   * until the transaction ends.
   */
  public void mustBeAtWork(Run run) {
    var atWork =
        jdbc.sql(
                """
                select 1 from run
                where run_id = ? and attempt = ? and status = 'running'
                  and exists (select from staging_of_run s where s.run_id = run.run_id)
                for share
                """)
            .params(run.runId(), run.attempt())
            .query(Integer.class)
            .optional()
            .isPresent();
    if (!atWork) {
      throw takenOver(run.runId());
    }
  }

  static UserException takenOver(long runId) {
    return new UserException(text("run.taken-over", runId));
  }

  /** Nothing happens to a run that another process has taken over, and perhaps finished. */
  public void fail(Run run, String failure, Instant endedAt) {
    jdbc.sql(
            """
            update run set status = 'failed', failure = ?, ended_at = ?
            where run_id = ? and attempt = ? and status = 'running'
            """)
        .params(failure, endedAt.atOffset(ZoneOffset.UTC), run.runId(), run.attempt())
        .update();
  }

  /**
   * Takes back all that an unfinished run wrote; none of it was ever shown. Indexes by since_run
   * and until_run make it cost what the run wrote. False where it finished at this moment after
   * all; see carryOn.
   */
  @Transactional
  public boolean undo(Run run, Instant endedAt) {
    // Locked first of all, and undone with all: see mustBeAtWork.
    if (jdbc.sql(
            "select 1 from run where run_id = ? and status in ('running', 'failed') for update")
        .param(run.runId())
        .query(Integer.class)
        .optional()
        .isEmpty()) {
      return false;
    }
    for (var table : List.of("credit", "payout_row")) {
      jdbc.sql("delete from " + table + " where since_run = ?").param(run.runId()).update();
    }
    for (var table :
        List.of(
            "decision",
            "exception_text",
            "rules_decision",
            "resolution",
            "exception_note",
            "capture",
            "refund",
            "release",
            "document",
            "refusal",
            "event",
            "refusal_decision",
            "refund_evidence",
            "book_line",
            "input_file",
            "rejected_record",
            "payout_file",
            "payout_rejected",
            "payout_part",
            "payout",
            "payout_type",
            "payout_match")) {
      jdbc.sql("delete from " + table + " where since_run = ?").param(run.runId()).update();
      jdbc.sql("update " + table + " set until_run = null where until_run = ?")
          .param(run.runId())
          .update();
    }
    jdbc.sql(
            """
            update closed_period set reopened_run = null, reopened_by = null, reopened_at = null, reopened_note = null
            where reopened_run = ?
            """)
        .param(run.runId())
        .update();
    jdbc.sql("update run set status = 'undone', ended_at = ? where run_id = ?")
        .params(endedAt.atOffset(ZoneOffset.UTC), run.runId())
        .update();
    return true;
  }

  /**
   * Whether the newest finished run decided by the same policies and the same rules, and kept
   * books: the first that does posts what was decided before.
   */
  public boolean lastDecidedAlike(Run run) {
    return lastKeptBooks()
        && last()
            .filter(
                last ->
                    last.policies().equals(run.policies())
                        && last.rulesVersion() == run.rulesVersion())
            .isPresent();
  }

  /** Whether all that the newest finished run shows is in the books; so it is before the first. */
  public boolean lastKeptBooks() {
    return jdbc.sql(
            "select keeps_books from run where status = 'done' order by run_id desc limit 1")
        .query(Boolean.class)
        .optional()
        .orElse(true);
  }

  /** Whether the newest finished run said of exceptions what this program says of them. */
  public boolean lastSpokeAlike(Run run) {
    return jdbc.sql(
            """
            select exists (
              select
              from run this, (select words from run where status = 'done' order by run_id desc limit 1) last
              where this.run_id = ? and this.words = last.words)
            """)
        .param(run.runId())
        .query(Boolean.class)
        .single();
  }

  /** The newest finished run. */
  public Optional<Run> last() {
    return jdbc.sql("select * from run where status = 'done' order by run_id desc limit 1")
        .query((row, n) -> read(row, false))
        .optional();
  }

  /** Whether the run has finished and is shown, by the work of this process. */
  public boolean isDone(Run run) {
    return jdbc.sql("select status = 'done' and attempt = ? from run where run_id = ?")
        .params(run.attempt(), run.runId())
        .query(Boolean.class)
        .single();
  }

  /** The run at work, seen from another process; empty while that one is between runs. */
  public Optional<Run> atWork() {
    return jdbc.sql("select * from run where status = 'running'")
        .query((row, n) -> read(row, false))
        .optional();
  }
}
