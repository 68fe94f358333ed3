-- The relations that people read (SPEC part 5). They show finished runs only: all of them go by the newest run whose
-- status is 'done', so they change together, at the moment that a run's proof has passed.
--
-- Each relation whose past can be read is a view *_at_run over every finished run, from which the current one and the
-- function *_as_of take one run: what is shown is written once.
create schema if not exists recredit;

-- As every sentence of Recredit shows it: with its currency's decimals (ISO 4217's, as the JDK knows them).
create function recredit.money(minor_units numeric, currency text) returns text
immutable parallel safe language sql
return case
  when currency is null then minor_units || ' (in minor units, currency unknown)'
  else minor_units
    * case
      when currency in (
        'ADP', 'BEF', 'BIF', 'BYB', 'BYR', 'CLP', 'DJF', 'ESP', 'GNF', 'GRD', 'ISK', 'ITL', 'JPY', 'KMF', 'KRW', 'LUF',
        'MGF', 'PTE', 'PYG', 'ROL', 'RWF', 'TPE', 'TRL', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XAG', 'XAU', 'XBA', 'XBB',
        'XBC', 'XBD', 'XDR', 'XFO', 'XFU', 'XOF', 'XPD', 'XPF', 'XPT', 'XSU', 'XTS', 'XUA', 'XXX') then 1
      when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 0.001
      when currency = 'CLF' then 0.0001
      else 0.01
    end || ' ' || currency
end;

comment on function recredit.money is 'An amount in minor units as people write it: 9999, SEK is "99.99 SEK".';

create view recredit.finished_run as
select run_id, decided_on, time_zone
from recredit_store.run
where status = 'done';

create view recredit.invoice_credit_at_run as
select
  shown.run_id as shown_run,
  d.refund_id,
  d.order_id,
  c.capture_id,
  c.invoice_reference,
  d.refund_reference,
  c.capture_reference,
  d.currency,
  c.credited_amount,
  c.credited_tax_amount,
  c.return_fee_amount,
  d.match_rule,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit.finished_run shown
join recredit_store.decision d
  on d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
join recredit_store.credit c on c.refund_id = d.refund_id and c.since_run = d.since_run
join recredit_store.run made on made.run_id = d.since_run;

create view recredit.refund_exception_at_run as
select
  shown.run_id as shown_run,
  d.refund_id,
  d.order_id,
  d.refund_reference,
  d.currency,
  d.refunded_amount,
  d.reason,
  d.explanation,
  d.suggestion,
  d.blocking_refund_id,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit.finished_run shown
join recredit_store.decision d
  on d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
join recredit_store.run made on made.run_id = d.since_run
where d.outcome = 'exception';

create view recredit.refund_duplicate_at_run as
select
  shown.run_id as shown_run,
  d.refund_id,
  d.duplicate_of,
  d.order_id,
  d.currency,
  d.refunded_amount,
  d.duplicate_of_amount,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit.finished_run shown
join recredit_store.decision d
  on d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
join recredit_store.run made on made.run_id = d.since_run
where d.outcome = 'duplicate';

create view recredit.refund_write_off_at_run as
select
  shown.run_id as shown_run,
  d.refund_id,
  d.order_id,
  d.refund_reference,
  d.currency,
  d.refunded_amount as written_off_amount,
  s.note,
  s.resolved_by,
  s.resolved_at,
  d.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit.finished_run shown
join recredit_store.decision d
  on d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
join recredit_store.run made on made.run_id = d.since_run
left join recredit_store.resolution s
  on s.refund_id = d.refund_id
  and s.since_run <= shown.run_id and (s.until_run is null or s.until_run > shown.run_id)
where d.outcome = 'written_off';

-- Lateral sums: asked for one order or invoice, as accountants do, they read that order's rows only.
create view recredit.invoice_balance_at_run as
select
  shown.run_id as shown_run,
  c.order_id,
  c.capture_id,
  coalesce(c.klarna_reference, c.capture_id) as invoice_reference,
  c.purchase_currency as currency,
  c.captured_amount,
  credits.amount::bigint as credited_amount,
  (c.captured_amount - credits.amount)::bigint as remaining_amount,
  exceptions.amount as unallocated_on_order,
  c.captured_at
from recredit.finished_run shown
join recredit_store.capture c
  on c.since_run <= shown.run_id and (c.until_run is null or c.until_run > shown.run_id) and c.counts
cross join lateral (
  select coalesce(sum(k.credited_amount), 0) as amount
  from recredit_store.credit k
  join recredit_store.decision d on d.refund_id = k.refund_id and d.since_run = k.since_run
  where k.capture_id = c.capture_id
    and d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
) credits
cross join lateral (
  select coalesce(sum(d.refunded_amount), 0) as amount
  from recredit_store.decision d
  where d.order_id = c.order_id
    and d.outcome = 'exception'
    and d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
) exceptions;

-- The left side is the accepted refunds, the right side the decisions: a refund that no decision mentions would stand
-- here under no business date.
create view recredit.daily_reconciliation_at_run as
select
  shown.run_id as shown_run,
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
  coalesce(sum(d.refunded_amount) filter (where d.outcome = 'written_off'), 0) as written_off_amount,
  count(*) filter (where d.outcome = 'duplicate') as duplicates,
  coalesce(sum(d.refunded_amount) filter (where d.outcome = 'duplicate'), 0) as duplicate_amount,
  sum(r.refunded_amount)
    - coalesce(sum(credits.amount), 0)
    - coalesce(sum(d.refunded_amount) filter (where d.outcome <> 'credited'), 0) as difference
