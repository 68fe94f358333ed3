-- What was fetched of Klarna's API, and what is still to be.

create table recredit_store.pull (
  pull_id bigint generated always as identity primary key,
  file_date date not null,
  -- Null where payouts were not asked for, or not all had.
  payouts_until date,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  documents bigint not null,
  reports bigint not null,
  not_had bigint not null,
  calls bigint not null
);

-- Orders whose documents are wanted: noted before they are asked for, gone once their documents are in a day's file.
create table recredit_store.order_to_pull (
  order_id text primary key,
  failed_at timestamptz,
  failure text
);
