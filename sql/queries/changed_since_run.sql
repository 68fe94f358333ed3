-- What changed since a run: refund by refund what it was and what it is, in the order of the runs. Put the run's number
-- in place of 1.
select
  run_id,
  decided_on,
  change,
  refund_id,
  concat_ws(' ', outcome_before, reason_before, credits_before) as before,
  concat_ws(' ', outcome_after, reason_after, credits_after) as after
from recredit.run_change
where run_id > 1
order by run_id, refund_id;
