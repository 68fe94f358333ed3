-- A comment on every relation and column that people read. Amounts are whole minor units (öre, cents) of the row's
-- currency everywhere.
do $$
declare
  c record;
  said text;
begin
  create temporary table relation_comment (relation text primary key, said text) on commit drop;
  insert into relation_comment values
    ('invoice_credit', 'The current credits: one row per refund and invoice.'),
    ('refund_exception', 'The current exceptions: refunds that were accepted and could not be allocated to an invoice, one row per refund.'),
    ('refund_write_off', 'Refunds that an accountant closed without an invoice.'),
    ('resolution', 'What accountants decided about exceptions, and when they took it back.'),
    ('refund_duplicate', 'Refunds that repeat an earlier one of their order (same idempotency key): neither credit nor exception.'),
    ('invoice_balance', 'One row per capture, which is one invoice: what was captured, credited and is left.'),
    ('daily_reconciliation', 'One row per business date and currency: refunded = credited + unallocated + written off + duplicates.'),
    ('rejected_record', 'Input lines that could not be accepted, of each file''s last reading.'),
    ('input_file', 'Each input file as it was last read.'),
    ('run', 'Every run, finished or not, with its policies and what it did.'),
    ('policy', 'Every version of the policies; the newest holds for the next run.'),
    ('decision_history', 'Every decision that was ever shown, with the run that made it and the one that superseded it.'),
    ('run_change', 'What each run made new, changed or withdrew of the decisions, before and after.'),
    ('exception_history', 'Every exception that was ever shown: when and by which run it was opened and closed, and as what.'),
    ('input_change', 'Input that a run corrected or withdrew, before and after, with the file and line of both.'),
    ('finished_run', 'The runs whose proof has passed: what the other relations can be read as of.');

  create temporary table column_comment (relation text, name text, said text, primary key (relation, name)) on commit drop;
  insert into column_comment values
    ('*', 'shown_run', 'The finished run after which the row was shown; always ask for one.'),
    ('*', 'run_id', 'The run that made this row.'),
    ('*', 'refund_id', 'Klarna''s id of the refund.'),
    ('*', 'order_id', 'The order; Klarna Network calls it a payment transaction.'),
    ('*', 'capture_id', 'Klarna''s id of the capture.'),
    ('*', 'invoice_reference', 'The invoice number that the customer sees (klarna_reference), else the capture_id.'),
    ('*', 'refund_reference', 'The shop''s own reference of the refund.'),
    ('*', 'capture_reference', 'The shop''s own reference of the capture.'),
    ('*', 'currency', 'The currency the refund names, else its order''s at that time, else null.'),
    ('*', 'refunded_amount', 'What was refunded, in minor units.'),
    ('*', 'refunded_at', 'When the refund was made.'),
    ('*', 'captured_at', 'When the capture was made.'),
    ('*', 'business_date', 'The day of refunded_at in the time zone of the run that decided.'),
    ('*', 'decided_on', 'The date of the run that made the decision: a month''s closing picks up what was decided in it.'),
    ('*', 'captured_amount', 'What was captured on the invoice, in minor units.'),
    ('*', 'file_name', 'The file, without its folder.'),
    ('*', 'file_date', 'The day in the file''s name.'),
    ('*', 'kind', 'captures, refunds or releases.'),
    ('*', 'spanning', 'Policy: split or reject a refund that no single capture covers.'),
    ('*', 'ambiguous', 'Policy: choose among several captures that could take a refund by their references, or reject.'),
    ('*', 'return_fee_countries', 'Policy: the countries in which a shop may keep a return fee.'),
    ('*', 'time_zone', 'Policy: the time zone of business dates.'),
    ('invoice_credit', 'credited_amount', 'The part of the refund on this invoice, in minor units.'),
    ('invoice_credit', 'credited_tax_amount', 'The tax in it: the sum of the allocated lines'' tax; null unless every line has it and they sum to the credit.'),
    ('invoice_credit', 'return_fee_amount', 'The return fee that the shop kept, already taken off the credit; 0 where there is none.'),
    ('invoice_credit', 'match_rule', 'CAPTURE_ID: the refund named it; SOLE_CAPTURE: the order had no other; REFERENCE: the order lines'' references say so; ONE_OF_SEVERAL: several captures carry them, one was assumed.'),
    ('invoice_credit', 'currency', 'The currency of the order.'),
    ('refund_exception', 'reason', 'Why it could not be allocated: a step of the allocation rules.'),
    ('refund_exception', 'explanation', 'The same as a sentence, with the amounts and references of this case.'),
    ('refund_exception', 'suggestion', 'What to do about it.'),
    ('refund_exception', 'blocking_refund_id', 'The order''s first refund that could not be allocated, where that is the reason.'),
    ('refund_duplicate', 'duplicate_of', 'The refund that this one repeats.'),
    ('refund_duplicate', 'duplicate_of_amount', 'What that one refunded, in minor units.'),
    ('invoice_balance', 'currency', 'The currency of the capture.'),
    ('invoice_balance', 'credited_amount', 'The credits on this invoice, in minor units.'),
    ('invoice_balance', 'remaining_amount', 'captured_amount minus credited_amount.'),
    ('invoice_balance', 'unallocated_on_order', 'The sum of the order''s exceptions: money given back that no invoice shows.'),
    ('daily_reconciliation', 'refunds', 'Accepted refunds.'),
    ('daily_reconciliation', 'refunded_amount', 'The sum of the accepted refunds.'),
    ('daily_reconciliation', 'credited_refunds', 'Refunds allocated to invoices.'),
    ('daily_reconciliation', 'credited_amount', 'The sum of their credits.'),
    ('daily_reconciliation', 'assumed_amount', 'Of credited_amount, what was credited as ONE_OF_SEVERAL.'),
    ('daily_reconciliation', 'exceptions', 'Refunds accepted without allocation.'),
    ('daily_reconciliation', 'unallocated_amount', 'Their sum.'),
    ('daily_reconciliation', 'duplicates', 'Refunds that repeat another.'),
    ('daily_reconciliation', 'duplicate_amount', 'Their sum.'),
    ('daily_reconciliation', 'difference', 'refunded minus credited, unallocated, written off and duplicates: always 0.'),
    ('decision_history', 'outcome', 'credited, exception, written_off or duplicate.'),
    ('decision_history', 'match_rule', 'Why it was credited where it was.'),
    ('decision_history', 'credits', 'The captures it was credited on, with the amounts.'),
    ('decision_history', 'reason', 'Why it could not be allocated.'),
    ('decision_history', 'explanation', 'The same as a sentence.'),
    ('decision_history', 'superseded_on', 'The date of the run that superseded it; null while it holds.'),
    ('decision_history', 'superseded_by', 'The run that superseded it; null while it holds.'),
    ('rejected_record', 'line_number', 'The line in the file, counted from 1.'),
    ('rejected_record', 'error', 'What is wrong with it.'),
    ('rejected_record', 'raw', 'The line as it came, cut at 4,000 characters; bytes that text cannot hold are escaped as \xHH.'),
    ('input_file', 'sha256', 'Of the file''s bytes as they were read.'),
    ('input_file', 'lines', 'Lines with something on them: accepted + repeated + rejected.'),
    ('input_file', 'accepted', 'Records accepted.'),
    ('input_file', 'repeated', 'Lines that repeat a record of the same file with equal content; ignored.'),
    ('input_file', 'rejected', 'Lines in rejected_record.'),
    ('input_file', 'withdrawn', 'Records that the reading before had and this one has no more.'),
    ('input_file', 'read_at', 'When the file was read.'),
    ('input_file', 'read_by', 'The version of Recredit that read it.'),
    ('input_file', 'run_id', 'The run that read it.'),
    ('run', 'run_id', 'The number of the run, rising; numbers may be missing.'),
    ('run', 'kind', 'nightly, rerun or resolution.'),
    ('run', 'from_date', 'The first day of the run.'),
    ('run', 'to_date', 'The last day of the run.'),
    ('run', 'started_at', 'When it was started first.'),
    ('run', 'ended_at', 'When it ended, well or not.'),
    ('run', 'status', 'done: finished, and shown; running: at work; failed or interrupted: the same command carries it on; undone: another command came first.'),
    ('run', 'failure', 'Why it failed.'),
    ('run', 'captures_read', 'Captures accepted from its files.'),
    ('run', 'refunds_read', 'Refunds accepted from its files.'),
    ('run', 'releases_read', 'Releases accepted from its files.'),
    ('run', 'repeated', 'Repeated deliveries in its files.'),
    ('run', 'rejected', 'Lines of its files that were rejected.'),
    ('run', 'withdrawn', 'Records gone from its files since they were last read.'),
    ('run', 'orders_decided', 'Orders whose refunds were decided anew.'),
    ('run', 'refunds_decided', 'Refunds of these orders.'),
    ('run', 'credited', 'Credited decisions that are new or different.'),
    ('run', 'excepted', 'Exceptions that are new or different.'),
    ('run', 'duplicates', 'Duplicates that are new or different.'),
    ('run', 'changed', 'Earlier decisions that this run replaced or withdrew.'),
    ('run', 'orders_over_refunded', 'Of the orders decided, those refunded beyond what was captured.'),
    ('*', 'resolved', 'blocks or unblocks: whether a refund that was resolved still makes the order''s later refunds fail.'),
    ('*', 'note', 'Why it was resolved so.'),
    ('*', 'resolved_by', 'Who resolved it.'),
    ('*', 'resolved_at', 'When it was resolved.'),
    ('refund_write_off', 'written_off_amount', 'What was refunded and is on no invoice, in minor units.'),
    ('resolution', 'kind', 'by_hand, written_off, or withdrawn.'),
    ('resolution', 'resolved_amount', 'The refund''s amount when it was resolved, in minor units.'),
    ('resolution', 'capture_id', 'The captures it was allocated to by hand.'),
    ('resolution', 'amount', 'What each of these captures got, in minor units.'),
    ('resolution', 'superseded_by', 'The run that resolved it anew or took it back; null while it holds.'),
    ('run', 'written_off', 'Write-offs that are new.'),
    ('daily_reconciliation', 'write_offs', 'Refunds that an accountant closed without an invoice.'),
    ('daily_reconciliation', 'written_off_amount', 'Their sum.'),
    ('policy', 'changed_at', 'When.'),
    ('policy', 'changed_by', 'By whom: user of the computer and of the database.'),
    ('finished_run', 'run_id', 'The number of the run.'),
    ('run_change', 'run_id', 'The run that changed it.'),
    ('run_change', 'decided_on', 'The date of that run.'),
    ('run_change', 'change', 'new, changed or withdrawn.'),
    ('run_change', 'outcome_before', 'credited, exception, written_off or duplicate; null where the refund was not decided before.'),
    ('run_change', 'outcome_after', 'credited, exception, written_off or duplicate; null where the refund is gone.'),
    ('run_change', 'currency_before', 'The currency of the amounts before.'),
    ('run_change', 'currency_after', 'The currency of the amounts after.'),
    ('run_change', 'refunded_amount_before', 'What was refunded as it stood before, in minor units.'),
    ('run_change', 'refunded_amount_after', 'What was refunded as it stands since, in minor units.'),
    ('run_change', 'match_rule_before', 'The rule that credited it before.'),
    ('run_change', 'match_rule_after', 'The rule that credits it since.'),
    ('run_change', 'credits_before', 'Its credits before: each capture_id with its amount.'),
    ('run_change', 'credits_after', 'Its credits since: each capture_id with its amount.'),
    ('run_change', 'reason_before', 'Why it was an exception before.'),
    ('run_change', 'reason_after', 'Why it is an exception since.'),
    ('run_change', 'explanation_before', 'The exception''s explanation before.'),
    ('run_change', 'explanation_after', 'The exception''s explanation since.'),
    ('exception_history', 'reasons', 'The reasons it had, the first first.'),
    ('exception_history', 'refunded_amount', 'What was refunded, in minor units, as last known.'),
    ('exception_history', 'opened_on', 'The date of the run that opened it.'),
    ('exception_history', 'opened_by', 'The run that opened it.'),
    ('exception_history', 'closed_on', 'The date of the run that closed it; null while it is open.'),
    ('exception_history', 'closed_by', 'The run that closed it; null while it is open.'),
    ('exception_history', 'closed_as', 'What became of it: credited, written_off, duplicate, or withdrawn with its refund; null while it is open.'),
    ('input_change', 'run_id', 'The run that read it so.'),
    ('input_change', 'decided_on', 'The date of that run.'),
    ('input_change', 'change', 'corrected, withdrawn, or delivered again: the same content from a file of another day.'),
    ('input_change', 'kind', 'capture, refund or release.'),
    ('input_change', 'id', 'Its capture_id or refund_id; of a release its order_id.'),
    ('input_change', 'order_id', 'The order it named before.'),
    ('input_change', 'file_before', 'The file of the record before.'),
    ('input_change', 'line_before', 'Its line there.'),
    ('input_change', 'file_after', 'The file of the record since; null where it is gone.'),
    ('input_change', 'line_after', 'Its line there.'),
    ('input_change', 'before', 'The record as it counted before; lines are arrays, one per field.'),
    ('input_change', 'after', 'The record as it counts since.');

  for c in
    select k.relname as relation, a.attname as name, replace(k.relname, '_at_run', '') as plain
    from pg_class k
    join pg_attribute a on a.attrelid = k.oid and a.attnum > 0
    where k.relnamespace = 'recredit'::regnamespace and k.relkind = 'v'
    order by k.relname, a.attnum
  loop
    select cc.said into said
    from column_comment cc
    where cc.name = c.name and cc.relation in ('*', c.plain)
    order by cc.relation = '*' limit 1;
    if said is null then
      raise exception 'recredit.%.% has no comment', c.relation, c.name;
    end if;
    execute format('comment on column recredit.%I.%I is %L', c.relation, c.name, said);
  end loop;

  for c in
    select k.relname as relation, replace(k.relname, '_at_run', '') as plain
    from pg_class k where k.relnamespace = 'recredit'::regnamespace and k.relkind = 'v'
  loop
    select rc.said into strict said from relation_comment rc where rc.relation = c.plain;
    execute format('comment on view recredit.%I is %L', c.relation,
      said || case when c.relation <> c.plain then ' After every finished run; ask for one shown_run.' else '' end);
  end loop;
end $$;
