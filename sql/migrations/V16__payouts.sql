-- What Klarna paid out: settlement reports as they were read, which of them count, and which of their rows are which
-- refunds and captures (payouts.md).
--
-- A file's rows are written once and never again; parts, one for each payout in a file, say from which run to which its
-- rows and totals count. So that another file, or another reading, of a payout costs a few rows and not a million.

-- The files in payouts/ as they were last looked at.
create table recredit_store.payout_file (
  file_name text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  bytes bigint not null,
  modified_at timestamptz not null,
  sha256 text not null,
  -- The version of Recredit and the names of columns that it was read by: others may read the same bytes differently.
  read_by text not null,
  read_at timestamptz not null,
  transactions bigint not null,
  totals bigint not null,
  rejected bigint not null,
  -- Why it is no report, where it is none.
  complaint text,
  primary key (file_name, since_run)
);

create index payout_file_until_run on recredit_store.payout_file (until_run) where until_run is not null;

-- Rows of reports that could not be read; row 0 is a file's payouts that could not be told.
create table recredit_store.payout_rejected (
  file_name text collate "C" not null,
  row bigint not null check (row >= 0),
  since_run bigint not null,
  until_run bigint,
  error text not null,
  raw text not null,
  primary key (file_name, row, since_run)
);

create index payout_rejected_until_run on recredit_store.payout_rejected (until_run) where until_run is not null;

-- What a file says of one payout.
create table recredit_store.payout_part (
  payment_reference text collate "C" not null,
  file_name text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  -- The run that read the file: its rows in payout_row carry it.
  read_run bigint not null,
  payout_day date,
  payout_at timestamptz,
  currency text not null check (octet_length(currency) = 3),
  -- As the report has them, in the order of the columns of recredit.payout; null where it has no totals.
  totals bigint[],
  transactions bigint not null,
  -- Of a page of several: how many transactions are on those before.
  page_offset bigint,
  counts_totals boolean not null,
  counts_transactions boolean not null,
  primary key (payment_reference, file_name, since_run)
);

create index payout_part_of_file on recredit_store.payout_part using hash (file_name);
create index payout_part_since_run on recredit_store.payout_part (since_run);
create index payout_part_until_run on recredit_store.payout_part (until_run) where until_run is not null;

create table recredit_store.payout_row (
  payment_reference text collate "C" not null,
  file_name text collate "C" not null,
  since_run bigint not null,
  row bigint not null check (row >= 1),
  type text collate "C" not null,
  detailed_type text collate "C",
  -- As the report has it, in minor units: the signs are a setting of the account.
  amount bigint not null,
  currency text not null check (octet_length(currency) = 3),
  order_id text collate "C",
  capture_id text collate "C",
  refund_id text collate "C",
  order_reference text collate "C",
  capture_reference text collate "C",
  refund_reference text collate "C",
  captured_at timestamptz
);

-- A payout has many rows, and they come in this order.
create index payout_row_of_payout on recredit_store.payout_row (payment_reference, row);
create index payout_row_of_order on recredit_store.payout_row using hash (order_id);
create index payout_row_of_capture on recredit_store.payout_row using hash (capture_id);
create index payout_row_of_refund on recredit_store.payout_row using hash (refund_id);
create index payout_row_by_order_reference on recredit_store.payout_row using hash (order_reference);
create index payout_row_since_run on recredit_store.payout_row using brin (since_run);

-- The payouts, as the files that count have them.
create table recredit_store.payout (
  payment_reference text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  payout_day date,
  payout_at timestamptz,
  currency text not null,
  totals bigint[],
  -- Sizes of totals less rows, summed up.
  difference numeric,
  file_name text collate "C" not null,
  primary key (payment_reference, since_run)
);

create index payout_since_run on recredit_store.payout (since_run);
create index payout_until_run on recredit_store.payout (until_run) where until_run is not null;

-- What the rows of one type come to in a payout: whose sign is the type's usual one, and shown as plus.
create table recredit_store.payout_type (
  payment_reference text collate "C" not null,
  type text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  sign smallint not null check (sign in (1, -1)),
  transactions bigint not null,
  -- With the usual sign as plus; of the rows in the payout's currency.
  amount numeric not null,
  primary key (payment_reference, type, since_run)
);

create index payout_type_since_run on recredit_store.payout_type (since_run);
create index payout_type_until_run on recredit_store.payout_type (until_run) where until_run is not null;

-- Which row of a payout is which refund, which capture.
create table recredit_store.payout_match (
  what text not null check (what in ('REFUND', 'CAPTURE')),
  record_id text collate "C" not null,
  order_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  payment_reference text collate "C" not null,
  row bigint not null,
  -- As it is shown.
  amount bigint not null,
  currency text not null,
  matched_by text not null check (matched_by in ('ID', 'AMOUNT')),
  check (until_run > since_run)
);

create index payout_match_of_order on recredit_store.payout_match using hash (order_id);
create index payout_match_of_payout on recredit_store.payout_match (payment_reference, row);
create index payout_match_since_run on recredit_store.payout_match using brin (since_run);
create index payout_match_until_run on recredit_store.payout_match (until_run) where until_run is not null;

-- The id of the other of Klarna's two APIs, where a record brings both.
alter table recredit_store.capture add other_id text collate "C";
alter table recredit_store.refund add other_id text collate "C";
alter table recredit_store.capture_staging add other_id text;
alter table recredit_store.refund_staging add other_id text;
create index capture_by_other_id on recredit_store.capture using hash (other_id) where other_id is not null;
create index refund_by_other_id on recredit_store.refund using hash (other_id) where other_id is not null;

-- Where the run looks for reports; null where it reads no files.
alter table recredit_store.run add payouts_folder text;
-- After how many days what is in no payout is missing.
alter table recredit_store.run add payout_days integer not null default 14 check (payout_days >= 0);

do $$
declare
  name text;
begin
  foreach name in array array[
    'payout_file', 'payout_rejected', 'payout_part', 'payout', 'payout_type', 'payout_match'
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
end $$;

create trigger counts_as_it_was_shown after update on recredit_store.payout_part
  for each row when (
    old.counts_totals <> new.counts_totals or old.counts_transactions <> new.counts_transactions)
  execute function recredit_store.check_counts();
create trigger adds_to_run_at_work after insert on recredit_store.payout_row referencing new table as added
  for each statement execute function recredit_store.check_credits();
create trigger takes_of_run_at_work after delete on recredit_store.payout_row referencing old table as gone
  for each statement execute function recredit_store.check_gone();
