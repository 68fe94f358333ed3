-- Orders of which nothing that could be personal is kept: what was there is gone, and later readings leave it out.
create table recredit_store.erased_order (
  order_id text collate "C" primary key check (order_id <> ''),
  erased_by text not null,
  erased_at timestamptz not null,
  note text,
  -- The run that said anew what was said of it: the one that erased it, or, where that did not finish, a later one.
  said_anew_by bigint not null
);

alter table recredit_store.run drop constraint run_kind_check;
alter table recredit_store.run add constraint run_kind_check
  check (kind in ('nightly', 'rerun', 'resolution', 'note', 'migration', 'reopening', 'erasure'));
