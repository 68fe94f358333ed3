-- What was taken out since it is older than it has to be kept: versions of input that later readings replaced, rejected
-- lines, and snapshots that nothing is worked out from any more. Files of days before are not read again.
create table recredit_store.pruning (
  pruning_id bigint generated always as identity primary key,
  -- As of this run, and every later one, all that is shown is whole. Not unique: where the run did not finish, what it took
  -- out is gone, and in a backup its number is free again.
  whole_from_run bigint not null,
  before date not null,
  pruned_by text not null,
  pruned_at timestamptz not null,
  versions bigint not null,
  rejected_lines bigint not null,
  snapshots bigint not null,
  took_something boolean not null generated always as (versions + rejected_lines + snapshots > 0) stored
);

alter table recredit_store.run drop constraint run_kind_check;
alter table recredit_store.run add constraint run_kind_check
  check (kind in ('nightly', 'rerun', 'resolution', 'note', 'migration', 'reopening', 'erasure', 'pruning'));
