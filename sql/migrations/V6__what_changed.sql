-- What each run changed, of the decisions and of the input, and what became of each exception. Finished runs only, like
-- everything that people read (see V5).

-- Run by run what became new, changed or withdrawn, before and after.
create view recredit.run_change as
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
  before.reason as reason_before,
  after.reason as reason_after,
  before.explanation as explanation_before,
  after.explanation as explanation_after
from recredit.decision_history after
left join recredit.decision_history before
  on before.refund_id = after.refund_id and before.superseded_by = after.run_id
union all
select
  before.superseded_by, before.superseded_on, 'withdrawn', before.refund_id, before.order_id, before.business_date,
  before.outcome, null, before.currency, null, before.refunded_amount, null, before.match_rule, null,
  before.credits, null, before.reason, null, before.explanation, null
from recredit.decision_history before
where before.superseded_by is not null
  and not exists (
    select from recredit_store.decision after
    where after.refund_id = before.refund_id and after.since_run = before.superseded_by);

-- An exception from the run that opened it to the one that closed it, whatever reasons it had meanwhile. A refund that
-- becomes an exception again opens another one.
create view recredit.exception_history as
with decided as (
  select
    h.*,
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
  e.*,
  case when e.closed_by is not null then
    coalesce(
      (select d.outcome from recredit_store.decision d where d.refund_id = e.refund_id and d.since_run = e.closed_by),
      'withdrawn')
  end as closed_as
from exception e;

-- Input that a run corrected or withdrew: the record that counted before and the one that counts since, each with the
-- file and line it was read from. "delivered again" is the same content in a file of another day.
do $$
declare
  kind record;
  parts text[] := '{}';
begin
  for kind in
    select * from (values ('capture', 'capture_id'), ('refund', 'refund_id'), ('release', 'order_id')) k (name, id)
  loop
    parts := parts || format(
      $view$
      select
        before.until_run as run_id,
        shown.decided_on,
        case
          when after.%2$I is null then 'withdrawn'
          when content.before = content.after then 'delivered again'
          else 'corrected'
        end as change,
        %1$L as kind,
        before.%2$I as id,
        before.order_id,
        file_before.file_name as file_before,
        before.line_number as line_before,
        file_after.file_name as file_after,
        after.line_number as line_after,
        content.before,
        content.after
      from recredit.finished_run shown
      join recredit_store.%1$I before on before.until_run = shown.run_id and before.counts
      left join recredit_store.%1$I after
        on after.%2$I = before.%2$I and after.since_run = before.until_run and after.counts
      cross join lateral (
        select
          jsonb_strip_nulls(to_jsonb(before)) - versioning as before,
          jsonb_strip_nulls(to_jsonb(after)) - versioning as after
        from (values (array['since_run', 'until_run', 'counts', 'line_number', 'file_date'])) v (versioning)
      ) content
      left join recredit_store.input_file file_before
        on file_before.kind = %1$L || 's' and file_before.file_date = before.file_date
        and file_before.since_run <= before.since_run
        and (file_before.until_run is null or file_before.until_run > before.since_run)
      left join recredit_store.input_file file_after
        on file_after.kind = %1$L || 's' and file_after.file_date = after.file_date
        and file_after.since_run <= after.since_run
        and (file_after.until_run is null or file_after.until_run > after.since_run)
      $view$,
      kind.name, kind.id);
  end loop;
  execute 'create view recredit.input_change as ' || array_to_string(parts, ' union all ');
end $$;
