-- What the commands read that a reader runs (report, explain, check, prove), beside the schema recredit: the store's
-- relations under their own names, so that a statement is the same whoever asks it; for the reader's sessions look for a
-- name in recredit_store, where they have no right, and then here. Without descriptions and the shop's second references,
-- which no command shows.

create or replace view recredit_read.run as select * from recredit_store.run;
create or replace view recredit_read.run_file as select * from recredit_store.run_file;
create or replace view recredit_read.shown_run as select * from recredit_store.shown_run;
create or replace view recredit_read.policy_change as select * from recredit_store.policy_change;

create or replace view recredit_read.capture as
select
  capture_id, file_date, since_run, until_run, counts, line_number, order_id, captured_amount, captured_at, purchase_country,
  purchase_currency, order_amount, klarna_reference, reference, merchant_reference1, order_lines
from recredit_store.capture;

create or replace view recredit_read.refund as
select
  refund_id, file_date, since_run, until_run, counts, line_number, order_id, refunded_amount, refunded_at, purchase_currency,
  capture_id, reference, idempotency_key, merchant_reference1, order_lines
from recredit_store.refund;

create or replace view recredit_read.release as select * from recredit_store.release;

create or replace view recredit_read.document as
select
  document_id, file_date, since_run, until_run, counts, line_number, order_id, read_at, purchase_country, purchase_currency,
  order_amount, captured_amount, refunded_amount, remaining_authorized_amount, merchant_reference1, klarna_reference,
  says_places, has_unnamed
from recredit_store.document;

create or replace view recredit_read.refusal as
select
  refusal_id, file_date, since_run, until_run, counts, line_number, order_id, attempted_at, correlation_id
from recredit_store.refusal;

create or replace view recredit_read.event as select * from recredit_store.event;

create or replace view recredit_read.shown_capture as select * from recredit_store.shown_capture;
create or replace view recredit_read.shown_refund as select * from recredit_store.shown_refund;
create or replace view recredit_read.shown_document as select * from recredit_store.shown_document;
create or replace view recredit_read.shown_event as select * from recredit_store.shown_event;
create or replace view recredit_read.shown_payout_returns as select * from recredit_store.shown_payout_returns;
create or replace view recredit_read.shown_evidence as select * from recredit_store.shown_evidence;
create or replace view recredit_read.seen_elsewhere as select * from recredit_store.seen_elsewhere;
create or replace view recredit_read.order_reference as select * from recredit_store.order_reference;
create or replace view recredit_read.decision as select * from recredit_store.decision;
create or replace view recredit_read.credit as select * from recredit_store.credit;
create or replace view recredit_read.exception_text as select * from recredit_store.exception_text;
create or replace view recredit_read.resolution as select * from recredit_store.resolution;
create or replace view recredit_read.book_line as select * from recredit_store.book_line;
create or replace view recredit_read.journal as select * from recredit_store.journal;
create or replace view recredit_read.closed_period as select * from recredit_store.closed_period;
create or replace view recredit_read.report as select * from recredit_store.report;
create or replace view recredit_read.report_file as select * from recredit_store.report_file;

-- Which rights the job's user and readers need on what is here. Whoever brings the tables along grants them, and a command
-- looks, before it works, whether its user has them.
create or replace view recredit_read.needed_right as
with readable (role, schema) as (
  values
    ('recredit_reader', 'recredit'), ('recredit_reader', 'recredit_read'),
    ('recredit_job', 'recredit'), ('recredit_job', 'recredit_read'), ('recredit_job', 'recredit_store'),
    ('recredit_job', 'recredit_batch')
), written (name, privilege, columns) as (
  select t.name, p.privilege, null
  from unnest(array[
    'capture', 'refund', 'release', 'document', 'input_file', 'rejected_record', 'decision', 'credit', 'exception_text',
    'rules_decision', 'refund_evidence', 'book_line', 'resolution', 'exception_note', 'refusal', 'event',
    'refusal_decision', 'payout_file', 'payout_rejected', 'payout_part', 'payout_row', 'payout', 'payout_type',
    'payout_match'
  ]) t (name) cross join unnest(array['insert', 'delete']) p (privilege)
  union all
  select name, 'insert', null
  from unnest(array[
    'run', 'run_file', 'run_amount', 'skipped_day', 'journal', 'closed_period', 'ledger_export', 'ledger_export_entry'
  ]) t (name)
  union all
  -- But for their numbers, which PostgreSQL counts.
  select t.name, 'insert', t.columns
  from (values
    ('policy_change', 'changed_at, changed_by, spanning, ambiguous, return_fee_countries, time_zone, resolved, evidence,'
      ' names_time_zone'),
    ('pull', 'file_date, payouts_from, payouts_until, started_at, ended_at, documents, reports, not_had, calls')
  ) t (name, columns)
  union all
  select t.name, 'update', t.columns
  from (values
    ('capture', 'until_run, counts'), ('refund', 'until_run, counts'), ('release', 'until_run, counts'),
    ('document', 'until_run, counts'), ('input_file', 'until_run, bytes, modified_at'), ('rejected_record', 'until_run'),
    ('decision', 'until_run'), ('exception_text', 'until_run'), ('rules_decision', 'until_run'),
    ('refund_evidence', 'until_run'), ('book_line', 'until_run'), ('resolution', 'until_run'),
    ('exception_note', 'until_run'), ('run_file', 'sha256, lines'),
    ('payout_file', 'until_run, bytes, modified_at'), ('payout_rejected', 'until_run'),
    ('payout_part', 'until_run, counts_totals, counts_transactions'), ('payout', 'until_run, difference'),
    ('payout_type', 'until_run'), ('payout_match', 'until_run'),
    ('refusal', 'until_run, counts'), ('event', 'until_run, counts'), ('refusal_decision', 'until_run'),
    ('erased_order', 'said_anew_by'),
    ('closed_period', 'reopened_run, reopened_by, reopened_at, reopened_note'),
    ('run', 'status, attempt, failure, ended_at, decided_on, captures_read, refunds_read, releases_read, documents_read,'
      ' repeated, rejected, withdrawn, orders_decided, refunds_decided, credited, excepted, written_off, duplicates, changed,'
      ' orders_over_refunded, refusals_read, events_read, other_events_read')
  ) t (name, columns)
  union all
  select t.name, p.privilege, null
  from unnest(array['order_to_pull', 'payout_to_pull']) t (name)
    cross join unnest(array['insert', 'update', 'delete']) p (privilege)
  union all
  select t.name, p.privilege, null
  from unnest(array[
    'staging_of_run', 'lines_read', 'capture_staging', 'refund_staging', 'release_staging', 'document_staging',
    'order_to_decide', 'decided_range', 'proved_range', 'refusal_staging', 'event_staging'
  ]) t (name) cross join unnest(array['insert', 'update', 'delete', 'truncate']) p (privilege)
)
select r.role, 'schema' as kind, n.oid as object, quote_ident(n.nspname) as name, 'usage' as privilege, null::text as columns
from readable r join pg_namespace n on n.nspname = r.schema
union all
select r.role, case c.relkind when 'S' then 'sequence' else 'table' end, c.oid, format('%I.%I', n.nspname, c.relname),
  'select', null
