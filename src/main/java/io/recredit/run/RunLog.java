package io.recredit.run;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happened to runs, a line each, for whoever was not there: with counts, and nothing of what
 * an order holds.
 */
@Component
class RunLog {

  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private final JdbcClient jdbc;

  RunLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void begun(Run run) {
    line(run).log("Run {}, {}, begins", run.runId(), run.what());
  }

  void carriedOn(Run run) {
    line(run).log("Run {}, {}, is carried on", run.runId(), run.what());
  }

  void undone(Run run) {
    line(run).log("Run {}, {}, is undone", run.runId(), run.what());
  }

  /** Of a finished one: its files, and what became of them. */
  void done(Run run) {
    jdbc.sql("select * from recredit.input_file where run_id = ? order by file_date, kind")
        .param(run.runId())
        .query(
            (row, n) -> {
              line(run)
                  .addKeyValue("recredit.file", row.getString("file_name"))
                  .log(
                      "Run {} has read {}: {} lines, {} accepted, {} repeated, {} rejected, {} withdrawn",
                      run.runId(),
                      row.getString("file_name"),
                      row.getLong("lines"),
                      row.getLong("accepted"),
                      row.getLong("repeated"),
                      row.getLong("rejected"),
                      row.getLong("withdrawn"));
              return n;
            })
        .list();
    jdbc.sql("select * from recredit.run where run_id = ?")
        .param(run.runId())
        .query(
            (row, n) -> {
              line(run)
                  .addKeyValue("recredit.exceptions_new", row.getLong("excepted"))
                  .log(
                      "Run {}, {}, is done: {} refunds of {} orders decided; new or different: {} credited, {} exceptions, {} written off, {} duplicates",
                      run.runId(),
                      run.what(),
                      row.getLong("refunds_decided"),
                      row.getLong("orders_decided"),
                      row.getLong("credited"),
                      row.getLong("excepted"),
                      row.getLong("written_off"),
                      row.getLong("duplicates"));
              return n;
            })
        .list();
  }

  private static LoggingEventBuilder line(Run run) {
    return LOG.atInfo()
        .addKeyValue("recredit.run_id", run.runId())
        .addKeyValue("recredit.kind", run.kind().name().toLowerCase(Locale.ROOT))
        .addKeyValue("recredit.from_date", run.fromDate().toString())
        .addKeyValue("recredit.to_date", run.toDate().toString());
  }
}
