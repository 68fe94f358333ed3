package io.recredit.ledger;

import io.recredit.postgres.BlockRanges;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The movements that lead to what the tables show (rules.md, part 8): per run and position that the
 * run changed the difference, once, in an open period. Nothing in it is ever changed.
 */
@Repository
public class Journal {

  /**
   * A refund's lines before and after the run, summed by what a position is. All closed days count
   * as one: a business date that moves among them posts nothing. The texts are those after the run;
   * of a position that is no longer there, those of its newest entry.
   */
  private static final String POST =
      """
      insert into journal (entry_id, posting_date, run_id, refund_id, order_id, order_reference, purchase_country, account,
        capture_id, invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date)
      with closed as (
        select max(until) as until from closed_period where reopened_at is null
      ), line as (
        select b.*, 1 as sign from book_line b where b.since_run = :run and b.until_run is null
        union all
        select b.*, -1 from book_line b where b.until_run = :run and b.since_run < :run
      ), position as (
        select l.refund_id, l.order_id, l.purchase_country, l.account, l.capture_id, l.currency, l.tax_rate,
          case when l.tax_rate is null then l.tax_source end as unknown_because,
          case when c.until is null or l.business_date > c.until then l.business_date end as open_date,
          sum(l.sign * l.amount) as amount, sum(l.sign * l.tax_amount) as tax_amount,
          max(l.decision) filter (where l.sign = 1) as decision,
          max(l.tax_source) filter (where l.sign = 1) as tax_source,
          max(l.order_reference) filter (where l.sign = 1) as order_reference,
          max(l.invoice_reference) filter (where l.sign = 1) as invoice_reference,
          max(l.business_date) filter (where l.sign = 1) as business_date
        from line l cross join closed c
        group by l.refund_id, l.order_id, l.purchase_country, l.account, l.capture_id, l.currency, l.tax_rate,
          unknown_because, open_date
        having sum(l.sign * l.amount) <> 0 or sum(l.sign * l.tax_amount) <> 0
      ), entry as (
        select p.refund_id, p.order_id, p.purchase_country, p.account, p.capture_id, p.currency, p.tax_rate, p.amount, p.tax_amount,
          coalesce(p.decision, newest.decision) as decision, coalesce(p.tax_source, newest.tax_source) as tax_source,
          case when p.decision is null then newest.order_reference else p.order_reference end as order_reference,
          case when p.decision is null then newest.invoice_reference else p.invoice_reference end as invoice_reference,
          coalesce(p.business_date, newest.business_date) as business_date, c.until as closed_until
        from position p cross join closed c
        left join lateral (
          select j.*
          from journal j
          where p.decision is null and j.refund_id = p.refund_id and j.order_id = p.order_id and j.account = p.account
            and j.capture_id is not distinct from p.capture_id and j.purchase_country is not distinct from p.purchase_country
            and j.currency is not distinct from p.currency and j.tax_rate is not distinct from p.tax_rate
            and (p.unknown_because is null or j.tax_source = p.unknown_because)
            and case when c.until is null or j.business_date > c.until then j.business_date end is not distinct from p.open_date
          order by j.entry_id desc
          limit 1
        ) newest on true
      )
      select (select coalesce(max(entry_id), 0) from journal)
          + row_number() over (order by refund_id, account, capture_id, tax_rate, tax_source, business_date, currency, order_id, purchase_country),
        case
          when (closed_until is null or business_date > closed_until) and business_date <= :today then business_date
          else greatest(:today, closed_until + 1)
        end,
        :run, refund_id, order_id, order_reference, purchase_country, account, capture_id, invoice_reference, decision,
        tax_source, currency, tax_rate, amount, tax_amount, business_date
      from entry
      """;

  private final JdbcClient jdbc;
  private final BlockRanges ranges;

  Journal(JdbcClient jdbc, BlockRanges ranges) {
    this.jdbc = jdbc;
    this.ranges = ranges;
  }

  /**
   * Posts what a run changed; in the transaction that shows it.
   *
   * @param today the day on which the run started
   */
  public void post(long runId, LocalDate today) {
    // What a large night posts is sorted in memory; nothing else is at work.
    jdbc.sql("set local work_mem = '64MB'").update();
    jdbc.sql(POST).param("run", runId).param("today", today).update();
    ranges.summarizeRest("journal");
  }
}