from readable r join pg_namespace n on n.nspname = r.schema join pg_class c on c.relnamespace = n.oid
where c.relkind in ('r', 'v', 'S')
union all
select 'recredit_job', 'table', c.oid, format('recredit_store.%I', c.relname), w.privilege, w.columns
from written w join pg_class c on c.relnamespace = 'recredit_store'::regnamespace and c.relname = w.name
union all
select 'recredit_job', 'table', c.oid, format('recredit_batch.%I', c.relname), p.privilege, null
from pg_class c cross join unnest(array['insert', 'update', 'delete']) p (privilege)
where c.relnamespace = 'recredit_batch'::regnamespace and c.relkind = 'r'
union all
select 'recredit_job', 'sequence', c.oid, format('recredit_batch.%I', c.relname), 'usage', null
from pg_class c where c.relnamespace = 'recredit_batch'::regnamespace and c.relkind = 'S'
union all
select r.role, 'function', f.oid, f.oid::regprocedure::text, 'execute', null
from (values
  ('recredit_reader', 'recredit_read', 'enter_report'), ('recredit_reader', 'recredit_read', 'enter_report_file'),
  ('recredit_reader', 'recredit_read', 'complete_report'), ('recredit_job', 'recredit_read', 'enter_report'),
  ('recredit_job', 'recredit_read', 'enter_report_file'), ('recredit_job', 'recredit_read', 'complete_report'),
  ('recredit_job', 'recredit_store', 'look_at'), ('recredit_job', 'recredit_store', 'summarize'),
  ('recredit_job', 'recredit_store', 'summarize_range'), ('recredit_job', 'recredit_store', 'hold_journal'),
  ('recredit_job', 'recredit_store', 'hold_exports')
) r (role, schema, name)
join pg_namespace n on n.nspname = r.schema
join pg_proc f on f.pronamespace = n.oid and f.proname = r.name
union all
-- What views and checks are made of is asked in the name of whoever reads or writes.
select r.role, 'function', f.oid, f.oid::regprocedure::text, 'execute', null
from (values ('recredit_reader'), ('recredit_job')) r (role)
cross join pg_proc f join pg_namespace n on n.oid = f.pronamespace
where f.prorettype <> 'trigger'::regtype
  and (n.nspname = 'recredit' or n.nspname = 'recredit_store' and (not f.prosecdef or f.proname = 'invoices'))
union all
select r.role, 'database', d.oid, quote_ident(d.datname), 'temporary', null
from (values ('recredit_reader'), ('recredit_job')) r (role) join pg_database d on d.datname = current_database();

-- Those of a role that somebody lacks, as a statement that grants would name them: truncate on table recredit_store.x.
create or replace function recredit_read.missing_right(role text, who name) returns table (missing text)
stable language sql as $$
  select n.privilege || coalesce(' (' || n.columns || ')', '') || ' on ' || n.kind || ' ' || n.name
  from recredit_read.needed_right n
  where n.role = missing_right.role and not case n.kind
    when 'schema' then has_schema_privilege(who, n.object, n.privilege)
    when 'sequence' then has_sequence_privilege(who, n.object, n.privilege)
    when 'function' then has_function_privilege(who, n.object, n.privilege)
    when 'database' then has_database_privilege(who, n.object, n.privilege)
    when 'table' then case
      when n.columns is null then has_table_privilege(who, n.object, n.privilege)
      else (
        select bool_and(has_column_privilege(who, n.object, name, n.privilege))
        from unnest(string_to_array(n.columns, ', ')) name)
      end
  end
$$;
