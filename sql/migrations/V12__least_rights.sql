-- What the job's user may not do, whatever it asks (operation.md, "Roles"). It inserts rows of the run at work, marks rows
-- in force as ended by that run, and takes back what an unfinished run did; rows of finished runs, the journal, closings
-- and exports stay what they are. Triggers see to it, over all rows of a statement when it ends, so that the statements
-- need not be known. They look up themselves which run is at work and lock it until the transaction ends: nothing that a
-- statement computes on its way can tell them otherwise. Which rights the roles have on which object is listed in
-- recredit_read.needed_right.
--
-- Every function here names its schemas, and looks for nothing in pg_temp before pg_catalog: there whoever asks could
-- have put types and casts of his own.

-- Whether what is asked is asked by the owner, who rewrites: erases, opens closed days. Not by a definer: it is the user
-- at work who is meant.
create function recredit_store.may_rewrite() returns boolean
stable language sql set search_path = pg_catalog, pg_temp as $$
  select pg_has_role(relowner, 'usage') from pg_catalog.pg_class
  where oid = 'recredit_store.run'::pg_catalog.regclass
$$;

-- The unfinished run, locked: until the transaction ends it is neither shown nor undone. Null where there is none.
create function recredit_store.run_at_work() returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  select run_id from recredit_store.run where status in ('running', 'failed') for share
$$;

-- The run that this transaction shows: its row carries this transaction's number. (A savepoint has a number of its own, so
-- nothing is posted behind one.) Null where there is none.
create function recredit_store.run_shown_here() returns bigint
stable language sql set search_path = pg_catalog, pg_temp as $$
  select run_id from recredit_store.run
  where status = 'done' and xmin = pg_current_xact_id()::pg_catalog.xid
  order by run_id desc limit 1
$$;

create function recredit_store.refuse(told text) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise insufficient_privilege using message = told;
end $$;

create function recredit_store.check_added() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  at_work constant bigint := recredit_store.run_at_work();
begin
  if exists (select from added where since_run is distinct from at_work or until_run is not null)
      and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may add to %I only what is of the run at work', current_user, tg_table_name));
  end if;
  return null;
end $$;

-- Credits belong to their decision, and end with it.
create function recredit_store.check_credits() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  at_work constant bigint := recredit_store.run_at_work();
begin
  if exists (select from added where since_run is distinct from at_work) and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may add to %I only what is of the run at work', current_user, tg_table_name));
  end if;
  return null;
end $$;

-- What is in force, or was until the run at work, is ended by it, or not any more.
create function recredit_store.check_changed() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  at_work constant bigint := recredit_store.run_at_work();
begin
  if exists (
      select from before where until_run is distinct from at_work and until_run is not null
      union all
      select from after where until_run is distinct from at_work and until_run is not null) and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(
      format('%s may change in %I only until when something holds, for the run at work', current_user, tg_table_name));
  end if;
  return null;
end $$;

create function recredit_store.check_gone() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  at_work constant bigint := recredit_store.run_at_work();
begin
  if exists (select from gone where since_run is distinct from at_work) and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may take out of %I only what is of the run at work', current_user, tg_table_name));
  end if;
  return null;
end $$;

-- Whether a record counts is history too, once it was shown.
create function recredit_store.check_counts() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.since_run is distinct from recredit_store.run_at_work() and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may not say anew which rows of %I count', current_user, tg_table_name));
  end if;
  return null;
end $$;

create function recredit_store.check_files_of_run() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  at_work constant bigint := recredit_store.run_at_work();
begin
  if exists (select from written where run_id is distinct from at_work) and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may write down files of the run at work only', current_user));
  end if;
  return null;
end $$;

create function recredit_store.check_amounts_of_run() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  shown constant bigint := recredit_store.run_shown_here();
begin
  if exists (select from added where run_id is distinct from shown) and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may count only the run that this transaction shows', current_user));
  end if;
  return null;
end $$;

