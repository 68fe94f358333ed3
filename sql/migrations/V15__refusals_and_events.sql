-- What Klarna said beside what was refunded: refund requests that it refused, and events that its webhook told of.

alter table recredit_store.run
  add column refusals_read bigint not null default 0,
  add column events_read bigint not null default 0,
  -- Of them those that are about no refund.
  add column other_events_read bigint not null default 0;

alter table recredit_store.run_file drop constraint run_file_kind_check;
alter table recredit_store.run_file add constraint run_file_kind_check
  check (kind in ('captures', 'refunds', 'releases', 'orders', 'refusals', 'events'));
alter table recredit_store.input_file drop constraint input_file_kind_check;
alter table recredit_store.input_file add constraint input_file_kind_check
  check (kind in ('captures', 'refunds', 'releases', 'orders', 'refusals', 'events'));
alter table recredit_store.rejected_record drop constraint rejected_record_kind_check;
alter table recredit_store.rejected_record add constraint rejected_record_kind_check
  check (kind in ('captures', 'refunds', 'releases', 'orders', 'refusals', 'events'));

-- A refund request that Klarna answered with an error, in versions like all input. Its id is Klarna's correlation_id, else
-- its order and its time. From is_refund to order_lines it is what of the body that was sent could be read.
create table recredit_store.refusal (
  refusal_id text collate "C" not null,
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  counts boolean not null,
  line_number bigint not null check (line_number >= 1),
  order_id text collate "C" not null,
  attempted_at timestamptz not null,
  -- Whether all of the body could be read, as a refund.
  is_refund boolean not null,
  refund_id text,
  refunded_amount bigint check (refunded_amount >= 1),
  purchase_currency text check (octet_length(purchase_currency) = 3),
  capture_id text,
  reference text,
  description text,
  idempotency_key text,
  merchant_reference1 text,
  merchant_reference2 text,
  order_lines text,
  http_status bigint,
  error_code text,
  error_messages text[] not null,
  correlation_id text,
  check (not is_refund or refunded_amount is not null)
);

create index refusal_by_id on recredit_store.refusal using hash (refusal_id);
create index refusal_of_order on recredit_store.refusal using hash (order_id);
create index refusal_by_time on recredit_store.refusal (attempted_at);
create index refusal_as_it_came on recredit_store.refusal using brin (since_run, file_date);
create index refusal_until_run on recredit_store.refusal (until_run) where until_run is not null;
alter table recredit_store.refusal
  alter column order_lines set statistics 0,
  alter column error_messages set statistics 0,
  replica identity full;

-- What an event told: of one about a refund what it names, of any other its envelope alone. Most name an order.
create table recredit_store.event (
  event_id text collate "C" not null,
  file_date date not null,
  since_run bigint not null,
  until_run bigint,
  counts boolean not null,
  line_number bigint not null check (line_number >= 1),
  order_id text collate "C",
  event_type text not null,
  occurred_at timestamptz not null,
  refund_id text collate "C",
  refunded_amount bigint check (refunded_amount >= 1),
  correlation_id text
);

create index event_by_id on recredit_store.event using hash (event_id);
create index event_of_order on recredit_store.event using hash (order_id);
create index event_of_refund on recredit_store.event using hash (refund_id);
create index event_by_time on recredit_store.event (occurred_at) where event_type = 'payment.transaction.refunded';
create index event_as_it_came on recredit_store.event using brin (since_run, file_date);
create index event_until_run on recredit_store.event (until_run) where until_run is not null;
alter table recredit_store.event replica identity full;

create unlogged table recredit_store.refusal_staging (
  refusal_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  order_id text collate "C" not null,
  attempted_at timestamptz,
  is_refund boolean,
  refund_id text,
  refunded_amount bigint,
  purchase_currency text,
  capture_id text,
  reference text,
  description text,
  idempotency_key text,
  merchant_reference1 text,
  merchant_reference2 text,
  order_lines text,
  http_status bigint,
  error_code text,
  error_messages text[],
  correlation_id text,
  raw text
);

create unlogged table recredit_store.event_staging (
  event_id text collate "C" not null,
  file_date date not null,
  line_number bigint not null,
  order_id text collate "C",
  event_type text,
  occurred_at timestamptz,
  refund_id text collate "C",
  refunded_amount bigint,
  correlation_id text,
  raw text
);

-- What the rules alone say of a refused request that is a refund, in versions: match rule or reason. It stands beside
-- decisions, and is made with them, since it changes with all that is known of the order.
create table recredit_store.refusal_decision (
  refusal_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  order_id text collate "C" not null,
  would_be text not null,
  check (until_run > since_run),
  constraint refusal_decision_in_force exclude using hash (refusal_id with =) where (until_run is null)
);

create index refusal_decision_of_refusal on recredit_store.refusal_decision using hash (refusal_id);
create index refusal_decision_of_order on recredit_store.refusal_decision using hash (order_id);
create index refusal_decision_since_run on recredit_store.refusal_decision using brin (since_run);
create index refusal_decision_until_run on recredit_store.refusal_decision (until_run) where until_run is not null;
alter table recredit_store.refusal_decision replica identity full;

-- As of the other tables that runs write (V12).
do $$
declare
  name text;
begin
  foreach name in array array['refusal', 'event', 'refusal_decision'] loop
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
  foreach name in array array['refusal', 'event'] loop
    execute format(
      'create trigger counts_as_it_was_shown after update on recredit_store.%I
      for each row when (old.counts <> new.counts) execute function recredit_store.check_counts()', name);
  end loop;
end $$;
