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
    // Until the transaction ends: two reports must not take the same number.
    jdbc.sql("lock table report in share row exclusive mode").update();
    long report =
        jdbc.sql(
                """
                insert into report (report_id, written_at, written_by, made_by, from_date, to_date, by_date, run_id, is_whole)
                values ((select coalesce(max(report_id), 0) + 1 from report), ?, ? || ' (' || current_user || ')', ?, ?, ?, ?, ?, false)
                returning report_id
                """)
            .params(clock.instant().atOffset(ZoneOffset.UTC), writtenBy, program)
            .params(request.from(), request.to(), request.basis().column(), reported.run().runId())
            .query(Long.class)
            .single();
    for (var file : files) {
      jdbc.sql(
              "insert into report_file (report_id, file_name, rows, bytes, sha256) values (?, ?, ?, ?, ?)")
          .params(Arrays.asList(report, file.name(), file.rows(), file.bytes(), file.sha256()))
          .update();
    }
    return report;
  }

  /** All of its files have their names. */
  void complete(long report) {
    jdbc.sql("update report set is_whole = true where report_id = ?").param(report).update();
  }
}
