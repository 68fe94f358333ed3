package io.recredit.paid;

import io.recredit.postgres.TableStatistics;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which files count of the payouts whose reports a run read, and what these come to (payouts.md,
 * "Which files count"). A function of what the files say, whenever they were read.
 */
@Repository
public class CountedPayouts {

  /** Its place in a report's totals, and the types of the rows that make it. */
  private static final String TOTALS_WITH_ROWS =
      """
      (values (1, 'SALE'), (2, 'RETURN'), (3, 'FEE'), (5, 'REVERSAL'), (6, 'COMMISSION'), (7, 'CHARGE'), (8, 'CREDIT'),
        (10, 'HOLDBACK'), (11, 'RELEASE'), (17, 'FEE_REFUND')) total (place, type)
      """;

  private final JdbcClient jdbc;
  private final TableStatistics statistics;

  CountedPayouts(JdbcClient jdbc, TableStatistics statistics) {
    this.jdbc = jdbc;
    this.statistics = statistics;
  }

  /** Counts anew what the run read, in one transaction. */
  public void count(long runId) {
    update(
        """
        create temporary table changed_payout on commit drop as
        select distinct payment_reference from payout_part where since_run = :run or until_run = :run
        """,
        runId);
    var changed = jdbc.sql("select count(*) from changed_payout").query(Long.class).single();
    if (changed > 0) {
      jdbc.sql("analyze changed_payout").update();
      statistics.refresh(
          "payout_part",
          "payment_reference, file_name, since_run, until_run, counts_transactions",
          changed);
      chooseFiles(runId);
      replace("payout", "payout_day, payout_at, currency, totals, file_name", PAYOUTS, runId);
      replace("payout_type", "type, sign, transactions, amount", TYPES, runId);
      writeDifferences(runId);
      statistics.refresh("payout", "payment_reference, since_run, until_run", changed);
      statistics.refresh("payout_type", "payment_reference, type, since_run, until_run", changed);
    }
  }

  private void update(String sql, long runId) {
    jdbc.sql(sql).param("run", runId).update();
  }

  /**
   * The last file by name that has totals, the last one that has transactions; of pages of a payout
   * all, of each the last by name.
   */
  private void chooseFiles(long runId) {
    update(
        """
        create temporary table chosen on commit drop as
        select payment_reference, file_name, since_run,
          totals is not null and file_name = last_with_totals as counts_totals,
          transactions > 0 and case
            when last_is_page then page_offset is not null and file_name = last_of_page
            else file_name = last_with_transactions
          end as counts_transactions
        from (
          select p.*,
            max(file_name) filter (where totals is not null) over payout as last_with_totals,
            max(file_name) filter (where transactions > 0) over payout as last_with_transactions,
            max(file_name) filter (where transactions > 0) over (partition by payment_reference, page_offset) as last_of_page,
            first_value(page_offset) over (
              partition by payment_reference order by transactions > 0 desc, file_name desc) is not null as last_is_page
          from payout_part p
          where until_run is null and payment_reference in (select payment_reference from changed_payout)
          window payout as (partition by payment_reference)
        ) part
        """,
        runId);
    update(
        """
        update payout_part p set counts_totals = c.counts_totals, counts_transactions = c.counts_transactions
        from chosen c
        where p.payment_reference = c.payment_reference and p.file_name = c.file_name and p.since_run = c.since_run
          and p.since_run = :run
        """,
        runId);
    update(
        """
        with closed as (
          update payout_part p set until_run = :run
          from chosen c
          where p.payment_reference = c.payment_reference and p.file_name = c.file_name and p.since_run = c.since_run
            and p.since_run < :run
            and (p.counts_totals, p.counts_transactions) <> (c.counts_totals, c.counts_transactions)
          returning p.*, c.counts_totals as now_totals, c.counts_transactions as now_transactions
        )
        insert into payout_part (
          payment_reference, file_name, since_run, read_run, payout_day, payout_at, currency, totals, transactions,
          page_offset, counts_totals, counts_transactions)
        select
          payment_reference, file_name, :run, read_run, payout_day, payout_at, currency, totals, transactions,
          page_offset, now_totals, now_transactions
        from closed
        """,
        runId);
  }

