-- The ledger: what was read, what was decided, by which run. What people read of it is made of views, in the repeatable
-- migrations R__….
--
-- Versions: what a run writes carries the run in since_run; what it replaces carries it in until_run. A row holds as of
-- run R where since_run <= R and (until_run is null or until_run > R). Runs go one at a time and an unfinished one is
-- undone before another starts, so the newest finished run alone says what people see: a run appears at the moment its
-- status becomes 'done', and takes everything it wrote along.
--
-- Keys: ids are random, and B-trees on random keys take most of a night's time, hash indexes a third of it. Those cannot
-- be unique: that a record is there once is the work of who writes it, and the proof looks. An index by what came last
-- (brin on since_run, partial on until_run) lets a run find, merge and undo its own rows without a look at the rest.
--
-- Texts that are compared or ordered are so by code point, whatever the database's own collation: collate "C". Amounts are
-- whole minor units (öre, cents).

-- Every run, with the policies it follows and what it came to.
create table recredit_store.run (
  -- Counted without gaps: people ask for the runs between, and a sequence leaves some out at a crash.
  run_id bigint primary key,
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
  -- Which rules decided: after a change of them every order is decided anew, after another version alone none.
  rules_version integer not null,
  -- What its sentences were made from: after other words exceptions are said anew, and none is decided.
  words text not null,
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

-- Who changed the policies, and to what. Append-only: the newest row is in force for the next run.
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

-- What the files say: a row per record and file, in versions. line_number is where a version was first read. A record
-- counts unless a file of a later day has the same id.
--
-- order_lines is a JSON array with an array for each line: reference, type, name, quantity, unit_price, tax_rate,
-- total_amount, total_tax_amount, exactly as the program writes it, which compares such texts; null where there are none.
-- As one text they take half of the time that a column per field takes, and a third of the room.
create table recredit_store.capture (
  capture_id text collate "C" not null,
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  counts boolean not null,
  line_number bigint not null check (line_number >= 1),
  order_id text collate "C" not null,
  captured_amount bigint not null check (captured_amount >= 1),
  captured_at timestamptz not null,
  purchase_country text not null check (octet_length(purchase_country) = 2),
  purchase_currency text not null check (octet_length(purchase_currency) = 3),
  order_amount bigint check (order_amount >= 0),
  klarna_reference text,
  reference text,
  merchant_reference1 text,
  merchant_reference2 text,
  order_lines text
);

create index capture_by_id on recredit_store.capture using hash (capture_id);
create index capture_of_order on recredit_store.capture using hash (order_id);
create index capture_as_it_came on recredit_store.capture using brin (since_run, file_date);
create index capture_until_run on recredit_store.capture (until_run) where until_run is not null;

create table recredit_store.refund (
  refund_id text collate "C" not null,
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  counts boolean not null,
  line_number bigint not null check (line_number >= 1),
  order_id text collate "C" not null,
  refunded_amount bigint not null check (refunded_amount >= 1),
  refunded_at timestamptz not null,
  purchase_currency text check (octet_length(purchase_currency) = 3),
  capture_id text collate "C",
  reference text,
  description text,
  idempotency_key text,
  merchant_reference1 text,
  merchant_reference2 text,
  order_lines text
);

create index refund_by_id on recredit_store.refund using hash (refund_id);
create index refund_of_order on recredit_store.refund using hash (order_id);
create index refund_by_time on recredit_store.refund (refunded_at);
create index refund_as_it_came on recredit_store.refund using brin (since_run, file_date);
create index refund_until_run on recredit_store.refund (until_run) where until_run is not null;

-- A release of the remaining authorization has no id but its order's.
create table recredit_store.release (
  order_id text collate "C" not null,
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  counts boolean not null,
  line_number bigint not null check (line_number >= 1),
  released_at timestamptz not null,
  primary key (order_id, file_date, since_run)
);

create index release_as_it_came on recredit_store.release using brin (since_run, file_date);
create index release_until_run on recredit_store.release (until_run) where until_run is not null;

-- No statistics of order lines: nothing is looked up by them, and autovacuum would sort thousands of them while a night is
-- at work.
alter table recredit_store.capture alter column order_lines set statistics 0;
alter table recredit_store.refund alter column order_lines set statistics 0;

-- The readings of files, in versions: a file is what its last complete reading says.
create table recredit_store.input_file (
  kind text not null check (kind in ('captures', 'refunds', 'releases')),
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  file_name text not null,
  sha256 text not null,
  -- The version of Recredit that read it: another one may read the same bytes differently.
  read_by text not null,
  lines bigint not null,
  accepted bigint not null,
  repeated bigint not null,
  rejected bigint not null,
  withdrawn bigint not null,
  read_at timestamptz not null,
  primary key (kind, file_date, since_run),
  check (lines = accepted + repeated + rejected)
);

create index input_file_until_run on recredit_store.input_file (until_run) where until_run is not null;

-- Lines that could not be accepted, in versions like the file they are in: never dropped in silence.
create table recredit_store.rejected_record (
  kind text not null check (kind in ('captures', 'refunds', 'releases')),
  file_date date not null,
  line_number bigint not null check (line_number >= 1),
  since_run bigint not null,
  until_run bigint,
  file_name text not null,
  error text not null,
  raw text not null,
  primary key (kind, file_date, line_number, since_run)
);

create index rejected_record_until_run on recredit_store.rejected_record (until_run) where until_run is not null;

-- Where a run puts the records that it must compare with what the tables hold: those of files that were read before, and
-- those that may repeat an earlier line of their file, whose raw is kept. All others go to the tables at once, not seen
-- before the run is. Unlogged: a crash of PostgreSQL empties all of these together, and the run that finds its row in
-- staging_of_run gone is undone, and reads anew.
create unlogged table recredit_store.staging_of_run (
  run_id bigint primary key,
  -- Its records have been brought into the tables: that happens once, however often the step is begun.
  applied boolean not null default false
);

-- What has been read of the run's files, written with what was read.
create unlogged table recredit_store.lines_read (
  kind text not null,
  file_date date not null,
  first_line bigint not null,
  last_line bigint not null check (last_line >= first_line),
  -- How many of them had something on them.
  lines bigint not null check (lines >= 1),
  primary key (kind, file_date, first_line)
);

create unlogged table recredit_store.capture_staging (
  capture_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  order_id text collate "C" not null,
  captured_amount bigint,
  captured_at timestamptz,
  purchase_country text,
  purchase_currency text,
  order_amount bigint,
  klarna_reference text,
  reference text,
  merchant_reference1 text,
  merchant_reference2 text,
  order_lines text,
  raw text
);

create unlogged table recredit_store.refund_staging (
  refund_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  order_id text collate "C" not null,
  refunded_amount bigint,
  refunded_at timestamptz,
  purchase_currency text,
  capture_id text collate "C",
  reference text,
  description text,
  idempotency_key text,
  merchant_reference1 text,
  merchant_reference2 text,
  order_lines text,
  raw text
);

create unlogged table recredit_store.release_staging (
  order_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  released_at timestamptz,
  raw text
);

-- What became of each refund, in versions: a row is written once; a later run that decides otherwise closes it and writes
-- another. Facts only: the sentences about an exception are in exception_text, invoice numbers and the shop's references in
-- capture and refund.
create table recredit_store.decision (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  order_id text collate "C" not null,
  outcome text not null check (outcome in ('credited', 'exception', 'written_off', 'duplicate')),
  currency text,
  refunded_amount bigint not null check (refunded_amount >= 1),
  refunded_at timestamptz not null,
  business_date date not null,
  match_rule text,
  -- What an accountant wrote off: of a credited refund the part that is on no invoice, else all of it.
  written_off_amount bigint,
  reason text,
  blocking_refund_id text,
  duplicate_of text,
  duplicate_of_amount bigint,
  check (until_run > since_run),
  check ((outcome = 'credited') = (match_rule is not null)),
  check (outcome <> 'credited' or currency is not null),
  check (
    case outcome
      when 'written_off' then coalesce(written_off_amount, 0) = refunded_amount
      when 'credited' then written_off_amount is null or written_off_amount between 1 and refunded_amount - 1
      else written_off_amount is null
    end),
  check ((outcome = 'exception') = (reason is not null)),
  check ((blocking_refund_id is not null) = (coalesce(reason, '') = 'PRIOR_ALLOCATION_FAILED')),
  check ((outcome = 'duplicate') = (duplicate_of is not null and duplicate_of_amount is not null)),
  -- A refund is decided at most once at a time.
  constraint decision_in_force exclude using hash (refund_id with =) where (until_run is null)
);

create index decision_of_refund on recredit_store.decision using hash (refund_id);
create index decision_of_order on recredit_store.decision using hash (order_id);
create index decision_of_business_date on recredit_store.decision (business_date);
create index decision_since_run on recredit_store.decision using brin (since_run);
create index decision_until_run on recredit_store.decision (until_run) where until_run is not null;

-- The credits of a credited decision: one per invoice. Both are written in one transaction and read together; a foreign
-- key would lock every decision once more, at a third of the time that deciding takes.
create table recredit_store.credit (
  refund_id text collate "C" not null,
  since_run bigint not null,
  capture_id text collate "C" not null,
  credited_amount bigint not null check (credited_amount >= 1),
  credited_tax_amount bigint,
  return_fee_amount bigint not null check (return_fee_amount >= 0)
);

create index credit_of_refund on recredit_store.credit using hash (refund_id);
create index credit_of_capture on recredit_store.credit using hash (capture_id);
create index credit_since_run on recredit_store.credit using brin (since_run);

-- What is said to people about an exception, in versions of their own: other words, or another room on an invoice that
-- only a sentence mentions, are no new decision and move no decided_on.
create table recredit_store.exception_text (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  explanation text not null,
  suggestion text not null,
  -- A resolution that would be accepted as it stands, where what is known leaves exactly one.
  proposed text,
  why_proposed text,
  check (until_run > since_run),
  check ((proposed is null) = (why_proposed is null)),
  constraint exception_text_in_force exclude using hash (refund_id with =) where (until_run is null)
);

create index exception_text_of_refund on recredit_store.exception_text using hash (refund_id);
create index exception_text_since_run on recredit_store.exception_text using brin (since_run);
create index exception_text_until_run on recredit_store.exception_text (until_run) where until_run is not null;
alter table recredit_store.exception_text
  alter column explanation set statistics 0,
  alter column suggestion set statistics 0,
  alter column why_proposed set statistics 0;

-- Without a key, a server that replicates all of its tables would refuse to close or undo their rows.
alter table recredit_store.capture replica identity full;
alter table recredit_store.refund replica identity full;
alter table recredit_store.decision replica identity full;
alter table recredit_store.credit replica identity full;
alter table recredit_store.exception_text replica identity full;

-- What accountants decided about exceptions, in versions: input, like the files. A resolution that is taken back is
-- superseded by one that says so.
create table recredit_store.resolution (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  kind text not null check (kind in ('by_hand', 'written_off', 'withdrawn')),
  resolved_amount bigint not null check (resolved_amount >= 1),
  -- The captures it was put on, with what each of them got.
  capture_id text[] not null,
  amount bigint[] not null,
  -- What was written off: of one by hand the part that is on no invoice, else all of it.
  written_off_amount bigint,
  note text not null check (note <> ''),
  resolved_by text not null check (resolved_by <> ''),
  resolved_at timestamptz not null,
  primary key (refund_id, since_run),
  check (until_run > since_run),
  check (cardinality(capture_id) = cardinality(amount)),
  check ((kind = 'by_hand') = (cardinality(capture_id) > 0)),
  check (
    case kind
      when 'written_off' then coalesce(written_off_amount, 0) = resolved_amount
      when 'by_hand' then written_off_amount is null or written_off_amount between 1 and resolved_amount - 1
      else written_off_amount is null
    end)
);

create unique index resolution_in_force on recredit_store.resolution (refund_id) where until_run is null;

-- The orders that the run at work decides anew, numbered, and the numbers that have been through the allocator: proof
-- that none was left out. Unlogged, and emptied together with the staging tables.
create unlogged table recredit_store.order_to_decide (
  n bigint primary key,
  order_id text collate "C" not null,
  -- There are decisions of it in force.
  decided boolean not null
);

create unlogged table recredit_store.decided_range (
  first_n bigint primary key,
  last_n bigint not null
);

-- The numbers whose orders have been proved, with what they came to.
create unlogged table recredit_store.proved_range (
  first_n bigint primary key,
  last_n bigint not null,
  refunds_decided bigint not null,
  credited bigint not null,
  excepted bigint not null,
  written_off bigint not null,
  duplicates bigint not null,
  orders_over_refunded bigint not null
);

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
