package io.recredit.ledger;

import io.recredit.postgres.TableStatistics;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which orders a run decides anew, numbered from 1 so that they can be read in pages and shared
 * among threads.
 */
@Repository
public class OrdersToDecide {

  private final JdbcClient jdbc;
  private final TableStatistics statistics;

  OrdersToDecide(JdbcClient jdbc, TableStatistics statistics) {
    this.jdbc = jdbc;
    this.statistics = statistics;
  }

  /**
   * The orders whose refunds or refused requests the run's input changed, and of those whose
   * captures, releases or record ({@code read_order}, by the input's documents) it changed the ones
   * that have such; of this transaction only.
   */
  public void beginChanged(long runId) {
    // Here and in number: of a large night all is looked at, and once through it costs less than to
    // look each record up.
    jdbc.sql("set local random_page_cost to default").update();
    // The run does nothing else meanwhile: it has processors to spare for this one statement.
    jdbc.sql("set local parallel_tuple_cost = 0.01").update();
    jdbc.sql(
            """
            create temporary table changed_order on commit drop as
            select order_id, until_run is null and counts as has_refunds, null::tid as place
            from refund where since_run = :run or until_run = :run
            union all
            select c.order_id, true, c.ctid from capture c
            where (c.since_run = :run or c.until_run = :run) and exists (
              select from refund r where r.order_id = c.order_id and r.until_run is null and r.counts)
            union all
            select order_id, false, null from release where since_run = :run or until_run = :run
            union all
            select order_id, false, null from refusal where since_run = :run or until_run = :run
            union all
            select order_id, false, null from read_order where has_other_places
            """)
        .param("run", runId)
        .update();
    if (hasRefusals()) {
      jdbc.sql(
              """
              insert into changed_order (order_id, has_refunds)
              select c.order_id, false from capture c
              where (c.since_run = :run or c.until_run = :run) and exists (
                select from refusal f where f.order_id = c.order_id and f.until_run is null and f.counts)
              """)
          .param("run", runId)
          .update();
    }
  }

  private boolean hasRefusals() {
    return jdbc.sql("select exists (select from refusal)").query(Boolean.class).single();
  }

  /** Those with a refund made at or after the first moment, and before the second. */
  public void addOrdersOfRange(Instant from, Instant before) {
    jdbc.sql(
            """
            insert into changed_order (order_id, has_refunds)
            select order_id, true from refund where refunded_at >= ? and refunded_at < ? and until_run is null and counts
            """)
        .params(from.atOffset(ZoneOffset.UTC), before.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The orders of the refunds that the run resolves, or whose resolutions it takes back. */
  public void addResolvedOrders(long runId) {
    jdbc.sql(
            """
            insert into changed_order (order_id, has_refunds)
            select r.order_id, true
            from resolution s join refund r on r.refund_id = s.refund_id and r.until_run is null and r.counts
            where s.since_run = ?
            """)
        .param(runId)
        .update();
  }

  /**
   * After a change of policies, every order is decided anew: those of the refunds and refused
   * requests that earlier runs brought too.
   */
  public void addEveryOrder(long runId) {
    jdbc.sql(
            """
            insert into changed_order (order_id, has_refunds)
            select order_id, true from refund where since_run < :run and until_run is null and counts
            union all
            select order_id, false from refusal where since_run < :run and until_run is null and counts
            """)
        .param("run", runId)
        .update();
  }

  /**
   * Those with exceptions, open or resolved, or a record: what is said of them is to be said in
   * other words.
   */
  public void addOrdersWithExceptions(long runId) {
    jdbc.sql(
            """
            insert into changed_order (order_id, has_refunds)
            select order_id, true from decision where since_run < :run and until_run is null and outcome = 'exception'
            union all
            select r.order_id, true
            from resolution s join refund r on r.refund_id = s.refund_id and r.until_run is null and r.counts
            where s.since_run < :run and s.until_run is null and s.kind <> 'withdrawn'
            union all
            select order_id, true from refund_evidence where since_run < :run and until_run is null
            """)
        .param("run", runId)
        .update();
  }

  /**
   * Those that the run erases, or that a run erased which did not finish, with the orders that had
   * captures or refunds of theirs too, be it some too many: what was said there is said anew,
   * without what was erased.
   */
  public void addErasedOrders(long runId) {
    var erased =
        jdbc.sql(
                """
                update erased_order e set said_anew_by = :run
                where said_anew_by = :run
                  or not exists (select from run r where r.run_id = e.said_anew_by and r.status = 'done')
                """)
            .param("run", runId)
            .update();
    if (erased == 0) {
      return;
    }
    jdbc.sql(
            """
            with erased as (
              select order_id from erased_order where said_anew_by = :run
            ), beside as (
              select order_id from erased
              union
              select c.order_id from erased join capture its using (order_id) join capture c on c.capture_id = its.capture_id
              union
              select r.order_id from erased join refund its using (order_id) join refund r on r.refund_id = its.refund_id
            )
            insert into changed_order (order_id, has_refunds)
            select order_id, false from beside
            union all
            select d.order_id, false
            from beside
            join decision before using (order_id)
            join decision d on d.refund_id = before.refund_id and d.until_run is null
            """)
        .param("run", runId)
        .update();
  }

  /**
   * Numbers the orders that have refunds or refused requests, or had decisions; first, in the order
   * in which they lie there, those whose captures the run brought, so that the table's pages are
   * fetched once.
   */
  public void number(long runId) {
    jdbc.sql(
            """
            insert into order_to_decide (n, order_id, decided)
            select row_number() over (order by place), order_id, decided
            from (
              select order_id, place,
                exists (select from decision d where d.order_id = c.order_id and d.until_run is null) as decided,
                exists (select from decision d where d.order_id = c.order_id and d.until_run = :run) as had_decisions,
                has_refunds or exists (
                  select from refund r where r.order_id = c.order_id and r.until_run is null and r.counts) as has_refunds
              from (
                select order_id, bool_or(has_refunds) as has_refunds, min(place) as place
                from changed_order group by order_id
              ) c
            ) orders
            where has_refunds or decided or had_decisions or exists (
              select from refusal f where f.order_id = orders.order_id and f.until_run is null and f.counts)
            """)
        .param("run", runId)
        .update();
    statistics.lookAt("order_to_decide", "n, order_id, decided");
  }

  /** They are numbered without gaps; counting a million takes longer than proving a share. */
  public long count() {
    return jdbc.sql("select coalesce(max(n), 0) from order_to_decide").query(Long.class).single();
  }
}
