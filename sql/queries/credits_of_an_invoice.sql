-- One invoice: what was captured, and every credit on it. Put its number, or where it has none its capture_id, in place of
-- K-10012.
-- Amounts are in minor units: 9457 SEK is 94.57 SEK, 9457 JPY is 9457 JPY.
select
  b.invoice_reference,
  b.order_id,
  b.currency,
  b.captured_amount,
  b.remaining_amount,
  c.refund_id,
  c.refunded_at,
  c.credited_amount,
  c.return_fee_amount,
  c.match_rule,
  c.decided_on
from recredit.invoice_balance b
left join recredit.invoice_credit c on c.capture_id = b.capture_id
where b.invoice_reference = 'K-10012'
order by c.refunded_at, c.refund_id;
