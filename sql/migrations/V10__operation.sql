-- What tells, without reading it, whether a file is still what was read; and what status looks up at any size.

-- Size and time of the file, which it had before it was read. Of files read before this they match none.
alter table recredit_store.run_file
  add column bytes bigint not null default -1,
  add column modified_at timestamptz not null default 'epoch';
alter table recredit_store.input_file
  add column bytes bigint not null default -1,
  add column modified_at timestamptz not null default 'epoch';

-- Days that were never read and whose files will never come, as somebody said.
create table recredit_store.skipped_day (
  file_date date primary key,
  skipped_by text not null,
  skipped_at timestamptz not null,
  note text
);

-- What a run newly credited, and what it found to be exceptions: counted when it is shown.
create table recredit_store.run_amount (
  run_id bigint not null references recredit_store.run,
  currency text,
  credited_amount numeric not null,
  excepted_amount numeric not null,
  unique nulls not distinct (run_id, currency)
);

create index decision_open_exception on recredit_store.decision (reason, currency, business_date)
  include (refunded_amount, since_run) where outcome = 'exception' and until_run is null;
create index refund_evidence_contradicted on recredit_store.refund_evidence (refund_id)
  where decided_capture_id is not null and until_run is null;
