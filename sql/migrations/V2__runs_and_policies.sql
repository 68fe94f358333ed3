-- Runs and the policies they followed.
--
-- Everything a run writes carries the run in since_run, everything it replaces carries it in until_run. A row holds as
-- of run R where since_run <= R and (until_run is null or until_run > R). Runs go one at a time and an unfinished one is
-- undone before another starts, so the newest finished run alone says what people see: a run appears at the moment its
-- status becomes 'done'.

create table recredit_store.run (
  run_id bigint generated always as identity primary key,
  kind text not null check (kind in ('nightly', 'rerun', 'resolution')),
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  started_at timestamptz not null,
  ended_at timestamptz,
  status text not null check (status in ('running', 'failed', 'undone', 'done')),
  -- The day on which the run was shown.
  decided_on date check (status <> 'done' or decided_on is not null),
  failure text,
  -- The version of Recredit that began it: another one does not carry it on.
  made_by text not null,
  -- Counts the processes that worked on it: one that lost its lock, and was carried on by another, may write no more.
  attempt integer not null default 1,

  spanning text not null check (spanning in ('split', 'reject')),
  ambiguous text not null check (ambiguous in ('choose', 'reject')),
  return_fee_countries text[] not null,
  time_zone text not null,
  resolved text not null check (resolved in ('blocks', 'unblocks')),

  captures_read bigint not null default 0,
  refunds_read bigint not null default 0,
  releases_read bigint not null default 0,
  repeated bigint not null default 0,
  rejected bigint not null default 0,
  withdrawn bigint not null default 0,
  orders_decided bigint not null default 0,
  refunds_decided bigint not null default 0,
  credited bigint not null default 0,
  excepted bigint not null default 0,
  written_off bigint not null default 0,
  duplicates bigint not null default 0,
  changed bigint not null default 0,
  orders_over_refunded bigint not null default 0
);

-- At most one run is unfinished.
create unique index run_unfinished on recredit_store.run ((true)) where status in ('running', 'failed');
create index run_finished on recredit_store.run (run_id) where status = 'done';

-- The files a run reads, with what they held when it began: it carries on only over the very same bytes.
create table recredit_store.run_file (
  run_id bigint not null references recredit_store.run,
  kind text not null check (kind in ('captures', 'refunds', 'releases')),
  file_date date not null,
  path text not null,
  file_name text not null,
  sha256 text not null,
  -- The first of the day's file, again because it changed, or none because it did not.
  reading text not null check (reading in ('first', 'again', 'none')),
  -- How many lines it has, blank ones not counted, once its end was read.
  lines bigint,
  primary key (run_id, kind, file_date)
);

-- Append-only: the newest row is in force for the next run.
create table recredit_store.policy_change (
  change_id bigint generated always as identity primary key,
  changed_at timestamptz not null,
  changed_by text not null,
  spanning text not null check (spanning in ('split', 'reject')),
  ambiguous text not null check (ambiguous in ('choose', 'reject')),
  return_fee_countries text[] not null,
  time_zone text not null,
  resolved text not null check (resolved in ('blocks', 'unblocks'))
);
