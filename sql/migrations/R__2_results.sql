-- The results: what became of the refunds, as of the shown run (R__1).

create or replace view recredit.invoice_credit as
select
  d.refund_id,
  d.order_id,
  c.capture_id,
  coalesce(i.klarna_reference, c.capture_id) as invoice_reference,
  r.reference as refund_reference,
  i.reference as capture_reference,
  d.currency,
  c.credited_amount,
  -- Of credits from before the books began, what was written down then.
  coalesce(
    (
      select case when count(*) = count(l.tax_amount) then sum(l.tax_amount)::bigint end
      from recredit_store.shown_book_line l
      where l.refund_id = d.refund_id and l.capture_id = c.capture_id
      having count(*) > 0
    ),
    case when not exists (
      select from recredit_store.shown_book_line l where l.refund_id = d.refund_id
    ) then c.credited_tax_amount end) as credited_tax_amount,
  c.return_fee_amount,
  d.match_rule,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = d.order_id) as order_reference,
  (
    select o.purchase_country
    from recredit_store.oldest_capture o
    where o.order_id = d.order_id and o.captured_at <= d.refunded_at
  ) as purchase_country,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit_store.shown_decision d
join recredit_store.credit c on c.refund_id = d.refund_id and c.since_run = d.since_run
join recredit_store.run made on made.run_id = d.since_run
left join recredit_store.shown_refund r on r.refund_id = d.refund_id
left join recredit_store.shown_capture i on i.capture_id = c.capture_id;

create or replace view recredit.refund_exception as
select
  d.refund_id,
  d.order_id,
  r.reference as refund_reference,
  d.currency,
  d.refunded_amount,
  d.reason,
  t.explanation,
  concat_ws(' ', t.suggestion, (
    select e.told
    from recredit_store.seen_elsewhere e
    where e.refund_id = d.refund_id and d.reason in ('CAPTURE_NOT_FOUND', 'NO_CAPTURE'))) as suggestion,
  t.proposed,
  t.why_proposed,
  d.blocking_refund_id,
  coalesce(d.blocking_refund_id, d.refund_id) as root_refund_id,
  (select o.capture_id from recredit_store.only_capture o where o.order_id = d.order_id) as only_invoice,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = d.order_id) as order_reference,
  (
    select o.purchase_country
    from recredit_store.oldest_capture o
    where o.order_id = d.order_id and o.captured_at <= d.refunded_at
  ) as purchase_country,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id,
  coalesce(n.status, 'open') as status,
  n.case_id,
  n.note,
  e.verdict,
  e.certainty,
  case when e.certainty is not null then recredit_store.by_capture(e.capture_id, e.amount) end as stands_on
from recredit_store.shown_decision d
join recredit_store.run made on made.run_id = d.since_run
left join recredit_store.shown_evidence e on e.refund_id = d.refund_id
left join recredit_store.shown_exception_text t on t.refund_id = d.refund_id
left join recredit_store.shown_exception_note n on n.refund_id = d.refund_id
left join recredit_store.shown_refund r on r.refund_id = d.refund_id
where d.outcome = 'exception';

-- Whole refunds, and the parts of others that were put on invoices for the rest.
create or replace view recredit.refund_write_off as
select
  d.refund_id,
  d.order_id,
  r.reference as refund_reference,
  d.currency,
  d.refunded_amount,
  d.written_off_amount,
  s.note,
  s.resolved_by,
  s.resolved_at,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = d.order_id) as order_reference,
  (
    select o.purchase_country
    from recredit_store.oldest_capture o
    where o.order_id = d.order_id and o.captured_at <= d.refunded_at
  ) as purchase_country,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit_store.shown_decision d
join recredit_store.run made on made.run_id = d.since_run
left join recredit_store.shown_resolution s on s.refund_id = d.refund_id
left join recredit_store.shown_refund r on r.refund_id = d.refund_id
where d.written_off_amount is not null;

create or replace view recredit.refund_duplicate as
select
  d.refund_id,
  d.duplicate_of,
  d.order_id,
  d.currency,
  d.refunded_amount,
  d.duplicate_of_amount,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit_store.shown_decision d
join recredit_store.run made on made.run_id = d.since_run
where d.outcome = 'duplicate';

-- Lateral sums: asked for one order or invoice, as accountants do, they read that order's rows only. What is unallocated
-- on the order stands once, so that whoever sums the column counts it once, and in its own currency: what was refunded in
-- another one is in refund_exception alone.
create or replace view recredit.invoice_balance as
select
  c.order_id,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = c.order_id) as order_reference,
  c.purchase_country,
  c.capture_id,
  coalesce(c.klarna_reference, c.capture_id) as invoice_reference,
  c.purchase_currency as currency,
  c.captured_amount,
  credits.amount::bigint as credited_amount,
  (c.captured_amount - credits.amount)::bigint as remaining_amount,
  case
    when not exists (
      select
      from recredit_store.shown_capture older
      where older.order_id = c.order_id and (older.captured_at, older.capture_id) < (c.captured_at, c.capture_id)
    ) then (
      select coalesce(sum(d.refunded_amount), 0)
      from recredit_store.shown_decision d
      where d.order_id = c.order_id and d.outcome = 'exception' and coalesce(d.currency, c.purchase_currency) = c.purchase_currency
    )
  end as unallocated_on_order,
  c.captured_at
