-- What changed since a run: exceptions that have become credits or are gone, and new ones. Put the run's number in
-- place of 1.
select
  coalesce(before.refund_id, now.refund_id) as refund_id,
  before.reason as reason_then,
  now.reason as reason_now,
  c.capture_id as credited_on,
  c.credited_amount
from recredit.refund_exception_as_of(1) before
full join recredit.refund_exception now using (refund_id)
left join recredit.invoice_credit c on c.refund_id = before.refund_id
where before.reason is distinct from now.reason
order by refund_id;
