package io.recredit.report.content;

import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Asks the database about one report's days and run. */
public record ReportQueries(JdbcClient jdbc, ReportedRun reported) {

  public StatementSpec ask(String sql) {
    return jdbc.sql(withDays(sql, reported.request().basis())).params(parameters());
  }

  public long count(String sql) {
    return ask(sql).query(Long.class).single();
  }

  private static String withDays(String sql, DateBasis basis) {
    return sql.replace("{day}", basis.column())
        .replace(
            "{read_day}", basis == DateBasis.BUSINESS_DATE ? "x.file_date" : "made.decided_on");
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
