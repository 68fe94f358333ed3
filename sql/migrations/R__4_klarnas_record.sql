-- Klarna's record beside what was decided (rules.md, part 7), as of the shown run (R__1).

-- Snapshots that say of each capture what stands on it; without ids of their own the refunds in one cannot be told from
-- those of the files.
create or replace view recredit_store.usable_document as
select d.*
from recredit_store.shown_document d
where d.says_places
  and not (d.has_unnamed and exists (
    select from recredit_store.shown_refund r where r.order_id = d.order_id and r.of_file));

-- To be asked for one order at a time, or for all.
create or replace view recredit_store.latest_usable_document as
select distinct on (order_id) *
from recredit_store.usable_document
order by order_id, read_at desc;

create or replace view recredit.order_snapshot as
select
  d.order_id,
  d.read_at,
  d.merchant_reference1 as order_reference,
  d.purchase_currency as currency,
  d.order_amount,
  d.captured_amount,
  d.refunded_amount,
  d.remaining_authorized_amount,
  case when d.says_places then (
    select coalesce(sum(shown.amount::text::bigint), 0) from json_array_elements(d.on_captures::json) shown (amount)
  ) end as on_invoices,
  f.file_name,
  d.line_number,
  d.since_run as run_id
from recredit_store.shown_document d
left join recredit_store.input_file f
  on f.kind = 'orders' and f.file_date = d.file_date and f.since_run <= d.since_run
  and (f.until_run is null or f.until_run > d.since_run);

create or replace view recredit.snapshot_invoice as
select d.order_id, d.read_at, c.id as capture_id, c.amount as captured_amount, c.refunded_amount
from recredit_store.shown_document d
cross join recredit_store.captures_in(d.captures, d.on_captures, null) c;

create or replace view recredit.refund_evidence as
select
  e.refund_id,
  e.order_id,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = e.order_id) as order_reference,
  e.verdict,
  e.certainty,
  e.decision,
  e.explanation,
  (select d.read_at from recredit_store.latest_usable_document d where d.order_id = e.order_id) as read_at,
  e.since_run as run_id
from recredit_store.shown_evidence e;

create or replace view recredit.refund_place as
select
  e.refund_id,
  p.capture_id,
  coalesce(c.klarna_reference, p.capture_id) as invoice_reference,
  p.amount,
  e.certainty
from recredit_store.shown_evidence e
cross join unnest(e.capture_id, e.amount) p (capture_id, amount)
left join recredit_store.shown_capture c on c.capture_id = p.capture_id;

-- What to ask Klarna for: refunds that stand on other invoices than they were put on, or not on one.

-- In the owner's name: a function, other than the view that calls it, reads with the rights of whoever asks.
create or replace function recredit_store.invoices(capture_id text[], amount bigint[], currency text) returns text
stable parallel safe security definer set search_path = pg_catalog, pg_temp language sql
return (
  select string_agg(
    format('invoice %s (%s)', coalesce(c.klarna_reference, p.capture_id), recredit.money(p.amount, invoices.currency)),
    ' and ' order by p.capture_id collate "C")
  from unnest(capture_id, amount) p (capture_id, amount)
  left join recredit_store.shown_capture c on c.capture_id = p.capture_id);

create or replace view recredit.refund_to_move as
select
  e.refund_id,
  e.order_id,
  o.order_reference,
  r.reference as refund_reference,
  d.currency,
  d.refunded_amount,
  e.verdict,
  e.certainty,
  e.decision,
  recredit_store.by_capture(e.capture_id, e.amount) as stands_on,
  invoices.stands_on as stands_on_invoices,
  recredit_store.by_capture(e.decided_capture_id, e.decided_amount) as belongs_on,
  invoices.belongs_on as belongs_on_invoices,
  case
    when e.verdict = 'ELSEWHERE' then format('Please move %s from %s to %s.', told.refund, invoices.stands_on, invoices.belongs_on)
    when invoices.stands_on is null then format('Please put %s on %s: Klarna''s record shows it on no invoice.', told.refund, invoices.belongs_on)
    else format('Please put %s on %s: Klarna''s record shows only a part of it on an invoice, %s.', told.refund, invoices.belongs_on, invoices.stands_on)
  end as request,
  d.business_date,
  e.since_run as run_id
