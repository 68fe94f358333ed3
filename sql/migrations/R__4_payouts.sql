-- What Klarna paid out beside what was refunded and captured (payouts.md), as of the shown run (R__1).

-- The business date of a moment, by the shown run's policy.
create or replace view recredit_store.shown_payout as
select
  p.payment_reference,
  coalesce(p.payout_day, (p.payout_at at time zone shown.time_zone)::date) as payout_date,
  p.currency, p.totals, p.difference, p.file_name
from recredit_store.payout p
cross join (
  select time_zone from recredit_store.run where run_id = (select run_id from recredit_store.shown_run)
) shown
where p.since_run <= (select run_id from recredit_store.shown_run)
  and (p.until_run is null or p.until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit_store.shown_payout_match as
select what, record_id, order_id, payment_reference, row, amount, currency, matched_by
from recredit_store.payout_match
where since_run <= (select run_id from recredit_store.shown_run)
  and (until_run is null or until_run > (select run_id from recredit_store.shown_run));

-- The rows that count, with the usual sign of their type in the payout as plus.
create or replace view recredit_store.shown_payout_row as
select
  r.payment_reference, r.row, r.type, r.detailed_type, r.amount::numeric * t.sign as amount, r.currency, r.order_id,
  r.capture_id, r.refund_id, r.order_reference, r.capture_reference, r.refund_reference, r.captured_at,
  -- What it can be of: payments that Klarna makes good or takes back are nobody's refunds.
  case
    when r.type = 'RETURN' and r.detailed_type is distinct from 'PAYMENT_DEFAULT' then 'REFUND'
    when r.type = 'SALE' then 'CAPTURE'
  end as what
from recredit_store.payout_part p
join recredit_store.payout_row r
  on r.payment_reference = p.payment_reference and r.file_name = p.file_name and r.since_run = p.read_run
join recredit_store.payout_type t on t.payment_reference = r.payment_reference and t.type = r.type
where p.counts_transactions
  and p.since_run <= (select run_id from recredit_store.shown_run)
  and (p.until_run is null or p.until_run > (select run_id from recredit_store.shown_run))
  and t.since_run <= (select run_id from recredit_store.shown_run)
  and (t.until_run is null or t.until_run > (select run_id from recredit_store.shown_run));

-- The same of the run at work, which matches them.
create or replace view recredit_store.payout_row_in_force as
select
  r.payment_reference, r.row, r.amount::numeric * t.sign as amount, r.currency, r.order_id, r.capture_id, r.refund_id,
  r.order_reference, case r.type when 'RETURN' then r.refund_reference else r.capture_reference end as reference,
  y.payout_day, y.payout_at,
  case r.type when 'RETURN' then 'REFUND' else 'CAPTURE' end as what,
  r.ctid as place
from recredit_store.payout_part p
join recredit_store.payout_row r
  on r.payment_reference = p.payment_reference and r.file_name = p.file_name and r.since_run = p.read_run
join recredit_store.payout_type t on t.payment_reference = r.payment_reference and t.type = r.type
join recredit_store.payout y on y.payment_reference = p.payment_reference
where p.counts_transactions and p.until_run is null and t.until_run is null and y.until_run is null
  and (r.type = 'RETURN' and r.detailed_type is distinct from 'PAYMENT_DEFAULT' or r.type = 'SALE');

create or replace view recredit.payout_file as
select
  f.file_name, f.bytes, f.modified_at, f.sha256, f.transactions, f.totals, f.rejected, f.complaint, f.read_at, f.read_by,
  f.since_run as run_id
from recredit_store.payout_file f
where f.since_run <= (select run_id from recredit_store.shown_run)
  and (f.until_run is null or f.until_run > (select run_id from recredit_store.shown_run));

create or replace view recredit.payout as
select
  payment_reference, payout_date, currency,
  abs(totals[13]) as settlement_amount,
  abs(totals[1]) as sale_amount,
  abs(totals[2]) as return_amount,
  abs(totals[3]) as fee_amount,
  abs(totals[4]) as fee_correction_amount,
  abs(totals[5]) as reversal_amount,
  abs(totals[6]) as commission_amount,
  abs(totals[7]) as charge_amount,
  abs(totals[8]) as credit_amount,
  abs(totals[9]) as repay_amount,
  abs(totals[10]) as holdback_amount,
  abs(totals[11]) as release_amount,
  abs(totals[12]) as tax_amount,
  abs(totals[14]) as opening_debt_balance_amount,
  abs(totals[15]) as closing_debt_balance_amount,
  abs(totals[16]) as deposit_amount,
  abs(totals[17]) as fee_refund_amount,
  difference,
  file_name
from recredit_store.shown_payout;

create or replace view recredit.payout_transaction as
select
  payment_reference, row, type, detailed_type, amount, currency, order_id, capture_id, refund_id, order_reference,
  refund_reference, captured_at, capture_reference
from recredit_store.shown_payout_row;

-- A record's rows are added up; its payout is that of the first.
create or replace view recredit_store.shown_paid as
select
  m.what, m.record_id, m.order_id,
  (array_agg(m.payment_reference order by p.payout_date, m.payment_reference, m.row))[1] as payment_reference,
  min(p.payout_date) as payout_date,
  (array_agg(m.row order by p.payout_date, m.payment_reference, m.row))[1] as row,
  sum(m.amount) as amount,
  case when min(m.currency) = max(m.currency) then min(m.currency) end as currency,
  min(m.currency) = max(m.currency) as is_of_one_currency,
  min(m.matched_by) as matched_by,
  max(p.payout_date) as last_payout_date,
  count(*) as rows
from recredit_store.shown_payout_match m
join recredit_store.shown_payout p on p.payment_reference = m.payment_reference
group by m.what, m.record_id, m.order_id;

-- What can be in a payout: refunds and captures.
create or replace view recredit_store.shown_payable as
select
  'REFUND' as what, 'RETURN' as type, 'Refund' as called, d.refund_id as id, d.refund_id, null::text as capture_id,
  d.order_id, d.refunded_amount as amount, d.currency, d.business_date, d.duplicate_of
from recredit_store.shown_decision d
union all
select
  'CAPTURE', 'SALE', 'Capture', c.capture_id, null, c.capture_id, c.order_id, c.captured_amount, c.purchase_currency,
  (c.captured_at at time zone (
    select time_zone from recredit_store.run where run_id = (select run_id from recredit_store.shown_run)))::date,
  null
from recredit_store.shown_capture c;

create or replace view recredit.refund_payout as
select
  s.refund_id, s.order_id, p.payment_reference, p.payout_date, p.amount, p.matched_by, s.currency,
  s.amount as refunded_amount, s.business_date, p.currency as paid_currency
from recredit_store.shown_payable s
left join recredit_store.shown_paid p on p.what = s.what and p.record_id = s.id and p.order_id = s.order_id
where s.what = 'REFUND';

create or replace view recredit.capture_payout as
select
  s.capture_id, s.order_id, p.payment_reference, p.payout_date, p.amount, p.matched_by, s.currency,
  s.amount as captured_amount, s.business_date, p.currency as paid_currency
from recredit_store.shown_payable s
left join recredit_store.shown_paid p on p.what = s.what and p.record_id = s.id and p.order_id = s.order_id
where s.what = 'CAPTURE';

-- Between which payouts of a currency something can be missing.
create or replace view recredit_store.shown_payout_range as
select
  currency, min(payout_date) as oldest, max(payout_date) as newest,
  max(payout_date) - (select payout_days from recredit_store.run where run_id = (select run_id from recredit_store.shown_run))
    as due
from recredit_store.shown_payout
where payout_date is not null
group by currency;

create or replace view recredit_store.shown_payout_difference as
select
  s.type || '_AMOUNT' as kind, p.payment_reference, p.row, p.payout_date, s.order_id, s.refund_id, s.capture_id,
  p.currency, p.amount, s.amount as expected_amount,
  format(
    '%s %s is of %s, and %s %s of it.', s.called, s.id, recredit.money(s.amount, s.currency),
    case p.rows when 1 then format('payout %s has', p.payment_reference) else format('%s rows have', p.rows) end,
    case when p.is_of_one_currency then recredit.money(p.amount, p.currency) else 'more than one currency' end)
    as explanation,
  format(
    'Look at %s: where the file of %ss is right, ask Klarna about the difference.', (
      select string_agg(
        format('row %s of the report of payout %s', m.row, m.payment_reference), ', ' order by m.payment_reference, m.row)
      from (
        select payment_reference, row
        from recredit_store.shown_payout_match
        where what = p.what and record_id = p.record_id and order_id = p.order_id
        order by payment_reference, row
        limit 5
      ) m),
    lower(s.called)) as suggestion,
  s.business_date, null::text as order_reference, s.currency as expected_currency, p.last_payout_date
from recredit_store.shown_paid p
join recredit_store.shown_payable s on s.what = p.what and s.id = p.record_id and s.order_id = p.order_id
where p.amount <> s.amount or p.currency <> s.currency or not p.is_of_one_currency
union all
select
  r.type || '_UNKNOWN', r.payment_reference, r.row, y.payout_date, r.order_id, r.refund_id, r.capture_id, r.currency, r.amount,
  null,
  format(
    'Payout %s %s %s%s%s, and no file has a %s that this could be.', r.payment_reference,
    case r.type when 'RETURN' then 'returns' else 'pays' end, recredit.money(r.amount, r.currency),
    coalesce(' of order ' || r.order_id, ''),
    coalesce(' for ' || lower(r.what) || ' ' || case r.what when 'REFUND' then r.refund_id else r.capture_id end, ''),
    lower(r.what)),
  case r.type
    when 'RETURN' then 'Look for who refunded it: a refund that nobody delivered is credited on no invoice.'
    else 'Look for its capture: what nobody delivered is on no invoice here.'
  end,
  null, r.order_reference, null, y.payout_date
from recredit_store.shown_payout_row r
join recredit_store.shown_payout y on y.payment_reference = r.payment_reference
where r.what is not null
  and not exists (
    select from recredit_store.shown_payout_match m
    where m.payment_reference = r.payment_reference and m.row = r.row)
union all
select
  s.type || '_MISSING', null, null, null, s.order_id, s.refund_id, s.capture_id, s.currency, null, s.amount,
  format(
    '%s %s of %s, of %s, is in no payout; the newest in %s is of %s.', s.called, s.id, recredit.money(s.amount, s.currency),
    s.business_date, s.currency, range.newest),
  format(
    'See that the reports of all payouts since %s are there; else ask Klarna when it is paid out.', s.business_date),
  s.business_date, null, s.currency, null
from recredit_store.shown_payable s
join recredit_store.shown_payout_range range
  on range.currency = s.currency and s.business_date < range.due and s.business_date >= range.oldest
where s.duplicate_of is null
  and not exists (
    select from recredit_store.shown_payout_match m
    where m.order_id = s.order_id and m.record_id = s.id and m.what = s.what)
union all
select
  'DUPLICATE_PAID', p.payment_reference, p.row, p.payout_date, d.order_id, d.refund_id, null, p.currency, p.amount, null,
  format(
    'Payout %s returns %s for refund %s, which was taken for a repetition of refund %s, and that one is in payout %s.',
    p.payment_reference,
    case when p.is_of_one_currency then recredit.money(p.amount, p.currency) else 'more than one currency' end, d.refund_id,
    d.duplicate_of, o.payment_reference),
  'The customer got the money twice: see whether both were meant; one that was not is to be asked back.',
  d.business_date, null, null, p.last_payout_date
from recredit_store.shown_decision d
join recredit_store.shown_paid p on p.what = 'REFUND' and p.record_id = d.refund_id and p.order_id = d.order_id
join recredit_store.shown_paid o on o.what = 'REFUND' and o.record_id = d.duplicate_of and o.order_id = d.order_id
where d.duplicate_of is not null
union all
select
  'MADE_BY_KLARNA', r.payment_reference, r.row, y.payout_date, r.order_id, r.refund_id, r.capture_id, r.currency, r.amount, null,
  format(
    'Payout %s takes back %s%s: %s, made by Klarna and by nobody''s refund.', r.payment_reference,
    recredit.money(r.amount, r.currency), coalesce(' of order ' || r.order_id, ''),
    coalesce(r.detailed_type, r.type)),
  'Book it against the order: no invoice is credited for it.',
  null, r.order_reference, null, y.payout_date
from recredit_store.shown_payout_row r
join recredit_store.shown_payout y on y.payment_reference = r.payment_reference
where r.type = 'REVERSAL' or r.type = 'RETURN' and r.detailed_type = 'PAYMENT_DEFAULT';

create or replace view recredit.payout_difference as
select
  d.kind, d.payment_reference, d.row, d.payout_date, d.order_id,
  coalesce(
    (select o.order_reference from recredit_store.order_reference o where o.order_id = d.order_id),
    d.order_reference collate "default")
    as order_reference,
  d.refund_id, d.capture_id, d.currency, d.amount, d.expected_amount, d.explanation, d.suggestion, d.business_date,
  d.expected_currency, d.last_payout_date
from recredit_store.shown_payout_difference d;

-- What became of the returns in each payout. By payout, so that some are looked up without the others; a refund that has
-- rows in two is counted in both.
create or replace view recredit_store.shown_payout_returns as
select
  p.payment_reference, p.payout_date, compared.as_made, compared.of_other_amount, beside.unknown, beside.made_by_klarna
from recredit_store.shown_payout p
cross join lateral (
  select count(*) filter (where paid.is_as_made) as as_made, count(*) filter (where not paid.is_as_made) as of_other_amount
  from (
    select distinct record_id, order_id
    from recredit_store.shown_payout_match
    where payment_reference = p.payment_reference and what = 'REFUND'
  ) its
  join recredit_store.shown_decision d on d.refund_id = its.record_id and d.order_id = its.order_id
  cross join lateral (
    select sum(m.amount) = d.refunded_amount and bool_and(m.currency = coalesce(d.currency, m.currency))
      and min(m.currency) = max(m.currency) as is_as_made
    from recredit_store.shown_payout_match m
    where m.order_id = its.order_id and m.record_id = its.record_id and m.what = 'REFUND'
  ) paid
) compared
cross join lateral (
  select
    count(*) filter (where r.what = 'REFUND' and not exists (
      select from recredit_store.shown_payout_match m
      where m.payment_reference = r.payment_reference and m.row = r.row)) as unknown,
    count(*) filter (where r.what is null and r.type in ('REVERSAL', 'RETURN')) as made_by_klarna
  from recredit_store.shown_payout_row r
  where r.payment_reference = p.payment_reference
) beside;

create or replace function recredit.payout_as_of(run_id bigint) returns setof recredit.payout
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.payout;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.payout_transaction_as_of(run_id bigint) returns setof recredit.payout_transaction
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.payout_transaction;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.refund_payout_as_of(run_id bigint) returns setof recredit.refund_payout
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.refund_payout;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.capture_payout_as_of(run_id bigint) returns setof recredit.capture_payout
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.capture_payout;
  perform set_config('recredit.as_of', before, true);
end $$;

create or replace function recredit.payout_difference_as_of(run_id bigint) returns setof recredit.payout_difference
stable strict language plpgsql as $$
declare
  before text := coalesce(current_setting('recredit.as_of', true), '');
begin
  perform set_config('recredit.as_of', run_id::text, true);
  return query select * from recredit.payout_difference;
  perform set_config('recredit.as_of', before, true);
end $$;
