package io.recredit.input;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.EventNames;
import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import io.recredit.feed.FileStamp;
import io.recredit.input.InputFile.Reading;
import io.recredit.postgres.Rows;
import io.recredit.settings.Settings;
import io.recredit.wording.UserException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What has been read of the feed: by finished runs, and how far the one at work has come. */
@Repository
public class Readings {

  private final JdbcClient jdbc;
  private final Settings settings;

  Readings(JdbcClient jdbc, Settings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Under which names events say what was refunded. */
  public EventNames eventNames() {
    return eventNames(settings);
  }

  private static EventNames eventNames(Settings settings) {
    return new EventNames(settings.eventRefundId(), settings.eventRefundedAmount());
  }

  /** What reads a kind of file, as its reading is noted: what reads otherwise reads again. */
  static String readBy(FeedKind kind, Settings settings) {
    var names = eventNames(settings);
    return kind != FeedKind.EVENTS || names.equals(EventNames.DEFAULT)
        ? settings.version()
        : "%s (%s, %s)".formatted(settings.version(), names.refundId(), names.refundedAmount());
  }

  /**
   * Which reading of a day's file it would be. What was read is what finished runs have read: an
   * unfinished one does not count, its own readings least of all. Another version of the program,
   * or other names of an event's fields, may have read the same bytes differently.
   */
  public Reading needed(FeedKind kind, LocalDate date, String sha256) {
    return jdbc.sql(
            """
            select sha256 = ? and read_by = ? from recredit.input_file where kind = ? and file_date = ?
            """)
        .params(sha256, readBy(kind, settings), kind.word(), date)
        .query(Boolean.class)
        .optional()
        .map(asBefore -> asBefore ? Reading.NONE : Reading.AGAIN)
        .orElse(Reading.FIRST);
  }

  /**
   * Notes that a part of a file has been read. Written with what was read, and what a restart goes
   * by: Spring Batch's execution contexts are empty until a restarted step's first chunk, and may
   * be ahead of a chunk whose connection was lost.
   */
  public void wasRead(InputFile file, long firstLine, long lastLine, long lines) {
    jdbc.sql(
            """
            insert into lines_read (kind, file_date, first_line, last_line, lines) values (?, ?, ?, ?, ?)
            """)
        .params(file.kind().word(), file.date(), firstLine, lastLine, lines)
        .update();
  }

  /** Notes that the file has so many lines, blank ones not counted. */
  public void endsWith(RunInput input, InputFile file, long lines) {
    jdbc.sql("update run_file set lines = ? where run_id = ? and kind = ? and file_date = ?")
        .params(lines, input.runId(), file.kind().word(), file.date())
        .update();
  }

  /**
   * Notes that the run has read another content than it began with. Whatever the file holds from
   * now on, the run is not carried on over it: noted in a transaction of its own, as that of the
   * chunk is about to fail.
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void changedMeanwhile(RunInput input, InputFile file) {
    jdbc.sql(
            """
            update run_file set sha256 = 'changed meanwhile' where run_id = ? and kind = ? and file_date = ?
            """)
        .params(input.runId(), file.kind().word(), file.date())
        .update();
  }

  /** How far the run has come with each of the kind's files. */
  public List<LinesRead> linesRead(RunInput input, FeedKind kind) {
    return input.filesToRead(kind).stream().map(file -> linesRead(input, file)).toList();
  }

  /** Lets no run go on that lacks lines of its files, whatever became of them. */
  public void mustBeWhole(RunInput input, FeedKind kind) {
    for (var read : linesRead(input, kind)) {
      if (!read.isWhole()) {
        throw new UserException(text("input.not-whole", read.file().file().path(), read.count()));
      }
    }
  }

  private LinesRead linesRead(RunInput input, InputFile file) {
    var spans = new TreeMap<Long, Long>();
    var read =
        jdbc.sql(
                "select first_line, last_line, lines from lines_read where kind = ? and file_date = ?")
            .params(file.kind().word(), file.date())
            .query(
                (row, n) -> {
                  spans.put(row.getLong(1), row.getLong(2));
                  return row.getLong(3);
                })
            .list();
    var count = read.stream().mapToLong(Long::longValue).sum();
    var isWhole =
        jdbc.sql(
                """
                select coalesce(lines = ?, false) from run_file
                where run_id = ? and kind = ? and file_date = ?
                """)
            .params(count, input.runId(), file.kind().word(), file.date())
            .query(Boolean.class)
            .single();
    return new LinesRead(file, spans, count, isWhole);
  }

  /** The first day whose files were read. */
  public Optional<LocalDate> firstDayRead() {
    return jdbc.sql(
            """
            select file_date from recredit.input_file where kind in ('captures', 'orders') order by file_date limit 1
            """)
        .query(LocalDate.class)
        .optional();
  }

  /** The last day whose files were read. */
  public Optional<LocalDate> lastDayRead() {
    return jdbc.sql(
            """
            select file_date from recredit.input_file where kind in ('captures', 'orders') order by file_date desc limit 1
            """)
        .query(LocalDate.class)
        .optional();
  }

  /** Files of days before are not read; empty where nothing was ever pruned. */
  public Optional<LocalDate> prunedBefore() {
    return jdbc.sql("select max(before) from recredit.pruning").query(LocalDate.class).optional();
  }

  public boolean wasRead(LocalDate date) {
    return jdbc.sql(
            """
            select exists (select from recredit.input_file where file_date = ? and kind in ('captures', 'orders'))
            """)
        .param(date)
        .query(Boolean.class)
        .single();
  }

  /**
   * A file as it was last read.
   *
   * @param name without its folder
   */
  public record ReadFile(
      FeedKind kind, LocalDate date, String name, FileStamp stamp, String sha256) {

    /** Not of what was read before that was kept. */
    boolean isStampKnown() {
      return stamp.bytes() >= 0;
    }
  }

  /** The kinds of which a file was read for the day. */
  public Set<FeedKind> kindsRead(LocalDate date) {
    return jdbc
        .sql("select kind from recredit.input_file where file_date = ?")
        .param(date)
        .query(String.class)
        .list()
        .stream()
        .map(FeedKind::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The orders of which what could be personal is not kept. */
  public ErasedOrders erasedOrders() {
    return new ErasedOrders(
        jdbc.sql("select order_id from erased_order").query(String.class).set());
  }

  /** Notes that a file with another time still holds what was read of it. */
  public void isAsRead(FeedFile file, FileStamp stamp) {
    jdbc.sql(
            """
            update input_file set bytes = ?, modified_at = ? where kind = ? and file_date = ? and until_run is null
            """)
        .params(
            stamp.bytes(),
            stamp.modifiedAt().atOffset(ZoneOffset.UTC),
            file.kind().word(),
            file.date())
        .update();
  }

  /** From the columns of a file that a run reads or has read. */
  public static FileStamp stamp(ResultSet row) throws SQLException {
    return new FileStamp(row.getLong("bytes"), Rows.time(row, "modified_at"));
  }

  /** What was read of the last days read, so many of them. */
  public List<ReadFile> filesOfLastDays(int days) {
    return jdbc.sql(
            """
            select kind, file_date, file_name, bytes, modified_at, sha256
            from recredit.input_file
            where file_date in (select distinct file_date from recredit.input_file order by file_date desc limit ?)
              and file_date >= all (select before from recredit.pruning)
            order by file_date, kind
            """)
        .param(days)
        .query(
            (row, n) ->
                new ReadFile(
                    FeedKind.of(row.getString("kind")),
                    Objects.requireNonNull(row.getObject("file_date", LocalDate.class)),
                    row.getString("file_name"),
                    stamp(row),
                    row.getString("sha256")))
        .list();
  }

  /**
   * The days from the first one read up to this one that were never read, skipped ones left out.
   */
  public List<LocalDate> daysNeverRead(LocalDate until) {
    return jdbc.sql(
            """
            with read as (select file_date from recredit.input_file where kind in ('captures', 'orders'))
            select span.first + n
            from (select min(file_date) as first from read) span, generate_series(0, ?::date - span.first) n
            where span.first + n not in (select file_date from read union all select file_date from recredit.skipped_day)
            order by n
            """)
        .param(until)
        .query(LocalDate.class)
        .list();
  }

  /** The same up to the last one read. */
  public List<LocalDate> daysNeverRead() {
    return lastDayRead().map(this::daysNeverRead).orElse(List.of());
  }

  /** The days that somebody skipped and that were not read since. */
  public List<LocalDate> daysSkipped() {
    return jdbc.sql(
            """
            select file_date from recredit.skipped_day
            where file_date not in (select file_date from recredit.input_file where kind in ('captures', 'orders'))
              and file_date >= all (select before from recredit.pruning)
            order by file_date
            """)
        .query(LocalDate.class)
        .list();
  }

  /** Notes that the files of days will never come; what was said of a day before stays. */
  public void skip(
      List<LocalDate> days, String skippedBy, Instant skippedAt, @Nullable String note) {
    for (var day : days) {
      jdbc.sql(
              """
              insert into skipped_day (file_date, skipped_by, skipped_at, note) values (:day, :by, :at, :note)
              on conflict do nothing
              """)
          .param("day", day)
          .param("by", skippedBy)
          .param("at", skippedAt.atOffset(ZoneOffset.UTC))
          .param("note", note)
          .update();
    }
  }

  /** Notes that files are as they were; nothing else comes of them. */
  public void areUnchanged(RunInput run, Instant readAt) {
    jdbc.sql(
            """
            insert into input_file
              (kind, file_date, since_run, file_name, bytes, modified_at, sha256, read_by, lines, accepted, repeated, rejected,
               withdrawn, read_at)
            select i.kind, i.file_date, :run, f.file_name, f.bytes, f.modified_at, i.sha256, i.read_by, i.lines,
              i.accepted, i.repeated, i.rejected, 0, :readAt
            from run_file f
            join input_file i on i.kind = f.kind and i.file_date = f.file_date and i.until_run is null
            where f.run_id = :run and f.reading = 'none'
            """)
        .param("run", run.runId())
        .param("readAt", readAt.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            update input_file i set until_run = :run
            from run_file f
            where f.run_id = :run and f.reading = 'none' and i.kind = f.kind and i.file_date = f.file_date
              and i.until_run is null and i.since_run < :run
            """)
        .param("run", run.runId())
        .update();
  }
}
