package io.recredit.store;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The proof of SPEC part 4, from the tables alone: what was accepted is what was decided, refund by
 * refund, and for every order, business date and currency; nothing is credited above what was
 * captured. Each check selects what breaks it, as sentences; none may select anything.
 */
@Repository
public class Proof {

  private static final int MOST_NAMED = 5;

  /**
   * The parts of SQL that the checks share: the rows that hold as of the run, of the orders in
   * question.
   */
  private static final String ROWS =
      """
      with asked as ({orders}),
      decided as (
        select d.* from asked join decision d using (order_id)
        where d.since_run <= :run and (d.until_run is null or d.until_run > :run)
      ),
      accepted as (
        select r.refund_id, r.order_id, r.refunded_amount, d.business_date,
          coalesce(r.purchase_currency, (
            select c.purchase_currency from capture c
            where c.order_id = r.order_id and c.captured_at <= r.refunded_at and c.counts
              and c.since_run <= :run and (c.until_run is null or c.until_run > :run)
            order by c.captured_at, c.capture_id limit 1)) as currency
        from asked join refund r using (order_id)
        left join decided d using (refund_id)
        where r.counts and r.since_run <= :run and (r.until_run is null or r.until_run > :run)
      ),
      credited as (
        select d.order_id, d.business_date, d.currency, k.*
        from decided d join credit k on k.refund_id = d.refund_id and k.since_run = d.since_run
      )
      """;

  private static final String EVERY_REFUND_DECIDED_ONCE =
      """
      select case
        when d.refund_id is null then format('Refund %s of order %s was accepted and not decided.', a.refund_id, a.order_id)
        when a.refund_id is null then format('Refund %s of order %s was decided and is not accepted.', d.refund_id, d.order_id)
        when d.decisions > 1 then format('Refund %s of order %s was decided %s times.', a.refund_id, a.order_id, d.decisions)
        else format('Refund %s of order %s: %s accepted, %s decided.', a.refund_id, a.order_id, a.refunded_amount, d.refunded_amount)
      end
      from accepted a
      full join (
        select refund_id, order_id, count(*) as decisions, sum(refunded_amount) as refunded_amount
        from decided group by refund_id, order_id
      ) d on d.refund_id = a.refund_id and d.order_id = a.order_id
      where d.refund_id is null or a.refund_id is null or d.decisions > 1 or d.refunded_amount <> a.refunded_amount
      """;

  private static final String TOTALS_AGREE =
      """
      select format('Order %s, %s, %s: %s refunds of %s accepted, %s of %s decided (credited %s, unallocated %s, duplicates %s).',
        coalesce(a.order_id, d.order_id), coalesce(a.business_date, d.business_date),
        coalesce(a.currency, d.currency, 'currency unknown'), coalesce(a.refunds, 0), coalesce(a.amount, 0),
        coalesce(d.refunds, 0), coalesce(d.credited + d.unallocated + d.duplicates, 0),
        coalesce(d.credited, 0), coalesce(d.unallocated, 0), coalesce(d.duplicates, 0))
      from (
        select order_id, business_date, currency, count(*) as refunds, sum(refunded_amount) as amount
        from accepted group by order_id, business_date, currency
      ) a
      full join (
        select o.order_id, o.business_date, o.currency, count(*) as refunds,
          coalesce(sum(c.amount), 0) as credited,
          coalesce(sum(o.refunded_amount) filter (where o.outcome = 'exception'), 0) as unallocated,
          coalesce(sum(o.refunded_amount) filter (where o.outcome = 'duplicate'), 0) as duplicates
        from decided o
        left join (
          select refund_id, since_run, sum(credited_amount) as amount from credited group by refund_id, since_run
        ) c on c.refund_id = o.refund_id and c.since_run = o.since_run
        group by o.order_id, o.business_date, o.currency
      ) d on d.order_id = a.order_id and d.business_date = a.business_date
        and coalesce(d.currency, '') = coalesce(a.currency, '')
      where a.order_id is null or d.order_id is null or a.refunds <> d.refunds
        or a.amount <> d.credited + d.unallocated + d.duplicates
      """;

