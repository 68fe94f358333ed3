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

  private static final String LINE =
      """
      select b.refund_id, b.order_id, b.order_reference, b.purchase_country, b.account, b.capture_id, b.invoice_reference,
        b.decision, b.tax_source, b.currency, b.tax_rate, b.business_date, {is_now} as is_now, {sign} b.amount as amount,
        {sign} b.tax_amount as tax_amount,
        {sign} case b.type when 'sales_tax' then b.amount::numeric - coalesce(b.tax_amount, 0) end as sales_tax_amount
      from book_line b
      """;

  private static final String LINES_NOW = LINE.replace("{is_now}", "true").replace("{sign}", "");

  private static final String LINES_BEFORE =
      LINE.replace("{is_now}", "false").replace("{sign}", "-");

  /** A run writes the lines of a refund that it changed, and closes those before. */
  private static final String CHANGED =
      LINES_NOW
          + "where b.since_run = :run and b.until_run is null union all "
          + LINES_BEFORE
          + "where b.until_run = :run and b.since_run < :run";

  /**
   * Days that counted as one count for themselves again: of what was posted on them, or stands on
   * them now, all is held against the journal, beside what the run changed. Rows keep the texts of
   * the run that wrote them; these are those of now.
   */
  private static final String OPENED =
      """
      select line.* from (
        select b.refund_id, b.order_id, (select o.order_reference from order_reference o where o.order_id = b.order_id),
          b.purchase_country, b.account, b.capture_id, coalesce(c.klarna_reference, b.capture_id) as invoice_reference,
          coalesce(d.reason, d.match_rule, b.decision) as decision, b.tax_source, b.currency, b.tax_rate, b.business_date,
          b.is_now, b.amount, b.tax_amount, b.sales_tax_amount
        from ({lines_now} where b.until_run is null) b
        left join decision d on d.refund_id = b.refund_id and d.until_run is null
        left join capture c on c.capture_id = b.capture_id and c.order_id = b.order_id and c.until_run is null and c.counts
        union all
        select j.refund_id, j.order_id, j.order_reference, j.purchase_country, j.account, j.capture_id, j.invoice_reference,
          j.decision, j.tax_source, j.currency, j.tax_rate, j.business_date, false, -j.amount, -j.tax_amount, -j.sales_tax_amount
        from journal j
      ) line
      where line.refund_id in (
        select b.refund_id from book_line b where b.since_run = :run or b.until_run = :run
        union
        select b.refund_id from book_line b, opened where b.until_run is null and b.business_date > after and b.business_date <= until
        union
        select j.refund_id from journal j, opened where j.business_date > after and j.business_date <= until
      )
      """
          .replace("{lines_now}", LINES_NOW);

  /**
   * What is now minus what was, by what a position is. All closed days count as one: a business
   * date that moves among them posts nothing. The texts are those after the run; of a position that
   * is no longer there, those of its newest entry.
   */
  private static final String POST =
      """
      insert into journal (entry_id, posting_date, run_id, refund_id, order_id, order_reference, purchase_country, account,
        capture_id, invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount)
      with closed as (
        select max(until) as until from closed_period where reopened_run is null
      ), opened as (
        select coalesce((select until from closed), '-infinity') as after, max(until) as until
        from closed_period where reopened_run = :run
      ), line as (
        {lines}
      ), position as (
        select l.refund_id, l.order_id, l.purchase_country, l.account, l.capture_id, l.currency, l.tax_rate,
          case when l.tax_rate is null then l.tax_source end as unknown_because,
          case when c.until is null or l.business_date > c.until then l.business_date end as open_date,
          sum(l.amount) as amount, sum(l.tax_amount) as tax_amount,
          coalesce(sum(l.sales_tax_amount), 0) as sales_tax_amount,
          max(l.decision) filter (where is_now) as decision,
          max(l.tax_source) filter (where is_now) as tax_source,
          max(l.order_reference) filter (where is_now) as order_reference,
          max(l.invoice_reference) filter (where is_now) as invoice_reference,
          max(l.business_date) filter (where is_now) as business_date
        from line l cross join closed c
        group by l.refund_id, l.account, l.capture_id, l.tax_rate, unknown_because, open_date, l.currency, l.order_id,
          l.purchase_country
        having sum(l.amount) <> 0 or sum(l.tax_amount) <> 0 or sum(l.sales_tax_amount) <> 0
      ), entry as (
        select p.refund_id, p.order_id, p.purchase_country, p.account, p.capture_id, p.currency, p.tax_rate, p.amount, p.tax_amount,
          p.sales_tax_amount, p.unknown_because, p.open_date, coalesce(p.decision, newest.decision) as decision,
          coalesce(p.tax_source, newest.tax_source) as tax_source,
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
          + row_number() over (order by refund_id, account, capture_id, tax_rate, unknown_because, open_date, currency, order_id,
            purchase_country),
        case
          when (closed_until is null or business_date > closed_until) and business_date <= :today then business_date
          else greatest(:today, closed_until + 1)
        end,
        :run, refund_id, order_id, order_reference, purchase_country, account, capture_id, invoice_reference, decision,
        tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount
      from entry
      """;

  private final JdbcClient jdbc;
  private final ClosedPeriods closed;
  private final BlockRanges ranges;

  Journal(JdbcClient jdbc, ClosedPeriods closed, BlockRanges ranges) {
    this.jdbc = jdbc;
    this.closed = closed;
    this.ranges = ranges;
  }

  /**
   * Posts what a run changed; in the transaction that shows it.
   *
   * @param today the day on which the run started
   */
  public void post(long runId, LocalDate today) {
    // In the order in which the entries are numbered: sorted once, for both.
    jdbc.sql("set local enable_hashagg = off").update();
    jdbc.sql(POST.replace("{lines}", closed.opens(runId) ? OPENED : CHANGED))
        .param("run", runId)
        .param("today", today)
        .update();
    ranges.summarizeRest("journal");
  }
}
