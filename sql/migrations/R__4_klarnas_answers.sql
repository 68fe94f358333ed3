-- What Klarna answered and told (rules.md, part 9), as of the shown run (R__1): refused requests, and events with the
-- refunds that they belong to. Run before R__4_klarnas_record, whose feed_difference shows what of it does not fit.

create or replace view recredit_store.shown_refusal as
select
  refusal_id, order_id, attempted_at, refund_id, refunded_amount, purchase_currency, capture_id, reference, description,
  idempotency_key, merchant_reference1, merchant_reference2, order_lines, http_status, error_code, error_messages,
  correlation_id, file_date, since_run, request_order_id, request_refunded_at, request_faults,
  line_number
from recredit_store.refusal
where counts
  and since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_refusal_decision as
select refusal_id, order_id, would_be
from recredit_store.refusal_decision
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

-- Those about refunds.
create or replace view recredit_store.shown_event as
select
  event_id, order_id, event_type, occurred_at, refund_id, refunded_amount, correlation_id, file_date, since_run,
  line_number
from recredit_store.event
where counts
  and event_type = 'payment.transaction.refunded'
  and since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit.refused_refund as
select
  f.refusal_id,
  f.order_id,
  (select o.order_reference from recredit_store.order_reference o where o.order_id = f.order_id) as order_reference,
  f.attempted_at,
  f.http_status,
  f.error_code,
  nullif(array_to_string(f.error_messages, ' '), '') as error_message,
  f.correlation_id,
  f.refunded_amount,
  coalesce(f.purchase_currency, (
    select o.purchase_currency
    from recredit_store.oldest_capture o
    where o.order_id = f.order_id and o.captured_at <= f.attempted_at
  )) as currency,
  f.reference as refund_reference,
  recredit_store.content(jsonb_build_object(
    'order_id', f.request_order_id, 'refund_id', f.refund_id, 'refunded_amount', f.refunded_amount,
    'refunded_at', f.request_refunded_at, 'purchase_currency', f.purchase_currency, 'capture_id', f.capture_id,
    'reference', f.reference, 'description', f.description, 'idempotency_key', f.idempotency_key,
    'merchant_reference1', f.merchant_reference1, 'merchant_reference2', f.merchant_reference2,
    'order_lines', f.order_lines)) as request,
  d.would_be,
  later.refund_id as followed_by,
  later.refunded_at as followed_at,
  i.file_name,
  f.since_run as run_id,
  f.request_faults,
  f.line_number
from recredit_store.shown_refusal f
left join recredit_store.shown_refusal_decision d on d.refusal_id = f.refusal_id
left join lateral (
  select r.refund_id, r.refunded_at
  from recredit_store.shown_decision r
  where r.order_id = f.order_id and r.refunded_amount = f.refunded_amount and r.refunded_at > f.attempted_at
    and r.outcome <> 'duplicate'
  order by r.refunded_at, r.refund_id
  limit 1
) later on true
left join recredit_store.input_file i
  on i.kind = 'refusals' and i.file_date = f.file_date and i.since_run <= f.since_run
  and (i.until_run is null or i.until_run > f.since_run);

-- Events that name no refund, each with one: the first with the first, of the refunds that no event names better. An
-- order's windows are its own, so that one order's are looked up without the others. The case is for the planner: of two
-- ranks it takes one pair in 200 for equal, expects next to none, and compares each with each.

create or replace view recredit_store.event_by_amount as
select e.event_id, e.order_id, r.refund_id
from (
  select
    event_id, order_id, refunded_amount,
    row_number() over (partition by order_id, refunded_amount order by occurred_at, event_id) as k
  from recredit_store.shown_event
  where refund_id is null and order_id is not null and refunded_amount is not null
) e
join (
  select
    d.refund_id, d.order_id, d.refunded_amount,
    row_number() over (
      partition by d.order_id, d.refunded_amount order by d.outcome = 'duplicate', d.refunded_at, d.refund_id) as k
  from recredit_store.shown_decision d
  where not exists (select from recredit_store.shown_event named where named.refund_id = d.refund_id)
) r on r.order_id = e.order_id and r.refunded_amount = e.refunded_amount and case when r.k = e.k then true else false end;

create or replace view recredit_store.event_by_order as
select e.event_id, e.order_id, r.refund_id
from (
  select event_id, order_id, row_number() over (partition by order_id order by occurred_at, event_id) as k
  from recredit_store.shown_event
  where refund_id is null and order_id is not null and refunded_amount is null
) e
join (
  select
    d.refund_id, d.order_id,
    row_number() over (partition by d.order_id order by d.outcome = 'duplicate', d.refunded_at, d.refund_id) as k
  from recredit_store.shown_decision d
  left join recredit_store.event_by_amount better on better.order_id = d.order_id and better.refund_id = d.refund_id
  where better.refund_id is null
    and not exists (select from recredit_store.shown_event named where named.refund_id = d.refund_id)
) r on r.order_id = e.order_id and case when r.k = e.k then true else false end;

