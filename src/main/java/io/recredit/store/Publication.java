package io.recredit.store;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lets a run be seen: the one moment at which what people read changes. */
@Repository
public class Publication {

  private final JdbcClient jdbc;

  Publication(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes down what the run did, and shows it. The caller has proved it in this transaction: the
   * proof's temporary tables hold the orders' rows.
   */
  public void publish(Run run, Instant endedAt) {
    jdbc.sql(
            """
            update run set
              (captures_read, refunds_read, releases_read, repeated, rejected, withdrawn) = (
                select coalesce(sum(accepted) filter (where kind = 'captures'), 0),
                  coalesce(sum(accepted) filter (where kind = 'refunds'), 0),
                  coalesce(sum(accepted) filter (where kind = 'releases'), 0),
                  coalesce(sum(repeated), 0), coalesce(sum(rejected), 0), coalesce(sum(withdrawn), 0)
                from input_file where since_run = :run),
              orders_decided = (select count(*) from touched_order),
              refunds_decided = (select count(*) from proved_decision),
              (credited, excepted, written_off, duplicates) = (
                select count(*) filter (where outcome = 'credited'), count(*) filter (where outcome = 'exception'),
                  count(*) filter (where outcome = 'written_off'), count(*) filter (where outcome = 'duplicate')
                from decision where since_run = :run),
              changed = (select count(*) from decision where until_run = :run),
              orders_over_refunded = (
                select count(distinct order_id)
                from (
                  select order_id, currency, sum(refunded_amount) as refunded
                  from proved_decision where outcome <> 'duplicate' group by order_id, currency
                ) r
                left join (
                  select order_id, purchase_currency as currency, sum(captured_amount) as captured
                  from proved_capture group by order_id, purchase_currency
                ) c using (order_id, currency)
                where refunded > coalesce(captured, 0)),
              ended_at = :endedAt,
              -- The day on which it is shown, for a run that was carried on as for any: no closing misses it.
              decided_on = :decidedOn,
              failure = null,
              status = 'done'
            where run_id = :run
            """)
        .param("run", run.runId())
        .param("decidedOn", run.policies().businessDate(endedAt))
        .param("endedAt", endedAt.atOffset(ZoneOffset.UTC))
        .update();
  }
}
