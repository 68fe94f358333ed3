package io.recredit.report;

import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Asks the database about one report's days and run. */
record ReportQueries(JdbcClient jdbc, ReportedRun scope) {

  StatementSpec ask(String sql) {
    return jdbc.sql(withDays(sql, scope.request().basis())).params(parameters());
  }

  private static String withDays(String sql, DateBasis basis) {
    return sql.replace("{day}", basis.column())
        .replace(
            "{read_day}", basis == DateBasis.BUSINESS_DATE ? "x.file_date" : "made.decided_on");
  }

  private Map<String, Object> parameters() {
    return Map.of(
        "from", scope.request().from(),
        "to", scope.request().to(),
        "shownOn", scope.shownOn(),
        "start", scope.start().atOffset(ZoneOffset.UTC),
        "end", scope.end().atOffset(ZoneOffset.UTC));
  }
}
