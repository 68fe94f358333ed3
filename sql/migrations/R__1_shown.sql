-- What people read stands in the schema recredit, made of views over recredit_store, to which they have no right. This
-- file and those behind it (R__2 to R__5, run in this order) are run again whenever they change. A view is replaced, not
-- dropped, because people build their own on it; so columns are added at its end, and a change that cannot be made so
-- needs a versioned migration that drops what is in the way. To whatever changes here belongs a versioned migration, be
-- it an empty one: by it an older Recredit sees that these are not its tables.
--
-- Which run is shown: the newest finished one, or that named by the setting recredit.as_of, which whoever wants to see
-- an earlier state sets in the session (set recredit.as_of = 12) or for one transaction. What holds as of it is picked by
-- scalar subqueries, which PostgreSQL asks once a statement; so that a look-up of an order, an invoice, a refund or a day
-- remains one of an index.
create schema if not exists recredit;

-- As every sentence of Recredit shows it: with its currency's decimals (ISO 4217's, as the JDK knows them).
create or replace function recredit.money(minor_units numeric, currency text) returns text
stable parallel safe language sql
return case
  when currency is null
    then to_char(minor_units, 'FM999,999,999,999,999,999,999,999,990') || ' (in minor units, currency unknown)'
  when currency in (
    'ADP', 'BEF', 'BIF', 'BYB', 'BYR', 'CLP', 'DJF', 'ESP', 'GNF', 'GRD', 'ISK', 'ITL', 'JPY', 'KMF', 'KRW', 'LUF',
    'MGF', 'PTE', 'PYG', 'ROL', 'RWF', 'TPE', 'TRL', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XAG', 'XAU', 'XBA', 'XBB',
    'XBC', 'XBD', 'XDR', 'XFO', 'XFU', 'XOF', 'XPD', 'XPF', 'XPT', 'XSU', 'XTS', 'XUA', 'XXX')
    then to_char(minor_units, 'FM999,999,999,999,999,999,999,999,990') || ' ' || currency
  when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND')
    then to_char(minor_units * 0.001, 'FM999,999,999,999,999,999,999,990.000') || ' ' || currency
  when currency = 'CLF'
    then to_char(minor_units * 0.0001, 'FM999,999,999,999,999,999,999,990.0000') || ' ' || currency
  else to_char(minor_units * 0.01, 'FM999,999,999,999,999,999,999,990.00') || ' ' || currency
end;

-- Minor units by capture; null where there is none.
create or replace function recredit_store.by_capture(capture_id text[], amount bigint[]) returns jsonb
immutable parallel safe language sql
return (select jsonb_object_agg(part.id, part.amount) from unnest(capture_id, amount) part (id, amount));

-- All of them, whichever is shown: what recredit.as_of can name. As of one that a pruning came behind some of the input
-- is missing.
create or replace view recredit.finished_run as
select
  run_id, decided_on, time_zone,
  run_id >= all (select whole_from_run from recredit_store.pruning where took_something) as is_whole
from recredit_store.run
where status = 'done';

-- The one run that is shown; no row where the setting names none that finished, and then nothing is shown.
create or replace view recredit_store.shown_run as
select run_id
from recredit_store.run
where status = 'done'
  and run_id = coalesce(
    nullif(current_setting('recredit.as_of', true), '')::bigint,
    (select max(run_id) from recredit_store.run where status = 'done'));

-- Up to the one that is shown: the histories end with it.
create or replace view recredit_store.past_run as
select run_id, decided_on
from recredit_store.run
where status = 'done' and run_id <= (select run_id from recredit_store.shown_run);

-- What holds as of the shown run.

create or replace view recredit_store.shown_capture as
select
  capture_id, order_id, captured_amount, captured_at, purchase_country, purchase_currency, klarna_reference, reference,
  merchant_reference1, file_date > '-infinity' as of_file, order_lines
from recredit_store.capture
where counts
  and since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_refund as
select
  refund_id, order_id, refunded_amount, refunded_at, purchase_currency, reference, merchant_reference1, capture_id,
  file_date > '-infinity' as of_file, order_lines
from recredit_store.refund
where counts
  and since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_document as
select
  document_id, order_id, read_at, file_date, since_run, line_number, purchase_country, purchase_currency, order_amount,
  captured_amount, refunded_amount, remaining_authorized_amount, merchant_reference1, merchant_reference2,
  klarna_reference, captures, on_captures, refunds, capture_lines, refund_lines, says_places, has_unnamed
from recredit_store.document
where counts
  and since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

-- A document's captures and refunds as rows, with what stands on each capture and their order lines (see V7).
create or replace function recredit_store.captures_in(captures text, on_captures text, capture_lines text)
returns table (
  id text, amount bigint, at timestamptz, invoice text, reference text, refunded_amount bigint, order_lines text)
stable parallel safe language sql as $$
  select i.id, i.amount, i.at, i.invoice, i.reference, nullif(i.refunded::text, 'null')::bigint, nullif(i.lines::text, 'null')
  from rows from (
    json_to_recordset(captures::json) as (id text, amount bigint, at timestamptz, invoice text, reference text),
    json_array_elements(on_captures::json),
    json_array_elements(capture_lines::json)
  ) as i (id, amount, at, invoice, reference, refunded, lines)
