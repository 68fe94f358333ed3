-- Nothing that was once reported is lost: what finished runs decided and changed, and what was changed in their input, up
-- to the shown run (R__1).

-- Every decision, with the run that superseded it.
create or replace view recredit.decision_history as
select
  d.refund_id,
  d.order_id,
  d.outcome,
  d.currency,
  d.refunded_amount,
  d.match_rule,
  (
    select string_agg(c.capture_id || ': ' || recredit.money(c.credited_amount, d.currency), ', ' order by c.capture_id)
    from recredit_store.credit c
    where c.refund_id = d.refund_id and c.since_run = d.since_run
  ) as credits,
  d.written_off_amount,
  d.reason,
  d.blocking_refund_id,
  -- The words that were shown last while the decision was in force, be they those of the decision before.
  (
    select t.explanation
    from recredit_store.exception_text t
    where t.refund_id = d.refund_id
      and d.outcome = 'exception'
      and t.since_run <= (select run_id from recredit_store.shown_run)
      and (d.until_run is null or t.since_run < d.until_run)
      and (t.until_run is null or t.until_run > d.since_run)
    order by t.since_run desc
    limit 1
  ) as explanation,
  d.duplicate_of,
  d.business_date,
  made.decided_on,
  made.run_id,
  superseding.decided_on as superseded_on,
  superseding.run_id as superseded_by
from recredit_store.decision d
join recredit_store.past_run made on made.run_id = d.since_run
left join recredit_store.past_run superseding on superseding.run_id = d.until_run;

-- Run by run what became new, changed or withdrawn, before and after. Other words alone are no change.
create or replace view recredit.run_change as
select
  after.run_id,
  after.decided_on,
  case when before.refund_id is null then 'new' else 'changed' end as change,
  after.refund_id,
  after.order_id,
  after.business_date,
  before.outcome as outcome_before,
  after.outcome as outcome_after,
  before.currency as currency_before,
  after.currency as currency_after,
  before.refunded_amount as refunded_amount_before,
  after.refunded_amount as refunded_amount_after,
  before.match_rule as match_rule_before,
  after.match_rule as match_rule_after,
  before.credits as credits_before,
  after.credits as credits_after,
  before.written_off_amount as written_off_amount_before,
  after.written_off_amount as written_off_amount_after,
  before.reason as reason_before,
  after.reason as reason_after,
  before.blocking_refund_id as blocking_refund_id_before,
  after.blocking_refund_id as blocking_refund_id_after
from recredit.decision_history after
left join recredit.decision_history before
  on before.refund_id = after.refund_id and before.superseded_by = after.run_id
union all
select
  before.superseded_by, before.superseded_on, 'withdrawn', before.refund_id, before.order_id, before.business_date,
  before.outcome, null, before.currency, null, before.refunded_amount, null, before.match_rule, null,
  before.credits, null, before.written_off_amount, null, before.reason, null, before.blocking_refund_id, null
from recredit.decision_history before
where before.superseded_by is not null
  and not exists (
    select from recredit_store.decision after
    where after.refund_id = before.refund_id and after.since_run = before.superseded_by);

-- An exception from the run that opened it to the one that closed it, whatever reasons it had meanwhile. A refund that
-- becomes an exception again opens another one.
create or replace view recredit.exception_history as
with decided as (
  select
    h.refund_id, h.order_id, h.currency, h.refunded_amount, h.reason, h.decided_on, h.run_id, h.superseded_on,
    h.superseded_by,
    lag(h.superseded_by) over (partition by h.refund_id order by h.run_id) is distinct from h.run_id as opens
  from recredit.decision_history h
  where h.outcome = 'exception'
), numbered as (
  select d.*, count(*) filter (where d.opens) over (partition by d.refund_id order by d.run_id) as episode
  from decided d
), exception as (
  select
    n.refund_id,
    max(n.order_id) as order_id,
    (array_agg(n.currency order by n.run_id desc))[1] as currency,
    (array_agg(n.refunded_amount order by n.run_id desc))[1] as refunded_amount,
    array_agg(n.reason order by n.run_id) as reasons,
    min(n.decided_on) as opened_on,
    min(n.run_id) as opened_by,
    (array_agg(n.superseded_on order by n.run_id desc))[1] as closed_on,
    (array_agg(n.superseded_by order by n.run_id desc))[1] as closed_by
  from numbered n
  group by n.refund_id, n.episode
)
select
  e.refund_id, e.order_id, e.currency, e.refunded_amount, e.reasons, e.opened_on, e.opened_by, e.closed_on, e.closed_by,
  case when e.closed_by is not null then
    coalesce(
      (select d.outcome from recredit_store.decision d where d.refund_id = e.refund_id and d.since_run = e.closed_by),
      'withdrawn')
  end as closed_as,
  coalesce(n.status, 'open') as status,
  n.case_id,
  n.note
from exception e
left join lateral (
  select x.status, x.case_id, x.note
  from recredit_store.exception_note x
  where x.refund_id = e.refund_id and x.since_run > e.opened_by
    and x.since_run < coalesce(e.closed_by, (select run_id + 1 from recredit_store.shown_run))
  order by x.since_run desc
  limit 1
) n on true;

-- What was ever done about an exception, with the run that noted something else.
create or replace view recredit.exception_note as
select
  n.refund_id, n.status, n.case_id, n.note, n.noted_by, n.noted_at, made.run_id, superseding.run_id as superseded_by
from recredit_store.exception_note n
join recredit_store.past_run made on made.run_id = n.since_run
left join recredit_store.past_run superseding on superseding.run_id = n.until_run;

