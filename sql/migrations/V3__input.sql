-- What the files say: one row per record and file, in versions (see V2). line_number is where a version was first read. A record counts unless a file of a later day
-- has the same id. Lines are arrays, one per field, in the record's order; an array of nulls only is null. Texts that
-- are compared or ordered are so by code point, whatever the database's own collation: collate "C".

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
  line_reference text[],
  line_type text[],
  line_name text[],
  line_quantity bigint[],
  line_unit_price bigint[],
  line_tax_rate bigint[],
  line_total_amount bigint[],
  line_total_tax_amount bigint[]
);

-- Hash indexes take a third of the time of B-trees, which is most of a night's. They cannot be unique: that a record is
-- there once is the merge's work; the proof looks at it in the orders that are decided.
create index capture_by_id on recredit_store.capture using hash (capture_id);
create index capture_of_order on recredit_store.capture using hash (order_id);
-- What one run or file brought, found without a look at the rest: rows lie in the order in which they came.
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
  line_reference text[],
  line_type text[],
  line_name text[],
  line_quantity bigint[],
  line_unit_price bigint[],
  line_tax_rate bigint[],
  line_total_amount bigint[],
  line_total_tax_amount bigint[]
);

create index refund_by_id on recredit_store.refund using hash (refund_id);
create index refund_of_order on recredit_store.refund using hash (order_id);
create index refund_by_time on recredit_store.refund (refunded_at);
create index refund_as_it_came on recredit_store.refund using brin (since_run, file_date);
create index refund_until_run on recredit_store.refund (until_run) where until_run is not null;

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
  line_reference text[],
  line_type text[],
  line_name text[],
  line_quantity bigint[],
  line_unit_price bigint[],
  line_tax_rate bigint[],
  line_total_amount bigint[],
  line_total_tax_amount bigint[],
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
  line_reference text[],
  line_type text[],
  line_name text[],
  line_quantity bigint[],
  line_unit_price bigint[],
  line_tax_rate bigint[],
  line_total_amount bigint[],
  line_total_tax_amount bigint[],
  raw text
);

create unlogged table recredit_store.release_staging (
  order_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  released_at timestamptz,
  raw text
);
