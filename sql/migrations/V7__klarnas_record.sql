-- Klarna's record: order documents as they were read at different times, what they say of where the refunds are, and what
-- in them is input because no file has it (rules.md, part 7).

alter table recredit_store.run add column documents_read bigint not null default 0;
alter table recredit_store.run add column evidence text not null default 'compare' check (evidence in ('compare', 'follow'));
alter table recredit_store.run alter column evidence drop default;
alter table recredit_store.policy_change
  add column evidence text not null default 'compare' check (evidence in ('compare', 'follow'));
alter table recredit_store.policy_change alter column evidence drop default;

alter table recredit_store.run_file drop constraint run_file_kind_check;
alter table recredit_store.run_file add constraint run_file_kind_check
  check (kind in ('captures', 'refunds', 'releases', 'orders'));
alter table recredit_store.input_file drop constraint input_file_kind_check;
alter table recredit_store.input_file add constraint input_file_kind_check
  check (kind in ('captures', 'refunds', 'releases', 'orders'));
alter table recredit_store.rejected_record drop constraint rejected_record_kind_check;
alter table recredit_store.rejected_record add constraint rejected_record_kind_check
  check (kind in ('captures', 'refunds', 'releases', 'orders'));

-- A snapshot: what the API returned for an order at a time, in versions like all input. Its id is both. What is compared
-- with other snapshots, and read whenever the order is decided, stands apart from what is large and rarely read:
--   captures        [{"id", "amount", "at", "invoice", "reference"}, ...], as input like a line of a captures file
--   capture_lines   [order lines or null, ...] of each capture, written as in the table capture; null where there are none
--   on_captures     [minor units or null, ...]: what of the refunds stands on each
--   refunds, refund_lines  likewise; "named" says whether the document gives the id
create table recredit_store.document (
  document_id text collate "C" not null,
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  counts boolean not null,
  line_number bigint not null check (line_number >= 1),
  order_id text collate "C" not null,
  read_at timestamptz not null,
  purchase_country text not null check (octet_length(purchase_country) = 2),
  purchase_currency text not null check (octet_length(purchase_currency) = 3),
  order_amount bigint check (order_amount >= 0),
  captured_amount bigint check (captured_amount >= 0),
  refunded_amount bigint check (refunded_amount >= 0),
  remaining_authorized_amount bigint check (remaining_authorized_amount >= 0),
  merchant_reference1 text,
  merchant_reference2 text,
  klarna_reference text,
  captures text not null,
  capture_lines text,
  on_captures text not null,
  refunds text not null,
  refund_lines text,
  -- Every capture says what stands on it; and whether some refund has no id of its own.
  says_places boolean not null,
  has_unnamed boolean not null
);

create index document_by_id on recredit_store.document using hash (document_id);
create index document_by_order_reference on recredit_store.document ((merchant_reference1 collate "C"))
  where merchant_reference1 is not null;
create index document_of_order on recredit_store.document using hash (order_id);
create index document_as_it_came on recredit_store.document using brin (since_run, file_date);
create index document_until_run on recredit_store.document (until_run) where until_run is not null;
alter table recredit_store.document
  alter column captures set statistics 0,
  alter column capture_lines set statistics 0,
  alter column on_captures set statistics 0,
  alter column refunds set statistics 0,
  alter column refund_lines set statistics 0;
alter table recredit_store.document replica identity full;

create unlogged table recredit_store.document_staging (
  document_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  order_id text collate "C" not null,
  read_at timestamptz,
  purchase_country text,
  purchase_currency text,
  order_amount bigint,
  captured_amount bigint,
  refunded_amount bigint,
  remaining_authorized_amount bigint,
  merchant_reference1 text,
  merchant_reference2 text,
  klarna_reference text,
  captures text,
  capture_lines text,
  on_captures text,
  refunds text,
  refund_lines text,
  says_places boolean,
  has_unnamed boolean,
  raw text
);

-- Captures and refunds that an order's latest snapshot has stand in capture and refund with the file date -infinity, as
-- if they came from a file before all others: of an id the record of the latest file counts, so a file's takes their
-- place, and where several orders' snapshots have the id the smallest order's counts.

-- What is said of a refund in the light of Klarna's record, in versions; and where the record shows it.
create table recredit_store.refund_evidence (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  order_id text collate "C" not null,
  verdict text not null check (verdict in (
    'NEWER', 'NOT_LISTED', 'UNDECIDED', 'ON_NO_INVOICE', 'AS_DECIDED', 'ELSEWHERE', 'LANDED')),
  certainty text check (certainty in ('PROVEN', 'INFERRED')),
  -- What the rules, or a resolution, said before the refund was followed: match rule or reason.
  decision text not null,
  explanation text not null,
  -- Where it is, with minor units; empty where it is on no invoice, and where its place is not known.
  capture_id text[] not null,
  amount bigint[] not null,
  check (until_run > since_run),
  check (cardinality(capture_id) = cardinality(amount)),
  constraint refund_evidence_in_force exclude using hash (refund_id with =) where (until_run is null)
);

create index refund_evidence_of_refund on recredit_store.refund_evidence using hash (refund_id);
create index refund_evidence_of_order on recredit_store.refund_evidence using hash (order_id);
create index refund_evidence_since_run on recredit_store.refund_evidence using brin (since_run);
create index refund_evidence_until_run on recredit_store.refund_evidence (until_run) where until_run is not null;
alter table recredit_store.refund_evidence replica identity full;
