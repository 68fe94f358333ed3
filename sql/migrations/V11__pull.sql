-- What was fetched of Klarna's API, and what is still to be.

create table recredit_store.pull (
  pull_id bigint generated always as identity primary key,
  -- Null where no file was made, since Klarna did not answer.
  file_date date,
  -- Since when payouts were asked for, and up to when all of them are known; null where not asked for, or not answered.
  payouts_from date,
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
  failure text,
  -- When somebody said that it is to be asked for no more.
  forgotten_at timestamptz
);

-- Payouts that Klarna listed: their reports are wanted until the orders in them are noted.
create table recredit_store.payout_to_pull (
  payment_reference text primary key,
  payout_date date,
  pulled_at timestamptz,
  failed_at timestamptz,
  failure text
);
