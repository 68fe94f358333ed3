-- What a refused request says of its own order and time, and what is wrong in it. Refusals read before have neither; a
-- reading of their files brings it.
alter table recredit_store.refusal
  add column request_order_id text,
  add column request_refunded_at timestamptz,
  -- Sentences, as of a rejected line.
  add column request_faults text,
  add constraint refusal_request_faults_check check (request_faults is null or not is_refund);
alter table recredit_store.refusal
  alter column request_faults set statistics 0;

alter table recredit_store.refusal_staging
  add column request_order_id text,
  add column request_refunded_at timestamptz,
  add column request_faults text;

-- What people look for an event by, beside its own id.
create index event_by_correlation on recredit_store.event using hash (correlation_id) where correlation_id is not null;
