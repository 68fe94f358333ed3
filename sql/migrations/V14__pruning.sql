-- What was taken out since it is older than it has to be kept: what earlier readings of files said, rejected lines, and
-- snapshots that nothing is worked out from any more. Files of days before are not read again.
create table recredit_store.pruning (
  -- As of this run, and every later one, all that is shown is whole.
  whole_from_run bigint primary key,
  before date not null,
  pruned_by text not null,
  pruned_at timestamptz not null,
  versions bigint not null,
  rejected_lines bigint not null,
  snapshots bigint not null
);

alter table recredit_store.run drop constraint run_kind_check;
alter table recredit_store.run add constraint run_kind_check
  check (kind in ('nightly', 'rerun', 'resolution', 'note', 'migration', 'reopening', 'erasure', 'pruning'));
