-- What people did about an exception that is still open, in versions like a resolution, which is the end of it.
create table recredit_store.exception_note (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  status text not null check (status in ('open', 'asked', 'answered')),
  -- The number under which somebody, Klarna's support for instance, knows it.
  case_id text check (case_id <> ''),
  note text check (note <> ''),
  noted_by text not null check (noted_by <> ''),
  noted_at timestamptz not null,
  primary key (refund_id, since_run),
  check (until_run > since_run)
);

create unique index exception_note_in_force on recredit_store.exception_note (refund_id) where until_run is null;

-- A note is a run of its own, so that what was shown as of each run stays what it was.
alter table recredit_store.run drop constraint run_kind_check;
alter table recredit_store.run add constraint run_kind_check
  check (kind in ('nightly', 'rerun', 'resolution', 'note'));
