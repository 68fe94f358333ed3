-- Invoices of which more than half was credited, the most first.
-- Amounts are in minor units: 9457 SEK is 94.57 SEK, 9457 JPY is 9457 JPY.
select order_id, invoice_reference, currency, captured_amount, credited_amount, remaining_amount
from recredit.invoice_balance
where credited_amount * 2 > captured_amount
order by credited_amount::numeric / captured_amount desc, order_id, invoice_reference;