create or replace view recredit_store.event_by_place as
select event_id, order_id, refund_id, 'ORDER_AND_AMOUNT' as matched_by from recredit_store.event_by_amount
union all
select event_id, order_id, refund_id, 'ORDER' from recredit_store.event_by_order;

-- The order is that of the refund, else the one that the event names.
create or replace view recredit.refund_event as
select
  e.event_id, e.event_type, e.occurred_at, e.order_id, e.belongs_to as refund_id, e.matched_by,
  e.refund_id as named_refund_id, e.refunded_amount, e.correlation_id, i.file_name, e.since_run as run_id,
  e.named_order_id, e.line_number
from (
  select
    e.event_id, e.event_type, e.occurred_at, d.order_id, d.refund_id as belongs_to, 'REFUND_ID' as matched_by, e.refund_id,
    e.refunded_amount, e.correlation_id, e.file_date, e.since_run, e.order_id as named_order_id,
    e.line_number
  from recredit_store.shown_event e
  join recredit_store.shown_decision d on d.refund_id = e.refund_id
  union all
  select
    e.event_id, e.event_type, e.occurred_at, e.order_id, null, null, e.refund_id,
    e.refunded_amount, e.correlation_id, e.file_date, e.since_run, e.order_id,
    e.line_number
  from recredit_store.shown_event e
  where e.refund_id is not null
    and not exists (select from recredit_store.shown_decision d where d.refund_id = e.refund_id)
  union all
  select
    e.event_id, e.event_type, e.occurred_at, e.order_id, m.refund_id, m.matched_by, e.refund_id,
    e.refunded_amount, e.correlation_id, e.file_date, e.since_run, e.order_id,
    e.line_number
  from recredit_store.shown_event e
  left join recredit_store.event_by_place m on m.order_id = e.order_id and m.event_id = e.event_id
  where e.refund_id is null
) e
left join recredit_store.input_file i
  on i.kind = 'events' and i.file_date = e.file_date and i.since_run <= e.since_run
  and (i.until_run is null or i.until_run > e.since_run);

-- Where events and refunds do not fit, in the columns of feed_difference. run_id is the run that brought the event, or
-- decided the refund.
create or replace view recredit_store.event_difference as
select
  e.order_id, 'EVENT_WITHOUT_REFUND' as kind, e.event_id as id, null::text as in_files, e.refunded_amount::text as at_klarna,
  format(
    'Event %s tells of a refund%s%s%s, and no file or document has one that it could be.', e.event_id,
    coalesce(' ' || e.named_refund_id, ''),
    coalesce(' of ' || recredit.money(e.refunded_amount, (
      select o.purchase_currency from recredit_store.oldest_capture o where o.order_id = e.order_id)), ''),
    coalesce(' on order ' || e.order_id, '')) as explanation,
  e.run_id, e.occurred_at as at
from recredit.refund_event e
where e.refund_id is null
union all
select
  d.order_id, 'REFUND_WITHOUT_EVENT', d.refund_id, d.refunded_amount::text, null,
  format(
    'Refund %s of %s was made while Klarna told of refunds by events, and none tells of it.', d.refund_id,
    recredit.money(d.refunded_amount, d.currency)),
  d.since_run, d.refunded_at
from recredit_store.shown_decision d
where d.outcome <> 'duplicate'
  and d.refunded_at >= (select min(occurred_at) from recredit_store.shown_event)
  and d.refunded_at <= (select max(occurred_at) from recredit_store.shown_event)
  and not exists (select from recredit_store.shown_event named where named.refund_id = d.refund_id)
  and not exists (
    select from recredit_store.event_by_place m where m.order_id = d.order_id and m.refund_id = d.refund_id);

-- As of a run: see R__2.

-- Those of some orders, and of some events, as far as they name no order. Each order is asked for by itself (offset 0
-- keeps it so), unless there are so many that all at once are cheaper.
create or replace function recredit_store.event_differences_as_of(run_id bigint, orders text[], events text[])
returns table (kind text, id text) stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  if cardinality(orders) * 50 > (select reltuples from pg_class where oid = 'recredit_store.decision'::regclass) then
    return query
    select x.kind, x.id from recredit_store.event_difference x where x.order_id in (select unnest(orders));
  else
    return query
    select d.kind, d.id
    from unnest(orders) o (order_id)
    cross join lateral (
      select x.kind, x.id from recredit_store.event_difference x where x.order_id = o.order_id offset 0
    ) d;
  end if;
  return query
  select 'EVENT_WITHOUT_REFUND', e.event_id
  from recredit_store.shown_event e
  where e.event_id = any(events) and e.order_id is null
    and not exists (select from recredit_store.shown_decision d where d.refund_id = e.refund_id);
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refused_refund_as_of(run_id bigint) returns setof recredit.refused_refund
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refused_refund;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_event_as_of(run_id bigint) returns setof recredit.refund_event
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_event;
  perform set_config('recredit.as_of', before, true);
end $$;
