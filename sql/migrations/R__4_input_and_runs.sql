-- Where the results come from: the input as of the shown run (R__1), the runs, the policies and the reports.

create or replace view recredit.rejected_record as
select r.file_name, r.line_number, r.error, r.raw, r.kind, r.file_date, r.since_run as run_id
from recredit_store.rejected_record r
where r.since_run <= (select run_id from recredit_store.shown_run)
  and (r.until_run is null or r.until_run > (select run_id from recredit_store.shown_run))
union all
select r.file_name, r.row, r.error, r.raw, 'payouts', null, r.since_run
from recredit_store.payout_rejected r
where r.since_run <= (select run_id from recredit_store.shown_run)
  and (r.until_run is null or r.until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit.input_file as
select
  f.file_name, f.kind, f.file_date, f.sha256, f.lines, f.accepted, f.repeated, f.rejected, f.withdrawn, f.read_at,
  f.read_by, f.since_run as run_id, f.bytes, f.modified_at
from recredit_store.input_file f
where f.since_run <= (select run_id from recredit_store.shown_run)
  and (f.until_run is null or f.until_run > (select run_id from recredit_store.shown_run));

-- A run that holds no lock is not at work any more, whatever its row says: its process died before it could write so.
-- 8243104035950061940 is the bytes of "recredit"; see RunLock.
create or replace view recredit.run as
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
  r.failure, r.decided_on, r.spanning, r.ambiguous, r.return_fee_countries, r.time_zone, r.resolved, r.rules_version,
  r.made_by, r.captures_read, r.refunds_read, r.releases_read, r.repeated, r.rejected, r.withdrawn, r.orders_decided,
  r.refunds_decided, r.credited, r.excepted, r.written_off, r.duplicates, r.changed, r.orders_over_refunded,
  r.documents_read, r.evidence, r.refusals_read, r.events_read, r.other_events_read
from recredit_store.run r;

create or replace view recredit.skipped_day as
select file_date, skipped_by, skipped_at, note
from recredit_store.skipped_day;

create or replace view recredit.erased_order as
select order_id, erased_by, erased_at, note
from recredit_store.erased_order;

create or replace view recredit.pruning as
select before, whole_from_run, pruned_by, pruned_at, versions, rejected_lines, snapshots, took_something
from recredit_store.pruning;

create or replace view recredit.pull as
select pull_id, file_date, payouts_from, payouts_until, started_at, ended_at, documents, reports, not_had, calls
from recredit_store.pull;

create or replace view recredit.order_to_pull as
select order_id, failed_at, failure, forgotten_at
from recredit_store.order_to_pull;

create or replace view recredit.payout_to_pull as
select payment_reference, payout_date, failed_at, failure
from recredit_store.payout_to_pull
where pulled_at is null;

create or replace view recredit.policy as
select changed_at, changed_by, spanning, ambiguous, return_fee_countries, time_zone, resolved, evidence
from recredit_store.policy_change;

create or replace view recredit.report_register as
select
  p.report_id, f.file_name, f.rows, f.bytes, f.sha256, p.written_at, p.written_by, p.made_by, p.from_date, p.to_date,
  p.by_date, p.run_id, r.spanning, r.ambiguous, r.return_fee_countries, r.time_zone, r.resolved, p.is_whole,
  r.evidence
from recredit_store.report p
join recredit_store.report_file f on f.report_id = p.report_id
join recredit_store.run r on r.run_id = p.run_id;

-- As of a run: see R__2.

create or replace function recredit.rejected_record_as_of(run_id bigint) returns setof recredit.rejected_record
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.rejected_record;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.input_file_as_of(run_id bigint) returns setof recredit.input_file
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.input_file;
  perform set_config('recredit.as_of', before, true);
end $$;