from recredit.finished_run shown
join recredit_store.refund r
  on r.since_run <= shown.run_id and (r.until_run is null or r.until_run > shown.run_id) and r.counts
left join recredit_store.decision d
  on d.refund_id = r.refund_id
  and d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
left join lateral (
  select sum(k.credited_amount) as amount
  from recredit_store.credit k
  where k.refund_id = d.refund_id and k.since_run = d.since_run
) credits on true
group by shown.run_id, d.business_date, d.currency;

do $$
declare
  relation text;
  columns text;
begin
  foreach relation in array array[
    'invoice_credit', 'refund_exception', 'refund_write_off', 'refund_duplicate', 'invoice_balance',
    'daily_reconciliation'
  ] loop
    select string_agg(attname, ', ' order by attnum) into columns
    from pg_attribute
    where attrelid = format('recredit.%I', relation || '_at_run')::regclass and attnum > 1;

    execute format(
      'create view recredit.%1$I as select %2$s from recredit.%3$I
       where shown_run = (select max(run_id) from recredit.finished_run)',
      relation, columns, relation || '_at_run');
    execute format(
      'create function recredit.%1$I(run_id bigint) returns setof recredit.%2$I
       stable language sql
       begin atomic select %3$s from recredit.%4$I where shown_run = $1; end',
      relation || '_as_of', relation, columns, relation || '_at_run');
    execute format(
      'comment on function recredit.%I(bigint) is %L',
      relation || '_as_of', 'What ' || relation || ' showed after the given run, if that finished.');
  end loop;
end $$;

-- Nothing that was once reported is lost: every decision that a finished run made, with the one that superseded it.
create view recredit.decision_history as
select
  d.refund_id,
  d.order_id,
  d.outcome,
  d.currency,
  d.refunded_amount,
  d.match_rule,
  (
    select string_agg(c.capture_id || ': ' || recredit.money(c.credited_amount, d.currency), ', ' order by c.capture_id)
    from recredit_store.credit c
    where c.refund_id = d.refund_id and c.since_run = d.since_run
  ) as credits,
  d.reason,
  d.explanation,
  d.business_date,
  made.decided_on,
  made.run_id,
  superseding.decided_on as superseded_on,
  superseding.run_id as superseded_by
from recredit_store.decision d
join recredit.finished_run made on made.run_id = d.since_run
left join recredit.finished_run superseding on superseding.run_id = d.until_run;

-- What accountants decided about exceptions, of finished runs, with the run that superseded it.
create view recredit.resolution as
select
  s.refund_id,
  s.kind,
  s.resolved_amount,
  s.capture_id,
  s.amount,
  s.note,
  s.resolved_by,
  s.resolved_at,
  made.run_id,
  superseding.run_id as superseded_by
from recredit_store.resolution s
join recredit.finished_run made on made.run_id = s.since_run
left join recredit.finished_run superseding on superseding.run_id = s.until_run;

create view recredit.rejected_record as
select r.file_name, r.line_number, r.error, r.raw, r.kind, r.file_date, r.since_run as run_id
from recredit_store.rejected_record r
cross join (select max(run_id) as run_id from recredit.finished_run) shown
where r.since_run <= shown.run_id and (r.until_run is null or r.until_run > shown.run_id);

create view recredit.input_file as
select
  f.file_name, f.kind, f.file_date, f.sha256, f.lines, f.accepted, f.repeated, f.rejected, f.withdrawn, f.read_at,
  f.read_by, f.since_run as run_id
from recredit_store.input_file f
cross join (select max(run_id) as run_id from recredit.finished_run) shown
where f.since_run <= shown.run_id and (f.until_run is null or f.until_run > shown.run_id);

-- A run that holds no lock is not at work any more, whatever its row says: its process died before it could write so.
-- 8243104035950061940 is the bytes of "recredit"; see RunLock.
create view recredit.run as
select
  r.run_id, r.kind, r.from_date, r.to_date, r.started_at, r.ended_at,
  case
    when r.status = 'running' and not exists (
      select from pg_locks l
      where l.locktype = 'advisory'
        and l.database = (select oid from pg_database where datname = current_database())
        and (l.classid::bigint << 32) | l.objid::bigint = 8243104035950061940
        and l.granted
    ) then 'interrupted'
    else r.status
  end as status,
  r.failure, r.decided_on, r.spanning, r.ambiguous, r.return_fee_countries, r.time_zone, r.resolved, r.captures_read,
  r.refunds_read, r.releases_read, r.repeated, r.rejected, r.withdrawn, r.orders_decided, r.refunds_decided,
  r.credited, r.excepted, r.written_off, r.duplicates, r.changed, r.orders_over_refunded
from recredit_store.run r;

create view recredit.policy as
select changed_at, changed_by, spanning, ambiguous, return_fee_countries, time_zone, resolved
from recredit_store.policy_change;

comment on schema recredit is 'What people read: which invoice each refund belongs on, and which refunds belong on none.';
