-- What status and the metrics tell of, at any size: of what is shown, found by indexes and never by reading all of it. What
-- a run at work closes is shown until that run is.

create or replace view recredit.exception_total as
select d.reason, d.currency, d.business_date, count(*) as exceptions, sum(d.refunded_amount) as refunded_amount
from (
  select reason, currency, business_date, refunded_amount
  from recredit_store.decision
  where outcome = 'exception' and until_run is null and since_run <= (select run_id from recredit_store.shown_run)
  union all
  select reason, currency, business_date, refunded_amount
  from recredit_store.decision
  where outcome = 'exception' and until_run > (select run_id from recredit_store.shown_run)
    and since_run <= (select run_id from recredit_store.shown_run)
) d
group by d.reason, d.currency, d.business_date;

create or replace view recredit.contradicted_decision as
select refund_id, order_id, verdict, certainty
from recredit_store.refund_evidence
where decided_capture_id is not null and until_run is null and since_run <= (select run_id from recredit_store.shown_run)
union all
select refund_id, order_id, verdict, certainty
from recredit_store.refund_evidence
where decided_capture_id is not null and until_run > (select run_id from recredit_store.shown_run)
  and since_run <= (select run_id from recredit_store.shown_run);

create or replace view recredit.run_amount as
select run_id, currency, credited_amount, excepted_amount
from recredit_store.run_amount
where run_id in (select run_id from recredit.finished_run);

create or replace view recredit.tables_version as
select max(version::int) as version
from recredit_store.flyway_schema_history
where success and version is not null;
