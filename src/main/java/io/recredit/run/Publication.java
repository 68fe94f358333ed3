package io.recredit.run;

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

  /** Writes down what the run did, and shows it. Every order it touched has been proved. */
  public void publish(Run run, Instant endedAt) {
    jdbc.sql(
            """
            update run set
              (captures_read, refunds_read, releases_read, documents_read, repeated, rejected, withdrawn) = (
                select coalesce(sum(accepted) filter (where kind = 'captures'), 0),
                  coalesce(sum(accepted) filter (where kind = 'refunds'), 0),
                  coalesce(sum(accepted) filter (where kind = 'releases'), 0),
                  coalesce(sum(accepted) filter (where kind = 'orders'), 0),
                  coalesce(sum(repeated), 0),
                  coalesce(sum(rejected), 0) + (
                    select coalesce(sum(rejected), 0) from payout_file where since_run = :run),
                  coalesce(sum(withdrawn), 0)
                from input_file where since_run = :run),
              (refusals_read, events_read) = (
                select coalesce(sum(accepted) filter (where kind = 'refusals'), 0),
                  coalesce(sum(accepted) filter (where kind = 'events'), 0)
                from input_file where since_run = :run),
              other_events_read = (
                select count(*)
                from input_file i join event e on e.file_date = i.file_date and e.until_run is null
                where i.since_run = :run and i.kind = 'events' and e.event_type <> 'payment.transaction.refunded'),
              orders_decided = (select count(*) from order_to_decide),
              (refunds_decided, credited, excepted, written_off, duplicates, orders_over_refunded) = (
                select coalesce(sum(refunds_decided), 0), coalesce(sum(credited), 0), coalesce(sum(excepted), 0),
                  coalesce(sum(written_off), 0), coalesce(sum(duplicates), 0), coalesce(sum(orders_over_refunded), 0)
                from proved_range),
              changed = (select count(*) from decision where until_run = :run),
              ended_at = :endedAt,
              -- The day on which it is shown, for a run that was carried on as for any.
              decided_on = :decidedOn,
              failure = null,
              status = 'done'
            where run_id = :run
            """)
        .param("run", run.runId())
        .param("decidedOn", run.policies().businessDate(endedAt))
        .param("endedAt", endedAt.atOffset(ZoneOffset.UTC))
        .update();
    // What a decision credits is what it refunds and does not write off: that was proved.
    jdbc.sql(
            """
            insert into run_amount (run_id, currency, credited_amount, excepted_amount)
            select :run, currency,
              coalesce(sum(refunded_amount - coalesce(written_off_amount, 0)) filter (where outcome = 'credited'), 0),
              coalesce(sum(refunded_amount) filter (where outcome = 'exception'), 0)
            from decision
            where since_run = :run
            group by currency
            """)
        .param("run", run.runId())
        .update();
  }
}