  private static final String NO_CAPTURE_ABOVE_ITS_AMOUNT =
      """
      select case
        when max(c.captured_amount) is null then
          format('Capture %s of order %s is credited with %s and is not accepted in that order and currency.',
            k.capture_id, k.order_id, sum(k.credited_amount))
        else format('Capture %s of order %s is credited with %s, above its captured amount of %s.',
          k.capture_id, k.order_id, sum(k.credited_amount), max(c.captured_amount))
      end
      from credited k
      left join capture c
        on c.capture_id = k.capture_id and c.order_id = k.order_id and c.purchase_currency = k.currency and c.counts
        and c.since_run <= :run and (c.until_run is null or c.until_run > :run)
      group by k.capture_id, k.order_id, k.currency
      having max(c.captured_amount) is null or sum(k.credited_amount) > max(c.captured_amount)
      """;

  private static final String ONLY_CREDITED_HAVE_CREDITS =
      """
      select format('Refund %s of order %s is a %s and has credits of %s on invoices; it refunds %s.',
        d.refund_id, d.order_id, d.outcome, coalesce(k.amount, 0), d.refunded_amount)
      from decided d
      left join (
        select refund_id, since_run, sum(credited_amount) as amount from credited group by refund_id, since_run
      ) k on k.refund_id = d.refund_id and k.since_run = d.since_run
      where coalesce(k.amount, 0) <> case d.outcome when 'credited' then d.refunded_amount else 0 end
      """;

  private static final String BUSINESS_DATE_IS_NEAR =
      """
      select format('Refund %s of order %s, made at %s, has the business date %s.',
        d.refund_id, d.order_id, d.refunded_at, d.business_date)
      from decided d
      where abs(d.business_date - (d.refunded_at at time zone 'UTC')::date) > 1
      """;

  private static final String TOUCHED = "select order_id from touched_order";

  private static final String EVERY_ORDER =
      """
      select order_id from refund where since_run <= :run and (until_run is null or until_run > :run)
      union select order_id from decision where since_run <= :run and (until_run is null or until_run > :run)
      """;

  private final JdbcClient jdbc;

  Proof(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What does not hold of what a run touched; empty if the proof passes. */
  public List<String> ofRun(Run run) {
    var broken = new ArrayList<>(everyOrderWentThrough());
    broken.addAll(checks(TOUCHED, run.runId()));
    return broken;
  }

  /**
   * What does not hold of everything that is shown; empty if the proof passes, or nothing is shown
   * yet.
   */
  @Transactional(readOnly = true)
  public List<String> ofEverything() {
    return jdbc.sql("select run_id from run where status = 'done' order by run_id desc limit 1")
        .query((row, n) -> checks(EVERY_ORDER, row.getLong(1)))
        .optional()
        .orElse(List.of());
  }

  private List<String> everyOrderWentThrough() {
    return jdbc.sql(
            """
            select format('%s orders were to be decided anew, %s were.', touched, decided)
            from (select count(*) as touched from touched_order) t,
              (select coalesce(sum(last_n - first_n + 1), 0) as decided from decided_range) d
            where touched <> decided
            """)
        .query(String.class)
        .list();
  }

  private List<String> checks(String orders, long runId) {
    var broken = new ArrayList<String>();
    for (var check :
        List.of(
            EVERY_REFUND_DECIDED_ONCE,
            TOTALS_AGREE,
            NO_CAPTURE_ABOVE_ITS_AMOUNT,
            ONLY_CREDITED_HAVE_CREDITS,
            BUSINESS_DATE_IS_NEAR)) {
      broken.addAll(
          jdbc.sql(ROWS.replace("{orders}", orders) + check + " limit " + MOST_NAMED)
              .param("run", runId)
              .query(String.class)
              .list());
    }
    return broken;
  }
}
