package io.recredit.report.content;

import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Asks the database about one report's days and run. */
public record ReportQueries(JdbcClient jdbc, ReportedRun reported) {

  public StatementSpec ask(String sql) {
    return jdbc.sql(sql).params(parameters());
  }

  public long count(String sql) {
    return ask(sql).query(Long.class).single();
  }

  private Map<String, Object> parameters() {
    return Map.of(
        "run", reported.run().runId(),
        "from", reported.request().from(),
        "to", reported.request().to(),
        "shownOn", reported.shownOn(),
        "start", reported.start().atOffset(ZoneOffset.UTC),
        "end", reported.end().atOffset(ZoneOffset.UTC));
  }
}
