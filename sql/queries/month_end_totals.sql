-- A month in the books: what was posted in it, whenever the refund was. Put a day of the month in place of 2026-11-01. Once
-- the month is closed (recredit.closed_period), it stays what it is: what is corrected later is posted in the month that
-- is open. Amounts are in minor units: 9457 SEK is 94.57 SEK, 9457 JPY is 9457 JPY.
with asked as (
  select date_trunc('month', date '2026-11-01')::date as first_day
)
select
  currency, account, count(distinct refund_id) as refunds, count(*) as entries, sum(amount) as amount, sum(tax_amount) as tax_amount,
  sum(amount) filter (where business_date < first_day) as of_earlier_months
from recredit.journal, asked
where posting_date >= first_day and posting_date < first_day + interval '1 month'
group by currency, account
order by currency, account;
