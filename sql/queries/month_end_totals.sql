-- A month's closing: what was decided in it, whenever the refund was. Put a day of the month in place of 2026-11-01.
-- Amounts are in minor units: 9457 SEK is 94.57 SEK, 9457 JPY is 9457 JPY. Duplicates, which count toward nothing, are left
-- out.
with asked as (
  select date_trunc('month', date '2026-11-01')::date as first_day
),
decided as (
  select currency, 'credited' as what, refund_id, credited_amount as amount, decided_on
  from recredit.invoice_credit
  union all
  select currency, 'unallocated', refund_id, refunded_amount, decided_on
  from recredit.refund_exception
  union all
  select currency, 'written off', refund_id, written_off_amount, decided_on
  from recredit.refund_write_off
)
select currency, what, count(distinct refund_id) as refunds, sum(amount) as amount
from decided, asked
where decided_on >= first_day and decided_on < first_day + interval '1 month'
group by currency, what
order by currency, what;
