-- What reports are made of, and what is kept of them.

-- One row per accepted refund, with what became of it: what reports add up, by whichever day they ask for. A refund that
-- no decision mentions would stand here without an outcome.
create view recredit.refund_outcome_at_run as
select
  shown.run_id as shown_run,
  r.refund_id,
  r.order_id,
  coalesce(d.currency, r.purchase_currency) as currency,
  r.refunded_amount,
  d.outcome,
  d.match_rule,
  d.reason,
  credits.amount::bigint as credited_amount,
  r.refunded_at,
  d.business_date,
  made.decided_on,
  d.since_run as run_id
from recredit.finished_run shown
join recredit_store.refund r
  on r.since_run <= shown.run_id and (r.until_run is null or r.until_run > shown.run_id) and r.counts
left join recredit_store.decision d
  on d.refund_id = r.refund_id
  and d.since_run <= shown.run_id and (d.until_run is null or d.until_run > shown.run_id)
left join recredit_store.run made on made.run_id = d.since_run
left join lateral (
  select sum(k.credited_amount) as amount
  from recredit_store.credit k
  where k.refund_id = d.refund_id and k.since_run = d.since_run
) credits on true;

create view recredit.rejected_record_at_run as
select
  shown.run_id as shown_run,
  r.file_name, r.line_number, r.error, r.raw, r.kind, r.file_date, r.since_run as run_id
from recredit.finished_run shown
join recredit_store.rejected_record r
  on r.since_run <= shown.run_id and (r.until_run is null or r.until_run > shown.run_id);

create view recredit.input_file_at_run as
select
  shown.run_id as shown_run,
  f.file_name, f.kind, f.file_date, f.sha256, f.lines, f.accepted, f.repeated, f.rejected, f.withdrawn, f.read_at,
  f.read_by, f.since_run as run_id
from recredit.finished_run shown
join recredit_store.input_file f
  on f.since_run <= shown.run_id and (f.until_run is null or f.until_run > shown.run_id);

-- As in V5: the current relation and the function *_as_of take one run of the view.
do $$
declare
  relation text;
  columns text;
begin
  foreach relation in array array['refund_outcome', 'rejected_record', 'input_file'] loop
    select string_agg(attname, ', ' order by attnum) into columns
    from pg_attribute
    where attrelid = format('recredit.%I', relation || '_at_run')::regclass and attnum > 1;

    execute format(
      'create or replace view recredit.%1$I as select %2$s from recredit.%3$I
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

-- Every report that was written, and each of its files: what two that differ differ in.
create table recredit_store.report (
  report_id bigint generated always as identity primary key,
  written_at timestamptz not null,
  written_by text not null,
  made_by text not null,
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  by_date text not null check (by_date in ('business_date', 'decided_on')),
  run_id bigint not null references recredit_store.run
);

create table recredit_store.report_file (
  report_id bigint not null references recredit_store.report,
  file_name text not null,
  rows bigint,
  bytes bigint not null,
  sha256 text not null,
  primary key (report_id, file_name)
);

create index report_file_sha256 on recredit_store.report_file (sha256);

create view recredit.report_register as
select
  p.report_id, f.file_name, f.rows, f.bytes, f.sha256, p.written_at, p.written_by, p.made_by, p.from_date, p.to_date,
  p.by_date, p.run_id, r.spanning, r.ambiguous, r.return_fee_countries, r.time_zone, r.resolved
from recredit_store.report p
join recredit_store.report_file f on f.report_id = p.report_id
join recredit_store.run r on r.run_id = p.run_id;

-- The comments of V7 for the new ones; a column that has a namesake there says the same.
do $$
declare
  c record;
  said text;
begin
  create temporary table relation_comment (relation text primary key, said text) on commit drop;
  insert into relation_comment values
    ('refund_outcome', 'Every accepted refund with what became of it, one row per refund.'),
    ('rejected_record', 'Input lines that could not be accepted, of each file''s last reading.'),
    ('input_file', 'Each input file as it was last read.'),
    ('report_register', 'Every file of every report: by whom and when it was written, of which days, run and policies, and its SHA-256.');

  create temporary table column_comment (relation text, name text, said text, primary key (relation, name)) on commit drop;
  insert into column_comment values
    ('refund_outcome', 'outcome', 'credited, exception, written_off or duplicate.'),
    ('refund_outcome', 'match_rule', 'Why it was credited where it was.'),
    ('refund_outcome', 'reason', 'Why it could not be allocated.'),
    ('refund_outcome', 'credited_amount', 'The sum of its credits, in minor units; null where it has none.'),
    ('report_register', 'report_id', 'The number of the report, rising.'),
    ('report_register', 'file_name', 'The file, without its folder.'),
    ('report_register', 'rows', 'Its rows without the header; null where it has no rows.'),
    ('report_register', 'bytes', 'Its size.'),
    ('report_register', 'sha256', 'Of its bytes. The same data, days and version of Recredit make the same bytes.'),
    ('report_register', 'written_at', 'When it was written.'),
    ('report_register', 'written_by', 'By whom: user of the computer and of the database.'),
    ('report_register', 'made_by', 'The version of Recredit that wrote it.'),
    ('report_register', 'from_date', 'The first day reported on.'),
    ('report_register', 'to_date', 'The last day reported on.'),
    ('report_register', 'by_date', 'business_date or decided_on: which day of a refund counts.'),
    ('report_register', 'run_id', 'The run after which it shows everything.');

  for c in
    select k.relname as relation, a.attname as name, replace(k.relname, '_at_run', '') as plain
    from pg_class k
    join pg_attribute a on a.attrelid = k.oid and a.attnum > 0
    where k.relnamespace = 'recredit'::regnamespace and k.relkind = 'v'
      and col_description(k.oid, a.attnum) is null
  loop
    select coalesce(
      (select cc.said from column_comment cc where cc.relation = c.plain and cc.name = c.name),
      (
        select col_description(k.oid, a.attnum)
        from pg_class k
        join pg_attribute a on a.attrelid = k.oid and a.attname = c.name
        where k.relnamespace = 'recredit'::regnamespace and col_description(k.oid, a.attnum) is not null
        order by k.relname <> c.plain, k.relname
        limit 1
      )) into said;
    if said is null then
      raise exception 'recredit.%.% has no comment', c.relation, c.name;
    end if;
    execute format('comment on column recredit.%I.%I is %L', c.relation, c.name, said);
  end loop;

  for c in
    select k.relname as relation, rc.said
    from pg_class k
    join relation_comment rc on rc.relation = replace(k.relname, '_at_run', '')
    where k.relnamespace = 'recredit'::regnamespace and k.relkind = 'v'
  loop
    execute format('comment on view recredit.%I is %L', c.relation,
      c.said || case when c.relation like '%\_at\_run' then ' After every finished run; ask for one shown_run.' else '' end);
  end loop;
end $$;
