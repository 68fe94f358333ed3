package io.recredit.run;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.wording.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What Klarna's record says of refunds, newly or otherwise than before a finished run: counted by
 * verdict, and by name what changed.
 */
@Component
class RunRecord {

  private static final int MOST_NAMED = 5;

  /** What a change of the record is to whoever reads of it. */
  private enum Change {
    /** An exception whose place was not known, or what stood on no invoice, is on one now. */
    PLACED,
    /** It was proven to be elsewhere before, and is proven to be here now. */
    MOVED,
    /** It is not where it was put, and that is new. */
    CONTRADICTED
  }

  private final JdbcClient jdbc;

  RunRecord(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> lines(Run run) {
    var lines = new ArrayList<>(verdicts(run));
    if (!lines.isEmpty()) {
      lines.addAll(changes(run));
    }
    return lines;
  }

  private List<String> verdicts(Run run) {
    return jdbc.sql(
            """
            select verdict, count(*), count(*) filter (where certainty = 'PROVEN')
            from refund_evidence where since_run = ?
            group by verdict order by verdict
            """)
        .param(run.runId())
        .query(
            (row, n) ->
                text("run.summary.verdict", row.getString(1), row.getLong(2), row.getLong(3)))
        .list();
  }

  private List<String> changes(Run run) {
    return jdbc
        .sql(
            """
            select change, refund_id, currency, refunded_amount, explanation, n, refunds
            from (
              select change, e.refund_id, e.explanation,
                row_number() over (partition by change order by e.refund_id) as n,
                count(*) over (partition by change) as refunds
              from refund_evidence e
              left join refund_evidence before on before.refund_id = e.refund_id and before.until_run = e.since_run
              cross join lateral (
                select case
                  when before.verdict = 'ON_NO_INVOICE' and e.verdict in ('AS_DECIDED', 'LANDED')
                    or e.verdict = 'LANDED' and before.certainty is null then 'PLACED'
                  when before.certainty = 'PROVEN' and e.certainty = 'PROVEN' and before.capture_id <> '{}'
                    and (before.capture_id, before.amount) is distinct from (e.capture_id, e.amount) then 'MOVED'
                  when e.decided_capture_id is not null
                    and (before.decided_capture_id is null or before.verdict <> e.verdict) then 'CONTRADICTED'
                end as change
              ) c
              where e.since_run = :run and change is not null
            ) changed
            join decision d using (refund_id)
            where n <= :most and d.until_run is null
            order by change, n
            """)
        .param("run", run.runId())
        .param("most", MOST_NAMED)
        .query((row, n) -> change(row))
        .list()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /** The first of its kind with what all of them are, the last with how many more there are. */
  private static List<String> change(ResultSet row) throws SQLException {
    var lines = new ArrayList<String>();
    var refunds = row.getLong("refunds");
    var n = row.getInt("n");
    if (n == 1) {
      lines.add(
          switch (Change.valueOf(row.getString("change"))) {
            case PLACED -> counted("run.record.placed", refunds);
            case MOVED -> counted("run.record.moved", refunds);
            case CONTRADICTED -> counted("run.record.contradicted", refunds);
          });
    }
    lines.add(
        text(
            "run.record.refund",
            row.getString("refund_id"),
            Amounts.format(
                row.getBigDecimal("refunded_amount").toBigIntegerExact(),
                row.getString("currency")),
            row.getString("explanation")));
    if (n == MOST_NAMED && refunds > n) {
      lines.add(text("run.summary.more-lines", refunds - n));
    }
    return lines;
  }
}
