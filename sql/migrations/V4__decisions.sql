-- What became of each refund, in versions (see V2): a row is written once; a later run that decides otherwise closes it
-- with its own number in until_run and writes another.

create table recredit_store.decision (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  order_id text collate "C" not null,
  outcome text not null check (outcome in ('credited', 'exception', 'written_off', 'duplicate')),
  refund_reference text,
  currency text,
  refunded_amount bigint not null check (refunded_amount >= 1),
  refunded_at timestamptz not null,
  business_date date not null,
  match_rule text,
  reason text,
  explanation text,
  suggestion text,
  blocking_refund_id text,
  duplicate_of text,
  duplicate_of_amount bigint,
  primary key (refund_id, since_run),
  check (until_run > since_run),
  check ((outcome = 'credited') = (match_rule is not null)),
  check (outcome <> 'credited' or currency is not null),
  check ((outcome = 'exception') = (reason is not null and explanation is not null and suggestion is not null)),
  check ((blocking_refund_id is not null) = (coalesce(reason, '') = 'PRIOR_ALLOCATION_FAILED')),
  check ((outcome = 'duplicate') = (duplicate_of is not null and duplicate_of_amount is not null))
);

-- A refund is decided at most once at a time.
create unique index decision_in_force on recredit_store.decision (refund_id) where until_run is null;
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
  invoice_reference text not null,
  capture_reference text,
  credited_amount bigint not null check (credited_amount >= 1),
  credited_tax_amount bigint,
  return_fee_amount bigint not null check (return_fee_amount >= 0),
  primary key (refund_id, since_run, capture_id)
);

create index credit_of_capture on recredit_store.credit using hash (capture_id);
create index credit_since_run on recredit_store.credit using brin (since_run);

-- What accountants decided about exceptions, in versions (see V2): input, like the files. A resolution that is taken back
-- is superseded by one that says so.
create table recredit_store.resolution (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  kind text not null check (kind in ('by_hand', 'written_off', 'withdrawn')),
  resolved_amount bigint not null check (resolved_amount >= 1),
  capture_id text[] not null,
  amount bigint[] not null,
  note text not null check (note <> ''),
  resolved_by text not null check (resolved_by <> ''),
  resolved_at timestamptz not null,
  primary key (refund_id, since_run),
  check (until_run > since_run),
  check (cardinality(capture_id) = cardinality(amount)),
  check ((kind = 'by_hand') = (cardinality(capture_id) > 0))
);

create unique index resolution_in_force on recredit_store.resolution (refund_id) where until_run is null;

-- The orders that the run at work decides anew, numbered, and the numbers that have been through the allocator: proof
-- that none was left out. Unlogged, and emptied together with the staging tables.
create unlogged table recredit_store.touched_order (
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
