-- Open exceptions, oldest first: how many, how much, and why, by the age of the refund today. For the ages of another
-- day put it, as date '2026-11-30', in place of current_date.
-- Amounts are in minor units: 9457 SEK is 94.57 SEK, 9457 JPY is 9457 JPY.
with asked as (
  select current_date as today
),
aged as (
  select
    case
      when today - business_date <= 1 then '1. up to 1 day'
      when today - business_date <= 7 then '2. 2 to 7 days'
      when today - business_date <= 30 then '3. 8 to 30 days'
      else '4. over 30 days'
    end as age,
    reason, currency, refunded_amount, business_date
  from recredit.refund_exception, asked
)
select
  age, reason, currency, count(*) as refunds, sum(refunded_amount) as refunded_amount,
  min(business_date) as oldest
from aged
group by age, reason, currency
order by age desc, currency, refunded_amount desc, reason;
