-- Where a refund was put that Klarna's record shows elsewhere, or not on an invoice: both sides together are what Klarna is
-- asked to move. It stands here because under the policy evidence = follow the decision is the record's. Null where the
-- record shows the refund as it was decided or of another amount, or it was not credited; rows from before are made anew by the next run.
alter table recredit_store.refund_evidence
  add column decided_capture_id text[],
  add column decided_amount bigint[],
  add check ((decided_capture_id is null) = (decided_amount is null)),
  add check (cardinality(decided_capture_id) = cardinality(decided_amount));

-- What a snapshot says, as digests: to see that it says the same as the one before, without its texts. Of its captures
-- and refunds as input; and of where the refunds are.
alter table recredit_store.document
  add column said_of_captures uuid not null generated always as (
    md5(purchase_country || purchase_currency || coalesce(order_amount::text, '') || captures || coalesce(capture_lines, ''))::uuid) stored,
  add column said_of_refunds uuid not null generated always as (md5(refunds || coalesce(refund_lines, ''))::uuid) stored,
  add column said_of_places uuid not null generated always as (
    md5(captures || on_captures || refunds || coalesce(remaining_authorized_amount::text, ''))::uuid) stored;
