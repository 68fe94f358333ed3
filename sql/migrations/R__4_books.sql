-- The books (rules.md, part 8): credits line by line, as of the shown run (R__1); and the journal up to it.

create or replace view recredit.credit_line as
select
  l.refund_id, l.order_id, l.capture_id, l.currency, l.account, l.line_number, l.reference, l.name, l.type, l.quantity,
  l.tax_rate, l.amount, l.tax_amount, l.tax_source
from recredit_store.shown_book_line l
where l.capture_id is not null;

create or replace view recredit.journal as
select
  entry_id, posting_date, run_id, refund_id, order_id, order_reference, purchase_country, account, capture_id,
  invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount
from recredit_store.journal
where run_id <= (select run_id from recredit_store.shown_run);

-- Tax of what was posted, by day of posting, account, country, currency and rate.
create or replace view recredit.posted_tax as
select
  posting_date, account, purchase_country, currency, tax_rate, case when tax_rate is null then tax_source end as unknown_because,
  count(*) as entries, sum(amount) as amount, sum(tax_amount) as tax_amount, sum(sales_tax_amount) as sales_tax_amount
from recredit.journal
group by posting_date, account, purchase_country, currency, tax_rate, case when tax_rate is null then tax_source end;

create or replace view recredit.closed_period as
select
  c.closing_id, c.until, c.closed_by, c.closed_at, c.note, c.entries, c.totals, c.sha256,
  r.run_id as reopened_run, case when r.run_id is not null then c.reopened_by end as reopened_by,
  case when r.run_id is not null then c.reopened_at end as reopened_at,
  case when r.run_id is not null then c.reopened_note end as reopened_note
from recredit_store.closed_period c
left join recredit_store.run r on r.run_id = c.reopened_run and r.status = 'done';

create or replace view recredit.ledger_export as
select
  x.export_id, x.format, x.from_date, x.to_date, x.currency, x.exported_by, x.exported_at, x.vouchers,
  e.entries, e.first_entry, e.last_entry, x.sha256
from recredit_store.ledger_export x
left join lateral (
  select count(*) as entries, min(entry_id) as first_entry, max(entry_id) as last_entry
  from recredit_store.ledger_export_entry e where e.export_id = x.export_id
) e on true;

create or replace view recredit.ledger_export_entry as
select export_id, entry_id
from recredit_store.ledger_export_entry;

create or replace function recredit.credit_line_as_of(run_id bigint) returns setof recredit.credit_line
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.credit_line;
  perform set_config('recredit.as_of', before, true);
end $$;
