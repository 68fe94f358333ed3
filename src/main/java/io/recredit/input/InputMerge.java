package io.recredit.input;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedKind;
import io.recredit.input.InputFile.Reading;
import io.recredit.postgres.BlockRanges;
import io.recredit.postgres.TableStatistics;
import io.recredit.settings.Settings;
import io.recredit.wording.FilesException;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Brings the staged records of one kind into its table, beside those that were loaded into it, so
 * that a file is what its last reading says (rules.md, part 3): repetitions within a file are
 * ignored or rejected, records that are as they were stay untouched, changed and withdrawn ones are
 * closed, new ones added, and of an id in files of several days the latest counts. Runs in one
 * transaction.
 */
@Repository
public class InputMerge {

  /** A reading without more than this of a file's records, and more than a tenth, is refused. */
  private static final int MOST_WITHDRAWN = 10;

  private final JdbcClient jdbc;
  private final TableStatistics statistics;
  private final BlockRanges ranges;
  private final Settings settings;

  InputMerge(JdbcClient jdbc, TableStatistics statistics, BlockRanges ranges, Settings settings) {
    this.jdbc = jdbc;
    this.statistics = statistics;
    this.ranges = ranges;
    this.settings = settings;
  }

  /** Merges one kind's files of a run; all of them have been read to their ends. */
  public void merge(FeedKind kind, RunInput run, Instant readAt) {
    var table = InputTable.of(kind);
    if (run.filesToRead(kind).isEmpty()) {
      return;
    }
    statistics.refresh(
        table.table(), table.sql("{keys}, since_run, until_run, counts"), linesRead(table));
    statistics.lookAt(table.staging(), table.sql("{keys}, raw"));
    stageFirstLines(table, run);
    statistics.lookAt(table.staging(), table.sql("{keys}, raw"));
    setRepetitionsApart(table, run);
    closeWhatIsGoneOrChanged(table, run);
    update(
        """
        insert into {table} ({id}, file_date, since_run, counts, line_number, {content})
        select {id}, file_date, :run, true, line_number, {content} from {staging}
        """,
        table,
        run);
    letTheLatestFileCount(table, run, "true");
    record(table, run, readAt);
    ranges.summarizeRest(table.table());
  }

  private long linesRead(InputTable table) {
    return jdbc.sql("select coalesce(sum(lines), 0) from lines_read where kind = ?")
        .param(table.kind().word())
        .query(Long.class)
        .single();
  }

  /** The loaded lines that staged ones may repeat. */
  private void stageFirstLines(InputTable table, RunInput run) {
    update(
        """
        with first_line as (
          delete from {table} c
          using (select distinct {id}, file_date from {staging} where raw is not null) s
          where c.{id} = s.{id} and c.file_date = s.file_date and c.since_run = :run
          returning c.*
        )
        insert into {staging} ({id}, file_date, line_number, {content})
        select {id}, file_date, line_number, {content} from first_line
        """,
        table,
        run);
  }

  /**
   * The same id again in one file: equal content is a repeated delivery, different content is
   * rejected, the first line stands. Only lines with raw can repeat an earlier one.
   */
  private void setRepetitionsApart(InputTable table, RunInput run) {
    update(
        """
        create temporary table repetition on commit drop as
        with first_line as (
          select s.{id}, s.file_date, min(s.line_number) as line_number
          from {staging} s
          where (s.{id}, s.file_date) in (select {id}, file_date from {staging} where raw is not null)
          group by s.{id}, s.file_date
          having count(*) > 1
        )
        select s.{id} as id, s.file_date, s.line_number, s.raw, f.line_number as first_line,
          row({s.content}) is not distinct from row({c.content}) as equal
        from first_line f
        join {staging} c using ({id}, file_date, line_number)
        join {staging} s on s.{id} = f.{id} and s.file_date = f.file_date and s.line_number > f.line_number
        """,
        table,
        run);
    update(
        """
        delete from {staging} s using repetition r
        where s.{id} = r.id and s.file_date = r.file_date and s.line_number = r.line_number
        """,
        table,
        run);
    statement(
            """
            insert into rejected_record (kind, file_date, line_number, since_run, file_name, error, raw)
            select '{kind}', r.file_date, r.line_number, :run, f.file_name,
              case when r.raw = :erased then :erased else format(:said, r.id, r.first_line) end, r.raw
            from repetition r
            join run_file f on f.run_id = :run and f.kind = '{kind}' and f.file_date = r.file_date
            where not r.equal
            """,
            table,
            run)
        .param("erased", ErasedOrders.ERASED)
        .param("said", text("input.repeated-id", table.sql("{id}"), "%s", "%s"))
        .update();
  }