-- What accountants decided about exceptions, with the run that superseded it.
create or replace view recredit.resolution as
select
  s.refund_id,
  s.kind,
  s.resolved_amount,
  s.capture_id,
  s.amount,
  s.written_off_amount,
  s.note,
  s.resolved_by,
  s.resolved_at,
  superseding.run_id is null and exists (
    select
    from recredit_store.shown_decision d
    where d.refund_id = s.refund_id and d.reason = 'RESOLUTION_VOID'
  ) as void,
  made.run_id,
  superseding.run_id as superseded_by,
  jsonb_strip_nulls(jsonb_build_object(
    'by_capture', recredit_store.by_capture(s.capture_id, s.amount), 'written_off', s.written_off_amount)) as amounts,
  rules.rules_decision,
  recredit_store.by_capture(rules.capture_id, rules.amount) as rules_amounts
from recredit_store.resolution s
join recredit_store.past_run made on made.run_id = s.since_run
left join recredit_store.past_run superseding on superseding.run_id = s.until_run
left join recredit_store.shown_rules_decision rules
  on rules.refund_id = s.refund_id and superseding.run_id is null and s.kind <> 'withdrawn';

-- A record of the input as its file had it: without what the ledger adds, its order lines with their fields' names.
create or replace function recredit_store.content(record jsonb) returns jsonb language sql immutable parallel safe as $$
  select jsonb_strip_nulls(record || jsonb_build_object('order_lines', (
    select jsonb_agg(
      jsonb_build_object(
        'reference', line -> 0, 'type', line -> 1, 'name', line -> 2, 'quantity', line -> 3, 'unit_price', line -> 4,
        'tax_rate', line -> 5, 'total_amount', line -> 6, 'total_tax_amount', line -> 7)
      order by n)
    from jsonb_array_elements((record ->> 'order_lines')::jsonb) with ordinality lines (line, n))))
$$;

-- Input that a run corrected or withdrew: the record that counted before and the one that counts since, each with the
-- file and line it was read from. "delivered again" is the same content in a file of another day. What documents brought
-- changes with them, and is not told here.
create or replace view recredit_store.changed_record as
select
  'capture' as kind, before.capture_id as id, before.order_id, before.until_run as run_id,
  before.file_date as date_before, before.since_run as read_before, before.line_number as line_before,
  after.file_date as date_after, after.since_run as read_after, after.line_number as line_after,
  to_jsonb(before) as before, to_jsonb(after) as after
from recredit_store.capture before
left join recredit_store.capture after
  on after.capture_id = before.capture_id and after.since_run = before.until_run and after.counts and after.file_date > '-infinity'
where before.counts and before.until_run is not null and before.file_date > '-infinity'
union all
select
  'refund', before.refund_id, before.order_id, before.until_run,
  before.file_date, before.since_run, before.line_number,
  after.file_date, after.since_run, after.line_number,
  to_jsonb(before), to_jsonb(after)
from recredit_store.refund before
left join recredit_store.refund after
  on after.refund_id = before.refund_id and after.since_run = before.until_run and after.counts and after.file_date > '-infinity'
where before.counts and before.until_run is not null and before.file_date > '-infinity'
union all
select
  'release', before.order_id, before.order_id, before.until_run,
  before.file_date, before.since_run, before.line_number,
  after.file_date, after.since_run, after.line_number,
  to_jsonb(before), to_jsonb(after)
from recredit_store.release before
left join recredit_store.release after
  on after.order_id = before.order_id and after.since_run = before.until_run and after.counts
where before.counts and before.until_run is not null
union all
select
  'refusal', before.refusal_id, before.order_id, before.until_run,
  before.file_date, before.since_run, before.line_number,
  after.file_date, after.since_run, after.line_number,
  to_jsonb(before), to_jsonb(after)
from recredit_store.refusal before
left join recredit_store.refusal after
  on after.refusal_id = before.refusal_id and after.since_run = before.until_run and after.counts
where before.counts and before.until_run is not null
union all
select
  'event', before.event_id, before.order_id, before.until_run,
  before.file_date, before.since_run, before.line_number,
  after.file_date, after.since_run, after.line_number,
  to_jsonb(before), to_jsonb(after)
from recredit_store.event before
left join recredit_store.event after
  on after.event_id = before.event_id and after.since_run = before.until_run and after.counts
where before.counts and before.until_run is not null;

create or replace view recredit.input_change as
select
  r.run_id,
  shown.decided_on,
  case
    when content.after is null then 'withdrawn'
    when content.before = content.after then 'delivered again'
    else 'corrected'
  end as change,
  r.kind,
  r.id,
  r.order_id,
  file_before.file_name as file_before,
  r.line_before,
  file_after.file_name as file_after,
  r.line_after,
  recredit_store.content(content.before) as before,
  recredit_store.content(content.after) as after
from recredit_store.past_run shown
join recredit_store.changed_record r on r.run_id = shown.run_id
cross join lateral (
  select jsonb_strip_nulls(r.before) - ledger as before, jsonb_strip_nulls(r.after) - ledger as after
  from (values (array['since_run', 'until_run', 'counts', 'line_number', 'file_date'])) v (ledger)
) content
left join recredit_store.input_file file_before
  on file_before.kind = r.kind || 's' and file_before.file_date = r.date_before
  and file_before.since_run <= r.read_before
  and (file_before.until_run is null or file_before.until_run > r.read_before)
left join recredit_store.input_file file_after
  on file_after.kind = r.kind || 's' and file_after.file_date = r.date_after
  and file_after.since_run <= r.read_after
  and (file_after.until_run is null or file_after.until_run > r.read_after);