-- Behind all entries, without gaps, on open days, of the run that is shown with them. Whoever closes waits for whoever
-- posts, and the other way round; a snapshot from before would not see what was closed meanwhile.
create function recredit_store.check_posted() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  shown constant bigint := recredit_store.run_shown_here();
  closed constant date := (
    select max(until) from recredit_store.closed_period c
    where not exists (select from recredit_store.run r where r.run_id = c.reopened_run and r.status = 'done'));
  first bigint;
  last bigint;
  entries bigint;
begin
  if recredit_store.may_rewrite() then
    return null;
  end if;
  select min(entry_id), max(entry_id), count(*) into first, last, entries from added;
  if current_setting('transaction_isolation') <> 'read committed' or exists (select from added where run_id is distinct from shown or posting_date <= closed)
      or entries > 0 and (last - first + 1 <> entries
        or first <> coalesce((select max(entry_id) from recredit_store.journal where entry_id < first), 0) + 1
        or last <> (select max(entry_id) from recredit_store.journal)) then
    perform recredit_store.refuse(format(
      '%s may post only what the run posts that this transaction shows, behind all entries and on open days', current_user));
  end if;
  return null;
end $$;

-- A run begins at work, behind all others; and is what it was once it is over. Looked at before it is written: nothing
-- must see it otherwise, not even for a moment.
create function recredit_store.check_run() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if recredit_store.may_rewrite() then
    return new;
  elsif tg_op = 'UPDATE' then
    if old.status in ('done', 'undone') then
      perform recredit_store.refuse(format('Run %s is over, and %s may not change it', old.run_id, current_user));
    elsif new.status = 'undone' and exists (
        select from recredit_store.closed_period where reopened_run = new.run_id) then
      perform recredit_store.refuse(format('Run %s opened days that are not closed again', new.run_id));
    end if;
  elsif new.status <> 'running' or new.run_id <> coalesce((select max(run_id) from recredit_store.run), 0) + 1 then
    perform recredit_store.refuse(format('%s may begin the next run only', current_user));
  end if;
  return new;
end $$;

-- The owner opens closed days; that this is undone together with its run, whoever undoes that writes down.
create function recredit_store.check_closing() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if recredit_store.may_rewrite() then
    return new;
  elsif tg_op = 'UPDATE' then
    if old.reopened_run is null or old.reopened_run is distinct from recredit_store.run_at_work()
        or new.reopened_run is not null then
      perform recredit_store.refuse(format('%s may not open what is closed', current_user));
    end if;
    return new;
  end if;
  perform recredit_store.hold_journal();
  if new.reopened_run is not null
      or new.closing_id <> coalesce((select max(closing_id) from recredit_store.closed_period), 0) + 1
      or new.until <= (select max(until) from recredit_store.closed_period where reopened_run is null) then
    perform recredit_store.refuse(format('%s may close later days only', current_user));
  end if;
  return new;
end $$;

-- An export is the next one, and whole when its transaction ends.
create function recredit_store.check_export() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.export_id <> coalesce((select max(export_id) from recredit_store.ledger_export), 0) + 1
      and not recredit_store.may_rewrite() then
    perform recredit_store.refuse(format('%s may write the next export only', current_user));
  end if;
  return new;
end $$;