from recredit_store.shown_capture c
cross join lateral (
  select coalesce(sum(k.credited_amount), 0) as amount
  from recredit_store.credit k
  join recredit_store.shown_decision d on d.refund_id = k.refund_id and d.since_run = k.since_run
  where k.capture_id = c.capture_id
) credits;

-- Orders that were refunded beyond what was captured, in their own currency; those of which no capture is known are not
-- among them.
create or replace view recredit.over_refunded as
select
  refunded.order_id,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = refunded.order_id) as order_reference,
  refunded.currency,
  captured.amount as captured_amount,
  refunded.amount as refunded_amount,
  refunded.amount - captured.amount as beyond
from (
  select order_id, currency, sum(refunded_amount) as amount
  from recredit_store.shown_decision
  where outcome <> 'duplicate'
  group by order_id, currency
) refunded
cross join lateral (
  select sum(c.captured_amount) as amount
  from recredit_store.shown_capture c
  where c.order_id = refunded.order_id and c.purchase_currency = refunded.currency
) captured
where refunded.amount > captured.amount
  and refunded.currency = (
    select o.purchase_currency from recredit_store.oldest_capture o where o.order_id = refunded.order_id);

-- One row per accepted refund, with what became of it: what reports add up, by whichever day they ask for. A refund that
-- no decision mentions would stand here without an outcome.
create or replace view recredit.refund_outcome as
select
  r.refund_id,
  r.order_id,
  coalesce(d.currency, r.purchase_currency) as currency,
  r.refunded_amount,
  d.outcome,
  d.match_rule,
  d.reason,
  credits.amount::bigint as credited_amount,
  d.written_off_amount,
  r.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit_store.shown_refund r
left join recredit_store.shown_decision d on d.refund_id = r.refund_id
left join recredit_store.run made on made.run_id = d.since_run
left join lateral (
  select sum(k.credited_amount) as amount
  from recredit_store.credit k
  where k.refund_id = d.refund_id and k.since_run = d.since_run
) credits on true;

-- The left side is the accepted refunds, the right side the decisions: a refund that no decision mentions would stand
-- here under no business date.
create or replace view recredit.daily_reconciliation as
select
  d.business_date,
  d.currency,
  count(*) as refunds,
  sum(r.refunded_amount) as refunded_amount,
  count(*) filter (where d.outcome = 'credited') as credited_refunds,
  coalesce(sum(credits.amount), 0) as credited_amount,
  coalesce(sum(credits.amount) filter (where d.match_rule = 'ONE_OF_SEVERAL'), 0) as assumed_amount,
  count(*) filter (where d.outcome = 'exception') as exceptions,
  coalesce(sum(d.refunded_amount) filter (where d.outcome = 'exception'), 0) as unallocated_amount,
  count(*) filter (where d.outcome = 'written_off') as write_offs,
  coalesce(sum(d.written_off_amount), 0) as written_off_amount,
  count(*) filter (where d.outcome = 'duplicate') as duplicates,
  coalesce(sum(d.refunded_amount) filter (where d.outcome = 'duplicate'), 0) as duplicate_amount,
  sum(r.refunded_amount)
    - coalesce(sum(credits.amount), 0)
    - coalesce(sum(d.written_off_amount), 0)
    - coalesce(sum(d.refunded_amount) filter (where d.outcome in ('exception', 'duplicate')), 0) as difference
from recredit_store.shown_refund r
left join recredit_store.shown_decision d on d.refund_id = r.refund_id
left join lateral (
  select sum(k.credited_amount) as amount
  from recredit_store.credit k
  where k.refund_id = d.refund_id and k.since_run = d.since_run
) credits on true
group by d.business_date, d.currency;

-- Each of them as of a run, in one expression. A function reads its whole relation; to look something up, or to read
-- several as of one run, recredit.as_of is set. It is set back by hand and not by the function's own options: only a
-- superuser may name a setting there that PostgreSQL does not know.

create or replace function recredit.invoice_credit_as_of(run_id bigint) returns setof recredit.invoice_credit
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.invoice_credit;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_exception_as_of(run_id bigint) returns setof recredit.refund_exception
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_exception;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_write_off_as_of(run_id bigint) returns setof recredit.refund_write_off
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_write_off;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_duplicate_as_of(run_id bigint) returns setof recredit.refund_duplicate
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_duplicate;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.invoice_balance_as_of(run_id bigint) returns setof recredit.invoice_balance
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.invoice_balance;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.over_refunded_as_of(run_id bigint) returns setof recredit.over_refunded
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.over_refunded;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_outcome_as_of(run_id bigint) returns setof recredit.refund_outcome
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_outcome;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.daily_reconciliation_as_of(run_id bigint) returns setof recredit.daily_reconciliation
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.daily_reconciliation;
  perform set_config('recredit.as_of', before, true);
end $$;
