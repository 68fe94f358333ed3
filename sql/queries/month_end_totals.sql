-- A month's closing: what was decided in it, whenever the refund was. Put the month in place of 2026-11-01.
select currency, 'credited' as what, count(distinct refund_id) as refunds, sum(credited_amount) as amount
from recredit.invoice_credit
where decided_on >= date '2026-11-01' and decided_on < date '2026-11-01' + interval '1 month'
group by currency
union all
select currency, 'unallocated', count(*), sum(refunded_amount)
from recredit.refund_exception
where decided_on >= date '2026-11-01' and decided_on < date '2026-11-01' + interval '1 month'
group by currency
order by currency, what;