from recredit_store.shown_evidence e
join recredit_store.shown_decision d on d.refund_id = e.refund_id
left join recredit_store.shown_refund r on r.refund_id = e.refund_id
left join lateral (
  select o.order_reference from recredit_store.order_reference o where o.order_id = e.order_id
) o on true
cross join lateral (
  select
    recredit_store.invoices(e.capture_id, e.amount, d.currency) as stands_on,
    recredit_store.invoices(e.decided_capture_id, e.decided_amount, d.currency) as belongs_on
) invoices
cross join lateral (
  select format(
    'refund %s of %s, order %s%s,', e.refund_id, recredit.money(d.refunded_amount, d.currency), e.order_id,
    coalesce(' (our reference ' || o.order_reference || ')', '')) as refund
) told
where e.decided_capture_id is not null;

create or replace view recredit.invoice_comparison as
select
  d.order_id,
  i.id as capture_id,
  coalesce(c.klarna_reference, i.invoice, i.id) as invoice_reference,
  d.purchase_currency as currency,
  credits.listed::bigint as credited_amount,
  i.refunded_amount as klarna_refunded_amount,
  (i.refunded_amount - credits.listed)::bigint as difference,
  credits.newer::bigint as newer_credited_amount,
  d.read_at
from recredit_store.latest_usable_document d
cross join recredit_store.captures_in(d.captures, d.on_captures, null) i
left join recredit_store.shown_capture c on c.capture_id = i.id
cross join lateral (
  select
    coalesce(sum(k.credited_amount) filter (where listed.is), 0) as listed,
    coalesce(sum(k.credited_amount) filter (where not listed.is), 0) as newer
  from recredit_store.credit k
  join recredit_store.shown_decision s on s.refund_id = k.refund_id and s.since_run = k.since_run
  cross join lateral (
    select exists (
      select from json_to_recordset(d.refunds::json) r (id text) where r.id = s.refund_id) as is
  ) listed
  where k.capture_id = i.id and s.order_id = d.order_id
) credits;

create or replace view recredit.order_comparison as
select
  d.order_id,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = d.order_id) as order_reference,
  d.purchase_currency as currency,
  (
    select coalesce(sum(c.captured_amount), 0)
    from recredit_store.shown_capture c
    where c.order_id = d.order_id and c.purchase_currency = d.purchase_currency
  ) as captured_amount,
  (select coalesce(sum(c.amount), 0) from json_to_recordset(d.captures::json) c (amount bigint)) as klarna_captured_amount,
  (
    select coalesce(sum(s.refunded_amount), 0)
    from recredit_store.shown_decision s
    where s.order_id = d.order_id and s.outcome <> 'duplicate' and coalesce(s.currency, d.purchase_currency) = d.purchase_currency
  ) as refunded_amount,
  listed.amount as klarna_refunded_amount,
  sides.credited_amount,
  sides.klarna_on_invoices,
  sides.klarna_on_invoices - sides.credited_amount as difference,
  sides.newer_credited_amount,
  listed.amount - sides.klarna_on_invoices as on_no_invoice,
  d.read_at
from recredit_store.latest_usable_document d
cross join lateral (
  select coalesce(sum(r.amount), 0) as amount from json_to_recordset(d.refunds::json) r (amount bigint)
) listed
cross join lateral (
  select
    coalesce(sum(k.credited_amount) filter (where listed.is), 0) as credited_amount,
    coalesce(sum(k.credited_amount) filter (where not listed.is), 0) as newer_credited_amount,
    (
      select coalesce(sum(c.refunded_amount), 0)
      from recredit_store.captures_in(d.captures, d.on_captures, null) c
    ) as klarna_on_invoices
  from recredit_store.shown_decision s
  join recredit_store.credit k on k.refund_id = s.refund_id and k.since_run = s.since_run
  cross join lateral (
    select exists (
      select from json_to_recordset(d.refunds::json) r (id text) where r.id = s.refund_id) as is
  ) listed
  where s.order_id = d.order_id
) sides;

create or replace view recredit.rule_agreement as
select e.decision, e.verdict, e.certainty, d.currency, count(*) as refunds, sum(d.refunded_amount) as amount
from recredit_store.shown_evidence e
join recredit_store.shown_decision d on d.refund_id = e.refund_id
group by e.decision, e.verdict, e.certainty, d.currency;

-- Where files and documents differ: what an order's latest snapshot has, and what the files have.

create or replace view recredit_store.latest_document as
select distinct on (order_id) *
from recredit_store.shown_document
order by order_id, read_at desc;

create or replace view recredit_store.at_klarna as
select
  'CAPTURE' as what, d.order_id, d.read_at, d.purchase_currency as currency, c.id, c.amount, c.order_lines,
  false as is_unclear
from recredit_store.latest_document d
cross join recredit_store.captures_in(d.captures, null, d.capture_lines) c
union all
select
  'REFUND', d.order_id, d.read_at, d.purchase_currency, r.id, r.amount, r.order_lines, d.has_unnamed