create function recredit_store.check_exported() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not recredit_store.may_rewrite() and exists (
      select from added a join recredit_store.ledger_export e using (export_id)
      where e.xmin <> pg_current_xact_id()::pg_catalog.xid) then
    perform recredit_store.refuse(format('%s may not add to an export that was written before', current_user));
  end if;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array[
    'capture', 'refund', 'release', 'document', 'input_file', 'rejected_record', 'decision', 'exception_text',
    'rules_decision', 'refund_evidence', 'book_line', 'resolution', 'exception_note'
  ] loop
    execute format(
      'create trigger adds_to_run_at_work after insert on recredit_store.%I referencing new table as added
      for each statement execute function recredit_store.check_added()', name);
    execute format(
      'create trigger takes_of_run_at_work after delete on recredit_store.%I referencing old table as gone
      for each statement execute function recredit_store.check_gone()', name);
    execute format(
      'create trigger ends_by_run_at_work after update on recredit_store.%I
      referencing old table as before new table as after
      for each statement execute function recredit_store.check_changed()', name);
  end loop;
  foreach name in array array['capture', 'refund', 'release', 'document'] loop
    execute format(
      'create trigger counts_as_it_was_shown after update on recredit_store.%I
      for each row when (old.counts <> new.counts) execute function recredit_store.check_counts()', name);
  end loop;
end $$;

create trigger adds_to_run_at_work after insert on recredit_store.credit referencing new table as added
  for each statement execute function recredit_store.check_credits();
create trigger takes_of_run_at_work after delete on recredit_store.credit referencing old table as gone
  for each statement execute function recredit_store.check_gone();
create trigger files_of_run_at_work after insert on recredit_store.run_file referencing new table as written
  for each statement execute function recredit_store.check_files_of_run();
create trigger looks_at_files_of_run_at_work after update on recredit_store.run_file referencing new table as written
  for each statement execute function recredit_store.check_files_of_run();
create trigger counts_run_shown_here after insert on recredit_store.run_amount referencing new table as added
  for each statement execute function recredit_store.check_amounts_of_run();
create trigger posts_run_shown_here after insert on recredit_store.journal referencing new table as added
  for each statement execute function recredit_store.check_posted();
create trigger is_next_or_unfinished before insert or update on recredit_store.run
  for each row execute function recredit_store.check_run();
create trigger closes_later_days before insert or update on recredit_store.closed_period
  for each row execute function recredit_store.check_closing();
create trigger is_next before insert on recredit_store.ledger_export
  for each row execute function recredit_store.check_export();
create trigger exports_once after insert on recredit_store.ledger_export_entry referencing new table as added
  for each statement execute function recredit_store.check_exported();

-- What only an owner may, for the tables here.

create function recredit_store.look_at(table_name text, columns text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  execute format(
    'analyze recredit_store.%I (%s)', table_name,
    (select string_agg(quote_ident(btrim(name)), ', ') from unnest(string_to_array(columns, ',')) name));
end $$;

create function recredit_store.summarize(brin regclass) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select pg_catalog.brin_summarize_new_values(c.oid)
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = brin and n.nspname = 'recredit_store'
$$;

create function recredit_store.summarize_range(brin regclass, block bigint) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select pg_catalog.brin_summarize_range(c.oid, block)
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = brin and n.nspname = 'recredit_store'
$$;

-- Until the transaction ends nothing is posted; and nothing else exported. What is read behind it is read with a snapshot
-- of its own, so their transactions are read committed.
create function recredit_store.hold_journal() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  lock table recredit_store.journal in share mode
$$;

create function recredit_store.hold_exports() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  lock table recredit_store.ledger_export in share row exclusive mode;
  lock table recredit_store.journal in share mode
$$;

-- What the commands need that a reader runs: views of the store under the names of its relations, in R__4_reading; and the
-- register of reports, which only these functions write, each for its own user.
create schema recredit_read;

create function recredit_read.enter_report(
  written_at timestamptz, written_by text, made_by text, from_date date, to_date date, by_date text, run_id bigint)
returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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

-- In the transaction that enters the report.
create function recredit_read.enter_report_file(report_id bigint, file_name text, rows bigint, bytes bigint, sha256 text)
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into recredit_store.report_file (report_id, file_name, rows, bytes, sha256)
  select r.report_id, $2, $3, $4, $5 from recredit_store.report r
  where r.report_id = $1 and r.xmin = pg_current_xact_id()::pg_catalog.xid
$$;

create function recredit_read.complete_report(report_id bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update recredit_store.report r set is_whole = true
  where r.report_id = $1 and right(r.written_by, length(session_user) + 3) = ' (' || session_user || ')'
$$;

revoke execute on all functions in schema recredit_read from public;
revoke execute on function
  recredit_store.look_at, recredit_store.summarize, recredit_store.summarize_range, recredit_store.hold_journal,
  recredit_store.hold_exports
from public;