  private void closeWhatIsGoneOrChanged(InputTable table, RunInput run) {
    update(
        """
        create temporary table gone on commit drop as
        select c.{id} as id, c.file_date
        from {table} c
        where c.file_date = any(:again) and c.until_run is null and c.since_run < :run
          and not exists (select from {staging} s where s.{id} = c.{id} and s.file_date = c.file_date)
        """,
        table,
        run);
    if (!run.withdraw()) {
      refuseWhatIsHardlyMeant(table, run);
    }
    update(
        """
        delete from {staging} s using {table} c
        where c.file_date = any(:again) and c.until_run is null and c.since_run < :run
          and c.{id} = s.{id} and c.file_date = s.file_date
          and row({s.content}) is not distinct from row({c.content})
        """,
        table,
        run);
    update(
        """
        update {table} c set until_run = :run
        from (select id, file_date from gone union all select {id}, file_date from {staging}) s
        where c.file_date = any(:again) and c.until_run is null and c.since_run < :run
          and c.{id} = s.id and c.file_date = s.file_date
        """,
        table,
        run);
  }

  private void refuseWhatIsHardlyMeant(InputTable table, RunInput run) {
    jdbc.sql(
            table.sql(
                """
                with hardly_meant as (
                  select f.path, f.file_date, count(*) as gone, i.accepted
                  from gone g
                  join input_file i on i.kind = '{kind}' and i.file_date = g.file_date and i.until_run is null
                  join run_file f on f.run_id = :run and f.kind = '{kind}' and f.file_date = g.file_date
                  group by f.path, f.file_date, i.accepted
                  having count(*) > :most and count(*) * 10 > i.accepted
                  order by f.path
                  limit 1
                )
                select h.path, h.gone, h.accepted, count(*) over () as rejected, r.line_number, r.error
                from hardly_meant h
                left join rejected_record r on r.kind = '{kind}' and r.file_date = h.file_date and r.since_run = :run
                order by r.line_number
                limit 1
                """))
        .param("run", run.runId())
        .param("most", MOST_WITHDRAWN)
        .query((row, n) -> manyGone(table.kind(), row))
        .optional()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** Where lines were rejected, they are why, and come first. */
  private static FilesException manyGone(FeedKind kind, ResultSet row) throws SQLException {
    var path = row.getString("path");
    var missing = row.getLong("gone");
    var accepted = row.getLong("accepted");
    var error = row.getString("error");
    var gone = text("input.many-gone", path, missing, accepted, kind.word());
    return error == null
        ? new FilesException(gone)
        : new FilesException(
            counted(
                "input.many-rejected",
                row.getLong("rejected"),
                path,
                row.getLong("line_number"),
                error,
                missing,
                accepted,
                kind.word()),
            gone);
  }

  /**
   * Of several records of one id that of the latest file counts; of those that documents brought,
   * which count as before all files, that of the smallest order. (An event may name none.) Rows are
   * not updated for it but closed and written again, so that earlier runs can still be read.
   *
   * @param written which of the run's own rows, called n, can have changed what counts
   */
  void letTheLatestFileCount(InputTable table, RunInput run, String written) {
    update(
        """
        create temporary table miscounted on commit drop as
        with several as (
          select n.{id} as id from {table} n
          join {table} c on c.{id} = n.{id} and c.until_run is null
            and (c.file_date, c.order_id) is distinct from (n.file_date, n.order_id)
          where n.since_run = :run and n.until_run is null and {written} and (cardinality(:dates) > 1 or exists (
            select from input_file i
            where i.kind in ('{kind}', 'orders') and (i.kind, i.file_date) <> all (
              select '{kind}', day from unnest(:dates) day) and i.until_run is null))
          union
          select c.{id} from {table} c where c.until_run = :run
        ), latest as (
          select distinct on (c.{id}) c.{id} as id, c.file_date, c.order_id
          from {table} c where c.{id} in (select id from several) and c.until_run is null
          order by c.{id}, c.file_date desc, c.order_id
        )
        select c.{id} as id, c.file_date, c.order_id, c.since_run, c.counts
        from latest l join {table} c on c.{id} = l.id and c.until_run is null
        where c.counts <> ((c.file_date, c.order_id) is not distinct from (l.file_date, l.order_id))
        """
            .replace("{written}", written),
        table,
        run);
    update(
        """
        update {table} c set counts = not m.counts
        from miscounted m
        where m.since_run = :run and c.{id} = m.id and c.file_date = m.file_date and c.since_run = m.since_run
          and c.order_id is not distinct from m.order_id and c.until_run is null
        """,
        table,
        run);
    update(
        """
        with closed as (
          update {table} c set until_run = :run
          from miscounted m
          where m.since_run < :run and c.{id} = m.id and c.file_date = m.file_date and c.since_run = m.since_run
            and c.order_id is not distinct from m.order_id and c.until_run is null
          returning c.*
        )
        insert into {table} ({id}, file_date, since_run, counts, line_number, {content})
        select {id}, file_date, :run, not counts, line_number, {content} from closed
        """,
        table,
        run);
    update("drop table miscounted", table, run);
  }

  /**
   * Writes down what the readings came to; rejected lines of the readings before are history from
   * here on.
   */
  private void record(InputTable table, RunInput run, Instant readAt) {
    update(
        """
        update rejected_record set until_run = :run
        where kind = '{kind}' and file_date = any(:dates) and until_run is null and since_run < :run
        """,
        table,
        run);
    update(
        // A statement of its own, as PostgreSQL shares out among processors what only reads.
        """
        create temporary table accepted on commit drop as
        select file_date, count(*) as records from {table}
        where (since_run = :run or file_date = any(:again)) and until_run is null
        group by file_date
        """,
        table,
        run);
    statement(
            """
            insert into input_file
              (kind, file_date, since_run, file_name, bytes, modified_at, sha256, read_by, lines, accepted, repeated, rejected,
               withdrawn, read_at)
            select '{kind}', f.file_date, :run, f.file_name, f.bytes, f.modified_at, f.sha256, :readBy, f.lines,
              coalesce((select records from accepted a where a.file_date = f.file_date), 0),
              (select count(*) from repetition r where r.file_date = f.file_date and r.equal),
              (select count(*) from rejected_record r
                where r.kind = '{kind}' and r.file_date = f.file_date and r.until_run is null),
              (select count(*) from gone g where g.file_date = f.file_date),
              :readAt
            from run_file f
            where f.run_id = :run and f.kind = '{kind}' and f.reading <> 'none'
            """,
            table,
            run)
        .param("readBy", Readings.readBy(table.kind(), settings))
        .param("readAt", readAt.atOffset(ZoneOffset.UTC))
        .update();
    update(
        """
        update input_file set until_run = :run
        where kind = '{kind}' and file_date = any(:dates) and until_run is null and since_run < :run
        """,
        table,
        run);
    update("drop table repetition, gone, accepted", table, run);
  }

  private void update(String template, InputTable table, RunInput run) {
    statement(template, table, run).update();
  }

  private JdbcClient.StatementSpec statement(String template, InputTable table, RunInput run) {
    var files = run.filesToRead(table.kind());
    return jdbc.sql(table.sql(template))
        .param("run", run.runId())
        .param("dates", dates(files.stream()))
        .param("again", dates(files.stream().filter(file -> file.reading() == Reading.AGAIN)));
  }

  private static Date[] dates(Stream<InputFile> files) {
    return files.map(file -> Date.valueOf(file.date())).toArray(Date[]::new);
  }
}
