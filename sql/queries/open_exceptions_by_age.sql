-- Open exceptions, oldest first: how many, how much, and why, by the age of the refund.
select
  case
    when current_date - business_date <= 1 then '1. up to 1 day'
    when current_date - business_date <= 7 then '2. 2 to 7 days'
    when current_date - business_date <= 30 then '3. 8 to 30 days'
    else '4. over 30 days'
  end as age,
  reason,
  currency,
  count(*) as refunds,
  sum(refunded_amount) as refunded_amount
from recredit.refund_exception
group by age, reason, currency
order by age desc, refunded_amount desc;
