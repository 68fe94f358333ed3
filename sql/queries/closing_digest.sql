-- The SHA-256 of a closing, computed anew: hold it against closed_period.sha256. Put the day up to which the books are
-- closed in place of 2026-11-30. Each column is the number of its text's bytes, ":", the text and ","; "-," where it is null.
select c.closing_id, c.until, c.sha256, c.sha256 = encode(sha256(convert_to(coalesce(e.text, ''), 'UTF8')), 'hex') as holds
from recredit.closed_period c
left join lateral (
  select string_agg(entry.text || E'\n', '' order by j.entry_id) as text
  from recredit.journal j
  cross join lateral (
    select string_agg(coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value || ',', '-,'), '' order by n) as text
    from unnest(array[
      j.entry_id::text, to_char(j.posting_date, 'YYYY-MM-DD'), j.run_id::text, j.refund_id, j.order_id, j.purchase_country,
      j.account, j.capture_id, j.invoice_reference, j.decision, j.tax_source, j.currency, j.tax_rate::text, j.amount::text,
      j.tax_amount::text, to_char(j.business_date, 'YYYY-MM-DD'), j.sales_tax_amount::text
    ]) with ordinality column_of (value, n)
  ) entry
  where j.posting_date <= c.until
) e on true
where c.until = date '2026-11-30' and c.reopened_run is null;
