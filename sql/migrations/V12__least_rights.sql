-- What the job's user may not do, whatever it asks (operation.md, "Roles"). It inserts rows of the run at work, closes
-- what is in force for it, and takes back what an unfinished run did; rows of finished runs, the journal, closings and
-- exports stay what they are. Triggers see to it, so that the statements need not be known: functions of the owner's with
-- a search path of their own. They cost a bulk load nothing that could be measured beside its indexes, since the
-- conditions of the row triggers are looked at while a row is written, and none is kept. Which rights the roles have on
-- which object is listed in recredit_read.needed_right.

-- The run at work, and the one that this transaction shows; 0 where there is none. Of a session, set by whatever it writes.
create unlogged sequence recredit_store.run_at_work minvalue 0;
create unlogged sequence recredit_store.run_shown_here minvalue 0;

-- Locked until the transaction ends: until then the run is neither shown nor undone.
create function recredit_store.find_run_at_work() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.setval('recredit_store.run_at_work', coalesce((
    select run_id from recredit_store.run where status in ('running', 'failed') for share), 0));
  return null;
end $$;

-- Only whoever changed its row knows the transaction's number in it.
create function recredit_store.find_run_shown_here() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.setval('recredit_store.run_shown_here', coalesce((
    select run_id from recredit_store.run
    where status = 'done' and xmin = pg_catalog.pg_current_xact_id()::xid
    order by run_id desc limit 1), 0));
  return null;
end $$;

-- The owner prunes, erases and restores.
create function recredit_store.may_rewrite() returns boolean stable language sql set search_path = '' as $$
  select pg_catalog.pg_has_role(relowner, 'usage') from pg_catalog.pg_class where oid = 'recredit_store.run'::regclass
$$;

create function recredit_store.refuse() returns trigger language plpgsql set search_path = '' as $$
begin
  raise insufficient_privilege using
    message = format('%s may not %s rows of %I that are not of the run at work', current_user, lower(tg_op), tg_table_name);
end $$;

do $$
declare
  name text;
  at_work constant text := 'currval(''recredit_store.run_at_work'')';
  shown constant text := 'currval(''recredit_store.run_shown_here'')';
