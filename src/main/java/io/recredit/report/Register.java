package io.recredit.report;

import io.recredit.report.content.ReportedRun;
import io.recredit.report.content.WrittenFile;
import io.recredit.settings.Settings;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The register of reports: who wrote which file when, of what, and its SHA-256. */
@Repository
class Register {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String program;

  Register(JdbcClient jdbc, Clock clock, Settings settings) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.program = settings.version();
  }

  /** Whether it is of a file that a report holds as it was written. */
  boolean knows(String sha256) {
    return jdbc.sql("select exists (select from report_file where sha256 = ?)")
        .param(sha256)
        .query(Boolean.class)
        .single();
  }

  /**
   * In a transaction. Not whole yet: its files have no names. Those that get them before it is are
   * known all the same.
   *
   * @return the number of the report
   */
  long enter(ReportedRun reported, String writtenBy, List<WrittenFile> files) {
    var request = reported.request();
    long report =
        jdbc.sql("select recredit_read.enter_report(?, ?, ?, ?, ?, ?, ?)")
            .params(clock.instant().atOffset(ZoneOffset.UTC), writtenBy, program)
            .params(request.from(), request.to(), request.basis().column(), reported.run().runId())
            .query(Long.class)
            .single();
    for (var file : files) {
      jdbc.sql("select recredit_read.enter_report_file(?, ?, ?, ?, ?)")
          .params(Arrays.asList(report, file.name(), file.rows(), file.bytes(), file.sha256()))
          .query()
          .singleRow();
    }
    return report;
  }

  /** All of its files have their names. */
  void complete(long report) {
    jdbc.sql("select recredit_read.complete_report(?)").param(report).query().singleRow();
  }
}
