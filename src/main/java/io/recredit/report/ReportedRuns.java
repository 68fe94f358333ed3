package io.recredit.report;

import io.recredit.run.Runs;
import io.recredit.wording.UserException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the run that a report is to show, and says so where there is none. */
@Component
class ReportedRuns {

  private final JdbcClient jdbc;
  private final Runs runs;

  ReportedRuns(JdbcClient jdbc, Runs runs) {
    this.jdbc = jdbc;
    this.runs = runs;
  }

  private record Finished(long first, long last) {}

  ReportedRun of(ReportRequest request) {
    var finished =
        jdbc.sql("select min(run_id), max(run_id) from recredit.finished_run having count(*) > 0")
            .query((row, n) -> new Finished(row.getLong(1), row.getLong(2)))
            .optional()
            .orElseThrow(
                () -> new UserException("No run has finished yet: there is nothing to report."));
    return jdbc.sql(
            "select run_id, decided_on, ended_at from run where run_id = ? and status = 'done'")
        .param(Objects.requireNonNullElse(request.asOf(), finished.last()))
        .query(
            (row, n) ->
                new ReportedRun(
                    request,
                    runs.get(row.getLong("run_id"), false),
                    Objects.requireNonNull(row.getObject("decided_on", LocalDate.class)),
                    Objects.requireNonNull(row.getObject("ended_at", OffsetDateTime.class))
                        .toInstant()))
        .optional()
        .orElseThrow(() -> unknown(request.asOf(), finished));
  }

  private static UserException unknown(@Nullable Long run, Finished finished) {
    return new UserException(
        "There is no finished run %d. The first one is %d, the last one %d; select * from recredit.run shows all."
            .formatted(run, finished.first(), finished.last()));
  }

  /** What this transaction reads from the schema recredit from here on is as that run left it. */
  void show(ReportedRun scope) {
    jdbc.sql("select set_config('recredit.as_of', ?, true)")
        .param(String.valueOf(scope.run().runId()))
        .query(String.class)
        .single();
  }

  /** That there is anything of these days at all: a wrong year is soon typed. */
  void mustKnow(Overview overview) {
    var scope = overview.scope();
    if (overview.daysRead() > 0 || !overview.days().isEmpty()) {
      return;
    }
    var days =
        jdbc.sql(
                """
                select 'The days read are ' || min(file_date) || ' to ' || max(file_date) || '.'
                from recredit.input_file where kind = 'captures'
                """)
            .query(String.class)
            .optional()
            .orElse("No day was read.");
    throw new UserException(
        "No day of %s was ever run, as of run %d. %s"
            .formatted(scope.request().days(), scope.run().runId(), days));
  }
}
