package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

import io.recredit.run.Runs;
import io.recredit.wording.UserException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the run that a report is to show, or says that there is none. */
@Component
public class ReportedRuns {

  private final JdbcClient jdbc;
  private final Runs runs;

  ReportedRuns(JdbcClient jdbc, Runs runs) {
    this.jdbc = jdbc;
    this.runs = runs;
  }

  private record Finished(long first, long last) {}

  public ReportedRun of(ReportRequest request) {
    var finished =
        jdbc.sql("select min(run_id), max(run_id) from recredit.finished_run having count(*) > 0")
            .query((row, n) -> new Finished(row.getLong(1), row.getLong(2)))
            .optional()
            .orElseThrow(() -> new UserException(text("report.no-run")));
    return jdbc.sql(
            """
            select run_id, run.decided_on, ended_at,
              (
                select max(before) from recredit.pruning where took_something and (not f.is_whole or before > ?)) as pruned_before
            from run join recredit.finished_run f using (run_id) where run_id = ?
            """)
        .params(request.from(), Objects.requireNonNullElse(request.asOf(), finished.last()))
        .query(
            (row, n) ->
                new ReportedRun(
                    request,
                    runs.get(row.getLong("run_id"), false),
                    Objects.requireNonNull(row.getObject("decided_on", LocalDate.class)),
                    Objects.requireNonNull(row.getObject("ended_at", OffsetDateTime.class))
                        .toInstant(),
                    row.getObject("pruned_before", LocalDate.class)))
        .optional()
        .orElseThrow(() -> unknown(request.asOf(), finished));
  }

  private static UserException unknown(@Nullable Long run, Finished finished) {
    return new UserException(
        text("report.unknown-run", String.valueOf(run), finished.first(), finished.last()));
  }

  /** What this transaction reads from the schema recredit from here on is as that run left it. */
  public void show(ReportedRun reported) {
    jdbc.sql("select set_config('recredit.as_of', ?, true)")
        .param(String.valueOf(reported.run().runId()))
        .query(String.class)
        .single();
  }

  /**
   * That there is anything of these days at all: a wrong year is soon typed.
   *
   * @param anything whether there is something to report
   */
  public void mustKnow(ReportQueries queries, boolean anything) {
    var reported = queries.reported();
    if (anything || isAnyDayRead(queries)) {
      return;
    }
    var said = reported.request().days();
    throw daysRead()
        .map(
            read ->
                new UserException(
                    text(
                        "report.other-days",
                        said,
                        reported.run().runId(),
                        read.first(),
                        read.last())))
        .orElseGet(() -> new UserException(text("report.no-day", said, reported.run().runId())));
  }

  private static boolean isAnyDayRead(ReportQueries queries) {
    return queries.count(
            """
            select count(*) from recredit.input_file
            where kind in ('captures', 'orders') and file_date between :from and :to
            """)
        > 0;
  }

  private record DaysRead(LocalDate first, LocalDate last) {}

  private Optional<DaysRead> daysRead() {
    return jdbc.sql(
            """
            select min(file_date) as first, max(file_date) as last from recredit.input_file
            where kind in ('captures', 'orders') having count(*) > 0
            """)
        .query(DaysRead.class)
        .optional();
  }
}
