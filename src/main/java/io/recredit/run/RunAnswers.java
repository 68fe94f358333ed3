package io.recredit.run;

import static io.recredit.wording.Messages.counted;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What Klarna answered and told, as far as a finished run brought it: requests that were refused,
 * and where events and refunds do not fit. What is looked at is what the run brought, and each
 * order is asked for by itself, so that it does not cost what is there.
 */
@Component
class RunAnswers {

  /** In a case, so that the order is looked up for each of them. */
  private static final String EVENTS_WITHOUT_REFUND =
      """
      select count(*)
      from event e
      where e.since_run = :run and e.until_run is null and e.counts and e.event_type = 'payment.transaction.refunded'
        and not case
          when e.refund_id is not null then exists (
            select from decision d where d.refund_id = e.refund_id and d.until_run is null)
          else exists (
            select from event_by_place m where m.order_id = e.order_id and m.event_id = e.event_id)
        end
      """;

  /**
   * Those decided for the first time, and those that the newest event has passed since the run
   * before.
   */
  private static final String REFUNDS_WITHOUT_EVENT =
      """
      with bounds as (
        select (select min(occurred_at) from shown_event) as first, (select max(occurred_at) from shown_event) as newest,
          (
            select max(occurred_at)
            from event
            where event_type = 'payment.transaction.refunded' and counts and since_run < :run
              and (until_run is null or until_run >= :run)
          ) as newest_before
      ), candidate as (
        select d.refund_id
        from decision d
        where d.since_run = :run and d.until_run is null and not exists (
          select from decision before where before.refund_id = d.refund_id and before.until_run = :run)
        union
        select r.refund_id
        from refund r
        where r.refunded_at > (select newest_before from bounds) and r.refunded_at <= (select newest from bounds)
          and r.until_run is null and r.counts
      )
      select count(*)
      from candidate c
      join decision d on d.refund_id = c.refund_id and d.until_run is null
      where d.outcome <> 'duplicate'
        and d.refunded_at between (select first from bounds) and (select newest from bounds)
        and not case
          when exists (select from shown_event e where e.refund_id = d.refund_id) then true
          else exists (
            select from event_by_place m where m.order_id = d.order_id and m.refund_id = d.refund_id)
        end
      """;

  private final JdbcClient jdbc;

  RunAnswers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> refused(Run run) {
    return jdbc.sql(
            """
            select count(*), count(followed_by) from recredit.refused_refund where run_id = ?
            """)
        .param(run.runId())
        .query((row, n) -> refused(run, row.getLong(1), row.getLong(2)))
        .single();
  }

  private static List<String> refused(Run run, long requests, long followed) {
    return requests == 0
        ? List.of()
        : List.of(counted("run.summary.refused", requests, followed, run.runId()));
  }

  List<String> ofEvents(Run run) {
    var lines = new ArrayList<String>();
    if (jdbc.sql("select exists (select from event)").query(Boolean.class).single()) {
      var events = count(EVENTS_WITHOUT_REFUND, run);
      if (events > 0) {
        lines.add(counted("run.summary.event-without-refund", events));
      }
      var refunds = count(REFUNDS_WITHOUT_EVENT, run);
      if (refunds > 0) {
        lines.add(counted("run.summary.refund-without-event", refunds));
      }
    }
    return lines;
  }

  private long count(String sql, Run run) {
    return jdbc.sql(sql).param("run", run.runId()).query(Long.class).single();
  }
}