$$;

create or replace function recredit_store.refunds_in(refunds text, refund_lines text)
returns table (
  id text, named boolean, amount bigint, at timestamptz, reference text, description text, order_lines text)
stable parallel safe language sql as $$
  select i.id, i.named, i.amount, i.at, i.reference, i.description, nullif(i.lines::text, 'null')
  from rows from (
    json_to_recordset(refunds::json)
      as (id text, named boolean, amount bigint, at timestamptz, reference text, description text),
    json_array_elements(refund_lines::json)
  ) as i (id, named, amount, at, reference, description, lines)
$$;

create or replace view recredit_store.shown_evidence as
select
  refund_id, since_run, order_id, verdict, certainty, decision, explanation, capture_id, amount, decided_capture_id,
  decided_amount
from recredit_store.refund_evidence
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_decision as
select
  refund_id, since_run, order_id, outcome, currency, refunded_amount, refunded_at, business_date, match_rule,
  written_off_amount, reason, blocking_refund_id, duplicate_of, duplicate_of_amount
from recredit_store.decision
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_book_line as
select
  refund_id, order_id, n, business_date, purchase_country, currency, decision, account, capture_id, line_number, reference,
  name, type, quantity, tax_rate, amount, tax_amount, tax_source
from recredit_store.book_line
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_exception_text as
select refund_id, explanation, suggestion, proposed, why_proposed
from recredit_store.exception_text
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_resolution as
select refund_id, note, resolved_by, resolved_at
from recredit_store.resolution
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_rules_decision as
select refund_id, rules_decision, capture_id, amount
from recredit_store.rules_decision
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

-- What was done about an exception belongs to it until it closes: one that opens again begins without.
create or replace view recredit_store.shown_exception_note as
select n.refund_id, n.status, n.case_id, n.note, n.noted_by, n.noted_at
from recredit_store.exception_note n
where n.since_run <= (select run_id from recredit_store.shown_run)
  and (n.until_run is null or n.until_run > (select run_id from recredit_store.shown_run))
  and not exists (
    select
    from recredit_store.decision closed
    where closed.refund_id = n.refund_id and closed.outcome = 'exception'
      and closed.until_run > n.since_run
      and closed.until_run <= (select run_id from recredit_store.shown_run)
      and not exists (
        select
        from recredit_store.decision still
        where still.refund_id = n.refund_id and still.since_run = closed.until_run and still.outcome = 'exception'));

-- What is true of an order, to be asked for one at a time: read as a whole they sort all captures.

-- Whose currency and country are the order's.
create or replace view recredit_store.oldest_capture as
select distinct on (order_id) order_id, capture_id, captured_at, purchase_country, purchase_currency
from recredit_store.shown_capture
order by order_id, captured_at, capture_id;

-- The shop's own number of the order: of its latest snapshot that gives one, else of its newest capture that does, else
-- of its newest refund.
create or replace view recredit_store.order_reference as
select distinct on (order_id) order_id, order_reference
from (
  select order_id, merchant_reference1 as order_reference, 0 as precedence, read_at as at, document_id as id
  from recredit_store.shown_document
  union all
  select order_id, merchant_reference1, 1, captured_at, capture_id
  from recredit_store.shown_capture
  union all
  select order_id, merchant_reference1, 2, refunded_at, refund_id
  from recredit_store.shown_refund
) given
where order_reference is not null
order by order_id, precedence, at desc, id desc;

-- Orders that have one invoice, and which it is.
create or replace view recredit_store.only_capture as
select order_id, min(capture_id) as capture_id
from recredit_store.shown_capture
group by order_id
having count(*) = 1;

-- What other orders say about a refund whose capture, or whose order's captures, were never read: looked up when it is
-- shown, since nothing that is read of another order decides this one anew. An id that is alike but for case is mostly
-- all in one of them.
create or replace view recredit_store.seen_elsewhere as
select
  d.refund_id,
  d.order_id,
  coalesce(
    (
      select format('Capture %s is one of order %s: check which of the two ids the refund should name.', c.capture_id, c.order_id)
      from recredit_store.shown_capture c
      where c.capture_id = r.capture_id and c.order_id <> d.order_id
    ),
    case when d.reason = 'NO_CAPTURE' then (
      select case meant.how
          when 1 then format('Order %s has captures, and its id is the same but for upper and lower case.', min(meant.order_id))
          else format('%s is the order reference of order %s, which has captures: a refund names the order_id.', d.order_id, min(meant.order_id))
        end
      from (
        select 1 as how, c.order_id from recredit_store.shown_capture c where c.order_id = lower(d.order_id)
        union all
        select 1, c.order_id from recredit_store.shown_capture c where c.order_id = upper(d.order_id)
        union all
        select 2, c.order_id from recredit_store.shown_capture c where c.merchant_reference1 collate "C" = d.order_id
      ) meant
      where not exists (select from recredit_store.shown_capture own where own.order_id = d.order_id)
      group by meant.how
      having count(distinct meant.order_id) = 1
      order by meant.how
      limit 1)
    end) as told
from recredit_store.shown_decision d
left join recredit_store.shown_refund r on r.refund_id = d.refund_id
where d.reason in ('CAPTURE_NOT_FOUND', 'NO_CAPTURE');