begin
  foreach name in array array[
    'capture', 'refund', 'release', 'document', 'input_file', 'rejected_record', 'decision', 'exception_text', 'rules_decision',
    'refund_evidence', 'book_line', 'resolution', 'exception_note'
  ] loop
    execute format(
      'create trigger of_run before insert or update or delete on recredit_store.%I
      for each statement execute function recredit_store.find_run_at_work()', name);
    execute format(
      'create trigger only_of_run_at_work after insert on recredit_store.%I
      for each row when ((new.since_run <> %2$s or %2$s = 0 or new.until_run is not null) and not recredit_store.may_rewrite())
      execute function recredit_store.refuse()', name, at_work);
    -- What is in force, or was until the run at work.
    execute format(
      'create trigger only_by_run_at_work after update on recredit_store.%I
      for each row when (not (coalesce(old.until_run, %2$s) = %2$s and coalesce(new.until_run, %2$s) = %2$s
          and (%2$s > 0 or old.until_run is not distinct from new.until_run)) and not recredit_store.may_rewrite())
      execute function recredit_store.refuse()', name, at_work);
    execute format(
      'create trigger only_what_was_never_shown after delete on recredit_store.%I
      for each row when ((old.since_run <> %2$s or %2$s = 0) and not recredit_store.may_rewrite())
      execute function recredit_store.refuse()', name, at_work);
  end loop;
  -- Whether a record counts is history too, once it was shown.
  foreach name in array array['capture', 'refund', 'release', 'document'] loop
    execute format(
      'create trigger counts_as_it_was_shown after update of counts on recredit_store.%I
      for each row when ((old.since_run <> %2$s or %2$s = 0) and not recredit_store.may_rewrite())
      execute function recredit_store.refuse()', name, at_work);
  end loop;
  -- Credits belong to their decision, and are closed with it.
  execute 'create trigger of_run before insert or delete on recredit_store.credit
    for each statement execute function recredit_store.find_run_at_work()';
  execute format(
    'create trigger only_of_run_at_work after insert on recredit_store.credit
    for each row when ((new.since_run <> %1$s or %1$s = 0) and not recredit_store.may_rewrite())
    execute function recredit_store.refuse()', at_work);
  execute format(
    'create trigger only_what_was_never_shown after delete on recredit_store.credit
    for each row when ((old.since_run <> %1$s or %1$s = 0) and not recredit_store.may_rewrite())
    execute function recredit_store.refuse()', at_work);
  execute 'create trigger of_run before insert or update on recredit_store.run_file
    for each statement execute function recredit_store.find_run_at_work()';
  execute format(
    'create trigger only_of_run_at_work after insert or update on recredit_store.run_file
    for each row when ((new.run_id <> %1$s or %1$s = 0) and not recredit_store.may_rewrite())
    execute function recredit_store.refuse()', at_work);
  foreach name in array array['journal', 'run_amount'] loop
    execute format(
      'create trigger of_run before insert on recredit_store.%I
      for each statement execute function recredit_store.find_run_shown_here()', name);
    execute format(
      'create trigger only_of_run_shown_here after insert on recredit_store.%I
      for each row when ((new.run_id <> %2$s or %2$s = 0) and not recredit_store.may_rewrite())
      execute function recredit_store.refuse()', name, shown);
  end loop;
end $$;

-- A run begins at work, behind all others; and is what it was once it is over.
create function recredit_store.begin_run() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status <> 'running' or new.run_id <= (
      select coalesce(max(run_id), 0) from recredit_store.run where run_id <> new.run_id) then
    raise insufficient_privilege using message = 'A run begins at work, and behind all others';
  end if;
  return null;
end $$;

create trigger begins_at_work after insert on recredit_store.run
  for each row when (not recredit_store.may_rewrite()) execute function recredit_store.begin_run();
create trigger over_is_over after update on recredit_store.run
  for each row when (old.status in ('done', 'undone') and not recredit_store.may_rewrite())
  execute function recredit_store.refuse();

-- The owner opens closed days; that it was undone with the run that did so, anybody may write down who undoes the run.
create trigger of_run before update on recredit_store.closed_period
  for each statement execute function recredit_store.find_run_at_work();
create trigger closes after insert on recredit_store.closed_period
  for each row when (new.reopened_run is not null and not recredit_store.may_rewrite())
  execute function recredit_store.refuse();
create trigger opened_by_the_owner after update on recredit_store.closed_period
  for each row when ((old.reopened_run is distinct from currval('recredit_store.run_at_work') or new.reopened_run is not null)
    and not recredit_store.may_rewrite())
  execute function recredit_store.refuse();

-- What only an owner may, for the tables here.

create function recredit_store.look_at(table_name text, columns text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  execute format(
    'analyze recredit_store.%I (%s)', table_name,
    (select string_agg(quote_ident(btrim(name)), ', ') from unnest(string_to_array(columns, ',')) name));
end $$;

create function recredit_store.summarize(brin regclass) returns integer
language sql security definer set search_path = '' as $$
  select pg_catalog.brin_summarize_new_values(c.oid)
  from pg_catalog.pg_class c where c.oid = brin and c.relnamespace = 'recredit_store'::regnamespace
$$;

create function recredit_store.summarize_range(brin regclass, block bigint) returns integer
language sql security definer set search_path = '' as $$
  select pg_catalog.brin_summarize_range(c.oid, block)
  from pg_catalog.pg_class c where c.oid = brin and c.relnamespace = 'recredit_store'::regnamespace
$$;

-- Until the transaction ends nothing is posted, or nothing else exported.
create function recredit_store.hold_journal() returns void language sql security definer set search_path = '' as $$
  lock table recredit_store.journal in share mode
$$;

create function recredit_store.hold_exports() returns void language sql security definer set search_path = '' as $$
  lock table recredit_store.ledger_export in share row exclusive mode
$$;

-- What the commands need that a reader runs: views of the store under the names of its relations, in R__4_reading; and the
-- register of reports, which only these functions write.
create schema recredit_read;

create function recredit_read.enter_report(
  written_at timestamptz, written_by text, made_by text, from_date date, to_date date, by_date text, run_id bigint)
returns bigint language plpgsql security definer set search_path = '' as $$
declare
  entered bigint;
begin
  -- Until the transaction ends: two reports must not take the same number.
  lock table recredit_store.report in share row exclusive mode;
  insert into recredit_store.report (
    report_id, written_at, written_by, made_by, from_date, to_date, by_date, run_id, is_whole)
  values (
    (select coalesce(max(r.report_id), 0) + 1 from recredit_store.report r), enter_report.written_at,
    enter_report.written_by || ' (' || session_user || ')', enter_report.made_by, enter_report.from_date,
    enter_report.to_date, enter_report.by_date, enter_report.run_id, false)
  returning report_id into entered;
  return entered;
end $$;

create function recredit_read.enter_report_file(report_id bigint, file_name text, rows bigint, bytes bigint, sha256 text)
returns void language sql security definer set search_path = '' as $$
  insert into recredit_store.report_file (report_id, file_name, rows, bytes, sha256)
  select r.report_id, $2, $3, $4, $5 from recredit_store.report r where r.report_id = $1 and not r.is_whole
$$;

create function recredit_read.complete_report(report_id bigint) returns void
language sql security definer set search_path = '' as $$
  update recredit_store.report r set is_whole = true where r.report_id = $1
$$;

revoke execute on all functions in schema recredit_read from public;
revoke execute on function
  recredit_store.look_at, recredit_store.summarize, recredit_store.summarize_range, recredit_store.hold_journal,
  recredit_store.hold_exports
from public;
