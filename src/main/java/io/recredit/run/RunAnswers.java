package io.recredit.run;

import static io.recredit.wording.Messages.counted;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What Klarna answered and told, as far as a finished run brought it: requests that were refused,
 * and where events and refunds newly do not fit. What is looked at is what the run changed, and
 * each order is asked for by itself, so that it does not cost what is there.
 */
@Component
class RunAnswers {

  /**
   * What fits as little now as it did before the run is not new. Looked at are the orders of which
   * the run brought or took away events or refunds, be it that an event names a refund of another
   * order, and those with refunds in the part of the time of events that it added; of them those
   * that had something before, or have a refund or an event that is not named, or names none.
   */
  private static final String NEW_DIFFERENCES =
      """
      with changed_event as materialized (
        select event_id, order_id, refund_id, until_run
        from event
        where (since_run = :run or until_run = :run) and counts and event_type = 'payment.transaction.refunded'
      ), changed_decision as materialized (
        select refund_id, order_id, until_run from decision where since_run = :run or until_run = :run
      ), told as not materialized (
        select occurred_at, since_run, until_run
        from event
        where counts and event_type = 'payment.transaction.refunded'
      ), span as materialized (
        select
          (select min(occurred_at) from told where until_run is null) as first,
          (select max(occurred_at) from told where until_run is null) as newest,
          coalesce((
            select min(occurred_at) from told where since_run < :run and (until_run is null or until_run >= :run)
          ), 'infinity') as first_before,
          (
            select max(occurred_at) from told where since_run < :run and (until_run is null or until_run >= :run)
          ) as newest_before
      ), touched as (
        select order_id from changed_event where order_id is not null
        union
        select order_id from changed_decision
        union
        select d.order_id from changed_event e join decision d on d.refund_id = e.refund_id
        union
        select e.order_id
        from changed_decision d
        join event e on e.refund_id = d.refund_id
        where e.order_id is not null
        union
        select r.order_id
        from refund r
        where r.refunded_at >= (select first from span)
          and r.refunded_at < (select least(first_before, newest + interval '1 microsecond') from span)
        union
        select r.order_id
        from refund r
        where r.refunded_at >= (select first from span) and r.refunded_at <= (select newest from span)
          and r.refunded_at > (select newest_before from span)
      ), asked as materialized (
        select
          coalesce((
            select array_agg(t.order_id)
            from touched t
            where exists (select from changed_event e where e.order_id = t.order_id and e.until_run = :run)
              or exists (select from changed_decision d where d.order_id = t.order_id and d.until_run = :run)
              or exists (
                select
                from decision d
                where d.order_id = t.order_id and d.until_run is null and d.outcome <> 'duplicate'
                  and d.refunded_at between (select first from span) and (select newest from span)
                  and not exists (select from shown_event e where e.refund_id = d.refund_id))
              or exists (
                select
                from shown_event e
                where e.order_id = t.order_id
                  and not exists (select from decision d where d.refund_id = e.refund_id and d.until_run is null))
          ), '{}') as orders,
          coalesce((
            select array_agg(e.event_id)
            from (
              select event_id from changed_event
              union
              select e.event_id from changed_decision d join event e on e.refund_id = d.refund_id
            ) e
          ), '{}') as events,
          (select coalesce(max(run_id), 0) from run where status = 'done' and run_id < :run) as run_before
      )
      select kind, count(*)
      from (
        select now.* from asked a cross join lateral event_differences_as_of(:run, a.orders, a.events) now
        except
        select before.*
        from asked a
        cross join lateral event_differences_as_of(a.run_before, a.orders, a.events) before
      ) new
      group by kind
      order by kind
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
      jdbc.sql(NEW_DIFFERENCES)
          .param("run", run.runId())
          .query(
              row -> {
                lines.add(told(row.getString(1), row.getLong(2)));
              });
    }
    return lines;
  }

  private static String told(String kind, long count) {
    return kind.equals("EVENT_WITHOUT_REFUND")
        ? counted("run.summary.event-without-refund", count)
        : counted("run.summary.refund-without-event", count);
  }
}