  /** Of the file with the totals; without one, or a day in it, of that with the transactions. */
  private static final String PAYOUTS =
      """
      select payment_reference,
        case when t.has_date then t.payout_day else x.payout_day end as payout_day,
        case when t.has_date then t.payout_at else x.payout_at end as payout_at,
        coalesce(t.currency, x.currency) as currency, t.totals, coalesce(t.file_name, x.file_name) as file_name
      from (
        select p.*, coalesce(payout_day::text, payout_at::text) is not null as has_date
        from payout_part p
        where until_run is null and counts_totals and payment_reference in (select payment_reference from changed_payout)
      ) t
      full join (
        select distinct on (payment_reference) *
        from payout_part
        where until_run is null and counts_transactions and payment_reference in (select payment_reference from changed_payout)
        order by payment_reference, file_name
      ) x using (payment_reference)
      """;

  private static final String TYPES =
      """
      select payment_reference, type, sign, count(*) as transactions,
        coalesce(sum(amount) filter (where currency = payout_currency), 0) * sign as amount
      from (
        select r.payment_reference, r.type, r.amount, r.currency, y.currency as payout_currency,
          (case when sum(r.amount) over (partition by r.payment_reference, r.type) < 0 then -1 else 1 end)::smallint as sign
        from payout_part p
        join payout_row r
          on r.payment_reference = p.payment_reference and r.file_name = p.file_name and r.since_run = p.read_run
        join payout y on y.payment_reference = p.payment_reference and y.until_run is null
        where p.until_run is null and p.counts_transactions
          and p.payment_reference in (select payment_reference from changed_payout)
      ) counted
      group by payment_reference, type, sign
      """;

  /** Closes what holds no more of the changed payouts, and writes what is new. */
  private void replace(String table, String columns, String now, long runId) {
    update("create temporary table now_of_payout on commit drop as " + now, runId);
    var same =
        "row(o.payment_reference, o.%1$s) is not distinct from row(n.payment_reference, n.%2$s)"
            .formatted(columns.replace(", ", ", o."), columns.replace(", ", ", n."));
    update(
        """
        update %s o set until_run = :run
        where o.until_run is null and o.payment_reference in (select payment_reference from changed_payout)
          and not exists (select from now_of_payout n where n.payment_reference = o.payment_reference and %s)
        """
            .formatted(table, same),
        runId);
    update(
        """
        insert into %1$s (payment_reference, since_run, %2$s)
        select payment_reference, :run, %2$s from now_of_payout n
        where not exists (
          select from %1$s o where o.payment_reference = n.payment_reference and o.until_run is null and %3$s)
        """
            .formatted(table, columns, same),
        runId);
    update("drop table now_of_payout", runId);
  }

  /**
   * The sum, over the totals that rows make, of the size of total less rows, so that nothing
   * cancels; none where a side was not read.
   */
  private void writeDifferences(long runId) {
    update(
        """
        create temporary table compared on commit drop as
        select y.payment_reference, y.since_run, (
          select coalesce(sum(abs(abs(y.totals[total.place]::numeric) - abs(coalesce(rows.amount, 0)))), 0)
          from %s
          cross join lateral (
            select sum(case when t.type = total.type then t.amount else -t.amount end) as amount
            from payout_type t
            where t.payment_reference = y.payment_reference and t.until_run is null
              and (t.type = total.type or total.type = 'REVERSAL' and t.type = 'REVERSAL_MERCHANT_PROTECTION')
          ) rows
          where y.totals[total.place] is not null
        ) as difference
        from payout y
        where y.until_run is null and y.payment_reference in (select payment_reference from changed_payout)
          and y.totals is not null and exists (
            select from payout_part p
            where p.payment_reference = y.payment_reference and p.until_run is null and p.counts_transactions)
        """
            .formatted(TOTALS_WITH_ROWS),
        runId);
    update(
        """
        update payout y set difference = c.difference
        from compared c
        where y.payment_reference = c.payment_reference and y.since_run = c.since_run and y.since_run = :run
        """,
        runId);
    update(
        """
        with gone as (
          select y.*, c.difference as now
          from payout y left join compared c using (payment_reference, since_run)
          where y.until_run is null and y.since_run < :run
            and y.payment_reference in (select payment_reference from changed_payout)
            and y.difference is distinct from c.difference
        ), closed as (
          update payout y set until_run = :run
          from gone g where g.payment_reference = y.payment_reference and g.since_run = y.since_run
        )
        insert into payout (payment_reference, since_run, payout_day, payout_at, currency, totals, difference, file_name)
        select payment_reference, :run, payout_day, payout_at, currency, totals, now, file_name from gone
        """,
        runId);
  }
}
