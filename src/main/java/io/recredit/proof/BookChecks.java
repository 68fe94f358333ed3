package io.recredit.proof;

import static io.recredit.proof.Checks.money;
import static io.recredit.wording.Messages.text;

import io.recredit.proof.Checks.Check;
import java.util.List;

/**
 * What is proved of the books, over everything that is shown. A run need not look again: it holds
 * the lines against their amounts before it writes them (books.Books), and posts no others.
 */
final class BookChecks {

  /** Of a run that kept books: those before the first did not. */
  private static final Check LINES_SUM_TO_WHAT_THEY_ARE_OF =
      new Check(
          """
          select coalesce(t.refund_id, l.refund_id) as refund_id, coalesce(t.currency, l.currency) as currency,
            coalesce(t.amount, 0) as amount, coalesce(l.amount, 0) as booked
          from (
            select refund_id, currency, capture_id, sum(credited_amount) as amount
            from proved_credit group by refund_id, currency, capture_id
            union all
            select refund_id, currency, null, case outcome when 'exception' then refunded_amount else written_off_amount end
            from proved_decision where outcome = 'exception' or written_off_amount is not null
          ) t
          full join (
            select refund_id, capture_id, max(currency) as currency, sum(amount) as amount
            from book_line
            where since_run <= :run and (until_run is null or until_run > :run)
            group by refund_id, capture_id
          ) l on l.refund_id = t.refund_id and coalesce(l.capture_id, '') = coalesce(t.capture_id, '')
          where coalesce(t.amount, 0) <> coalesce(l.amount, 0) and (select keeps_books from run where run_id = :run)
          """,
          (row, n) ->
              text(
                  "proof.books.lines",
                  row.getString("refund_id"),
                  money(row, "booked"),
                  money(row, "amount")));

  /** No books are kept of what is not decided. */
  private static final Check ONLY_DECIDED_HAVE_LINES =
      new Check(
          """
          select distinct b.refund_id
          from book_line b
          where b.since_run <= :run and (b.until_run is null or b.until_run > :run) and not exists (
            select from decision d
            where d.refund_id = b.refund_id and d.order_id = b.order_id and d.outcome <> 'duplicate'
              and d.since_run <= :run and (d.until_run is null or d.until_run > :run))
          order by b.refund_id
          """,
          (row, n) -> text("proof.books.undecided", row.getString("refund_id")));

  /** The journal leads to what the tables show, position by position. */
  private static final Check JOURNAL_AGREES =
      new Check(
          """
          with closed as (
            select max(until) as until from closed_period where reopened_run is null or reopened_run > :run
          ), movement as (
            select refund_id, order_id, purchase_country, account, capture_id, currency, tax_rate, tax_source, business_date, amount, tax_amount,
              case when type = 'sales_tax' then amount::numeric - coalesce(tax_amount, 0) else 0 end as sales_tax_amount
            from book_line where since_run <= :run and (until_run is null or until_run > :run)
            union all
            select refund_id, order_id, purchase_country, account, capture_id, currency, tax_rate, tax_source, business_date, -amount, -tax_amount,
              -sales_tax_amount
            from journal where run_id <= :run
          )
          select m.refund_id, m.account, m.currency, sum(m.amount) as amount, coalesce(sum(m.tax_amount), 0) as tax_amount
          from movement m cross join closed c
          group by m.refund_id, m.order_id, m.purchase_country, m.account, m.capture_id, m.currency, m.tax_rate,
            case when m.tax_rate is null then m.tax_source end,
            case when c.until is null or m.business_date > c.until then m.business_date end
          having (sum(m.amount) <> 0 or sum(m.tax_amount) <> 0 or sum(m.sales_tax_amount) <> 0) and (select keeps_books from run where run_id = :run)
          order by m.refund_id
          """,
          (row, n) ->
              text(
                  "proof.books.journal",
                  row.getString("refund_id"),
                  row.getString("account"),
                  money(row, "amount"),
                  money(row, "tax_amount")));

  static final List<Check> ALL =
      List.of(LINES_SUM_TO_WHAT_THEY_ARE_OF, ONLY_DECIDED_HAVE_LINES, JOURNAL_AGREES);

  private BookChecks() {}
}
