-- The books (rules.md, part 8): what each refund comes to, line by line, in versions like decisions; and the journal of
-- what changed, which is only ever added to.

-- A row per line; all lines of a refund are of one run. What the journal compares is account, capture, currency, tax,
-- business date, order and country; decision, order_reference and invoice_reference are what it shows of the run's entries.
create table recredit_store.book_line (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  order_id text collate "C" not null,
  n bigint not null,
  -- Of all lines of the refund, but for what people call things: whether a run came to the same.
  digest uuid not null,
  business_date date not null,
  purchase_country text,
  currency text,
  decision text not null,
  order_reference text,
  account text not null check (account in ('CREDIT', 'RETURN_FEE', 'UNALLOCATED', 'WRITE_OFF')),
  capture_id text collate "C",
  invoice_reference text,
  line_number bigint check (line_number >= 1),
  reference text,
  name text,
  type text,
  quantity bigint,
  tax_rate bigint check (tax_rate >= 0),
  amount bigint not null,
  tax_amount bigint,
  tax_source text not null check (tax_source in ('REFUND', 'CAPTURE', 'UNKNOWN', 'CONTRADICTORY')),
  check (until_run > since_run),
  check ((capture_id is not null) = (account in ('CREDIT', 'RETURN_FEE'))),
  check ((tax_rate is null) = (tax_amount is null)),
  check ((tax_rate is null) = (tax_source in ('UNKNOWN', 'CONTRADICTORY')))
);

create index book_line_of_refund on recredit_store.book_line using hash (refund_id);
create index book_line_since_run on recredit_store.book_line using brin (since_run);
create index book_line_until_run on recredit_store.book_line (until_run) where until_run is not null;
alter table recredit_store.book_line
  alter column name set statistics 0,
  alter column reference set statistics 0;
alter table recredit_store.book_line replica identity full;

-- One row per run and position that the run changed, with the difference.
create table recredit_store.journal (
  entry_id bigint primary key,
  posting_date date not null,
  run_id bigint not null,
  refund_id text collate "C" not null,
  order_id text collate "C" not null,
  order_reference text,
  purchase_country text,
  account text not null,
  capture_id text collate "C",
  invoice_reference text,
  decision text not null,
  tax_source text not null,
  currency text,
  tax_rate bigint,
  -- A difference of two amounts of 64 bits.
  amount numeric not null,
  tax_amount numeric,
  business_date date not null,
  -- Of the amount what is lines of type sales_tax, their own tax not counted: to a ledger it is tax.
  sales_tax_amount numeric not null,
  check ((tax_rate is null) = (tax_amount is null)),
  check (amount <> 0 or tax_amount <> 0 or sales_tax_amount <> 0)
);

create index journal_of_refund on recredit_store.journal using hash (refund_id);
create index journal_of_run on recredit_store.journal using brin (run_id);
create index journal_by_posting_date on recredit_store.journal using brin (posting_date);

-- Until when the books are closed. What is posted later goes into the days behind it. A closing is opened again by a run,
-- which posts what the days lack that counted as one.
create table recredit_store.closed_period (
  closing_id bigint primary key,
  until date not null,
  closed_by text not null,
  closed_at timestamptz not null,
  note text,
  -- Of all entries up to that day: how many, their sums by account and currency, and a SHA-256 over them.
  entries bigint not null,
  totals jsonb not null,
  sha256 text not null,
  reopened_run bigint,
  reopened_by text,
  reopened_at timestamptz,
  reopened_note text,
  check ((reopened_run is null) = (reopened_by is null)),
  check ((reopened_run is null) = (reopened_at is null))
);

-- What was written for a ledger, as it was written; and which entries are in it, each once for ever.
create table recredit_store.ledger_export (
  export_id bigint primary key,
  format text not null check (format in ('csv', 'sie4')),
  from_date date not null,
  to_date date not null,
  currency text,
  exported_by text not null,
  exported_at timestamptz not null,
  vouchers bigint not null,
  sha256 text not null,
  content bytea not null
);

create table recredit_store.ledger_export_entry (
  entry_id bigint primary key references recredit_store.journal,
  export_id bigint not null references recredit_store.ledger_export
);

create index ledger_export_entry_of_export on recredit_store.ledger_export_entry (export_id);

alter table recredit_store.run drop constraint run_kind_check;
alter table recredit_store.run add constraint run_kind_check
  check (kind in ('nightly', 'rerun', 'resolution', 'note', 'migration', 'reopening'));

-- By the day of deciding is no more; what it showed stays in the register.
alter table recredit_store.report drop constraint report_by_date_check;
alter table recredit_store.report add constraint report_by_date_check
  check (by_date in ('business_date', 'decided_on', 'posting_date'));

-- Whether somebody said the time zone, be it that it is the default: books are not closed before.
alter table recredit_store.policy_change add column names_time_zone boolean not null default false;
update recredit_store.policy_change set names_time_zone = true where time_zone <> 'UTC';

-- Whether the run wrote into the books: the first that does decides every order anew, and posts what was decided before.
alter table recredit_store.run add column keeps_books boolean not null default false;
