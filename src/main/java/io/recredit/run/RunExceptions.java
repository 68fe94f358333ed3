package io.recredit.run;

import static io.recredit.wording.Messages.counted;

import io.recredit.wording.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The exceptions that a finished run made: by reason, and those that are no work of their own. */
@Component
class RunExceptions {

  private final JdbcClient jdbc;

  RunExceptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> lines(Run run) {
    var lines = new ArrayList<>(byReason(run));
    lines.addAll(apart(run));
    return lines;
  }

  private List<String> byReason(Run run) {
    return jdbc.sql(
            """
            select reason, currency, count(*), sum(refunded_amount)
            from decision where since_run = ? and outcome = 'exception'
            group by reason, currency order by reason, currency
            """)
        .param(run.runId())
        .query(
            (row, n) ->
                String.format(
                    Locale.ROOT,
                    "%-24s %,6d  %s",
                    row.getString(1),
                    row.getLong(3),
                    Amounts.format(row.getBigDecimal(4).toBigIntegerExact(), row.getString(2))))
        .list();
  }

  /**
   * Those that wait for an earlier refund of their order; and those of orders no capture of which
   * was ever read, of which a shop has many in its first days with Recredit.
   */
  private List<String> apart(Run run) {
    return jdbc.sql(
            """
            select
              count(*) filter (where d.blocking_refund_id is not null) as followers,
              count(*) filter (where d.reason = 'NO_CAPTURE' and not exists (
                select from capture c where c.order_id = d.order_id and c.until_run is null and c.counts)
              ) as never_captured,
              (select min(file_date) from input_file where until_run is null) as first_day
            from decision d
            where d.since_run = ? and d.outcome = 'exception'
            """)
        .param(run.runId())
        .query((row, n) -> apart(row))
        .single();
  }

  private static List<String> apart(ResultSet row) throws SQLException {
    var lines = new ArrayList<String>();
    if (row.getLong("followers") > 0) {
      lines.add(counted("run.summary.followers", row.getLong("followers")));
    }
    if (row.getLong("never_captured") > 0) {
      lines.add(
          counted(
              "run.summary.never-captured",
              row.getLong("never_captured"),
              row.getObject("first_day", LocalDate.class)));
    }
    return lines;
  }
}
