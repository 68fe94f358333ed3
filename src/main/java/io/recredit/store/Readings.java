package io.recredit.store;

import io.recredit.store.Run.InputFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What has been read of the feed: by finished runs, and how far the one at work has come. */
@Repository
public class Readings {

  private final JdbcClient jdbc;
  private final String program;

  Readings(JdbcClient jdbc, @Value("${recredit.version}") String program) {
    this.jdbc = jdbc;
    this.program = program;
  }

  /**
   * Which reading of a day's file it would be. What was read is what finished runs have read: an
   * unfinished one does not count, its own readings least of all. Another version of the program
   * may have read the same bytes differently.
   */
  public Run.Reading needed(InputTable table, LocalDate date, String sha256) {
    return jdbc.sql(
            """
            select sha256 = ? and read_by = ? from recredit.input_file where kind = ? and file_date = ?
            """)
        .params(sha256, program, table.kind(), date)
        .query(Boolean.class)
        .optional()
        .map(asBefore -> asBefore ? Run.Reading.NONE : Run.Reading.AGAIN)
        .orElse(Run.Reading.FIRST);
  }

  /**
   * The file has been read up to this line. Written with what was read, and what a restart goes by:
   * Spring Batch's execution contexts are empty until a restarted step's first chunk, and may be
   * ahead of a chunk whose connection was lost.
   */
  public void readUpTo(long runId, InputFile file, long line, long lines, boolean toItsEnd) {
    jdbc.sql(
            """
            update run_file set read_line = ?, read_lines = ?, is_read = ?
            where run_id = ? and kind = ? and file_date = ?
            """)
        .params(line, lines, toItsEnd, runId, file.table().kind(), file.date())
        .update();
  }

  /**
   * How far a file was read.
   *
   * @param line the last line, blank ones counted
   * @param lines how many, blank ones not counted
   */
  public record ReadUpTo(LocalDate date, long line, long lines) {}

  /** How far the last of a kind's files was read that was begun; those before it are read. */
  public Optional<ReadUpTo> readUpTo(long runId, InputTable table) {
    return jdbc.sql(
            """
            select file_date, read_line, read_lines from run_file
            where run_id = ? and kind = ? and read_line > 0
            order by file_date desc limit 1
            """)
        .params(runId, table.kind())
        .query(
            (row, n) ->
                new ReadUpTo(
                    row.getObject("file_date", LocalDate.class),
                    row.getLong("read_line"),
                    row.getLong("read_lines")))
        .optional();
  }

  /** The last day whose files were read. */
  public Optional<LocalDate> lastDayRead() {
    return jdbc.sql(
            """
            select file_date from recredit.input_file where kind = 'captures' order by file_date desc limit 1
            """)
        .query(LocalDate.class)
        .optional();
  }

  public boolean wasRead(LocalDate date) {
    return jdbc.sql(
            """
            select exists (select from recredit.input_file where file_date = ? and kind = 'captures')
            """)
        .param(date)
        .query(Boolean.class)
        .single();
  }

  /** The days between the first and the last one read that were never read. */
  public List<LocalDate> daysNeverRead() {
    return jdbc.sql(
            """
            with read as (select file_date from recredit.input_file where kind = 'captures')
            select day::date
            from (select min(file_date) as first, max(file_date) as last from read) span,
              generate_series(span.first, span.last, interval '1 day') day
            where day::date not in (select file_date from read)
            order by day
            """)
        .query(LocalDate.class)
        .list();
  }
}