from recredit_store.latest_document d
cross join recredit_store.refunds_in(d.refunds, d.refund_lines) r;

create or replace view recredit_store.in_files as
select
  'CAPTURE' as what, order_id, capture_id as id, captured_amount as amount, captured_at as at,
  purchase_currency as currency, order_lines
from recredit_store.shown_capture
where of_file
union all
select 'REFUND', order_id, refund_id, refunded_amount, refunded_at, purchase_currency, order_lines
from recredit_store.shown_refund
where of_file;

-- The references and amounts of order lines, in their order; null where there are none.
create or replace function recredit_store.line_amounts(order_lines text) returns text
immutable parallel safe language sql
return (
  select json_agg(json_build_array(line -> 0, line -> 6) order by n)::text
  from json_array_elements(order_lines::json) with ordinality lines (line, n));

create or replace view recredit.feed_difference as
select d.order_id, d.what || d.kind as kind, d.id, d.in_files, d.at_klarna, initcap(d.what) || ' ' || d.id || d.told as explanation
from (
  select
    f.order_id, f.what, '_NOT_AT_KLARNA' as kind, f.id, f.amount::text as in_files, null as at_klarna,
    format(' of %s is in the files, and not in the document that was read after it.', recredit.money(f.amount, coalesce(f.currency, d.purchase_currency))) as told
  from recredit_store.in_files f
  join recredit_store.latest_document d on d.order_id = f.order_id
  where f.at <= d.read_at
    and not (f.what = 'REFUND' and d.has_unnamed)
    and not exists (
      select from recredit_store.at_klarna k where k.what = f.what and k.id = f.id and k.order_id = f.order_id)
  union all
  select
    k.order_id, k.what, '_NOT_IN_FILES', k.id, null, k.amount::text,
    format(' of %s is in the document, and in no file.', recredit.money(k.amount, k.currency))
  from recredit_store.at_klarna k
  where not k.is_unclear
    and not exists (select from recredit_store.in_files f where f.what = k.what and f.id = k.id)
  union all
  select
    k.order_id, k.what, difference.kind, k.id, difference.in_files, difference.at_klarna, difference.told
  from recredit_store.at_klarna k
  join recredit_store.in_files f on f.what = k.what and f.id = k.id
  cross join lateral (
    select
      '_ORDER' as kind, f.order_id as in_files, k.order_id as at_klarna,
      format(' is of order %s in the files, and of order %s in the document.', f.order_id, k.order_id) as told
    where f.order_id <> k.order_id
    union all
    select
      '_AMOUNT', f.amount::text, k.amount::text,
      format(' is of %s in the files, and of %s in the document.', recredit.money(f.amount, coalesce(f.currency, k.currency)), recredit.money(k.amount, k.currency))
    where f.order_id = k.order_id and f.amount <> k.amount
    union all
    select
      '_LINES', recredit_store.line_amounts(f.order_lines), recredit_store.line_amounts(k.order_lines),
      ' has other order lines in the files than in the document: references and amounts, in their order.'
    where f.order_id = k.order_id
      and recredit_store.line_amounts(f.order_lines) is distinct from recredit_store.line_amounts(k.order_lines)
  ) difference
) d
where exists (select from recredit_store.input_file i where i.kind in ('captures', 'refunds') and i.since_run <= (select run_id from recredit_store.shown_run))
union all
select order_id, kind, id, in_files, at_klarna, explanation from recredit_store.event_difference;

-- Each of them as of a run (see R__2).

create or replace function recredit.order_snapshot_as_of(run_id bigint) returns setof recredit.order_snapshot
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.order_snapshot;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.snapshot_invoice_as_of(run_id bigint) returns setof recredit.snapshot_invoice
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.snapshot_invoice;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_evidence_as_of(run_id bigint) returns setof recredit.refund_evidence
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_evidence;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_place_as_of(run_id bigint) returns setof recredit.refund_place
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_place;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_to_move_as_of(run_id bigint) returns setof recredit.refund_to_move
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_to_move;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.invoice_comparison_as_of(run_id bigint) returns setof recredit.invoice_comparison
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.invoice_comparison;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.order_comparison_as_of(run_id bigint) returns setof recredit.order_comparison
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.order_comparison;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.rule_agreement_as_of(run_id bigint) returns setof recredit.rule_agreement
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.rule_agreement;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.feed_difference_as_of(run_id bigint) returns setof recredit.feed_difference
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.feed_difference;
  perform set_config('recredit.as_of', before, true);
end $$;
