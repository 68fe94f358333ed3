-- What each relation and column of the schema recredit says, for whoever looks (\d+ recredit.invoice_credit). Amounts are
-- whole minor units (öre, cents) of the row's currency everywhere.

comment on schema recredit is 'What people read: which invoice each refund belongs on, and which refunds belong on none. Everything is as of the newest finished run, or, after set recredit.as_of = 12, as of run 12.';
comment on function recredit.money is 'An amount in minor units as people write it: 9999, SEK is "99.99 SEK".';

-- The results.

comment on view recredit.invoice_credit is 'The current credits: one row per refund and invoice.';
comment on column recredit.invoice_credit.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.invoice_credit.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.invoice_credit.capture_id is 'Klarna''s id of the capture.';
comment on column recredit.invoice_credit.invoice_reference is 'The invoice number that the customer sees (klarna_reference), else the capture_id.';
comment on column recredit.invoice_credit.refund_reference is 'The shop''s own reference of the refund.';
comment on column recredit.invoice_credit.capture_reference is 'The shop''s own reference of the capture.';
comment on column recredit.invoice_credit.currency is 'The currency of the order.';
comment on column recredit.invoice_credit.credited_amount is 'The part of the refund on this invoice, in minor units.';
comment on column recredit.invoice_credit.credited_tax_amount is 'The tax in it: the sum of the allocated lines'' tax; null unless every line has it and they sum to the credit.';
comment on column recredit.invoice_credit.return_fee_amount is 'The return fee that the shop kept, already taken off the credit; 0 where there is none.';
comment on column recredit.invoice_credit.match_rule is 'CAPTURE_ID: the refund named it; SOLE_CAPTURE: the order had no other; REFERENCE: the order lines'' references say so; ONE_OF_SEVERAL: several captures carry them, one was assumed; MANUAL: an accountant put it there.';
comment on column recredit.invoice_credit.order_reference is 'The shop''s own number of the order (merchant_reference1): of its newest capture that gives one, else of its newest refund.';
comment on column recredit.invoice_credit.purchase_country is 'The country of the order''s oldest capture; null where the refund came before it.';
comment on column recredit.invoice_credit.refunded_at is 'When the refund was made.';
comment on column recredit.invoice_credit.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.invoice_credit.decided_on is 'The date of the run that made the decision: a month''s closing picks up what was decided in it.';
comment on column recredit.invoice_credit.run_id is 'The run that made this row.';

comment on view recredit.refund_exception is 'The current exceptions: refunds that were accepted and could not be allocated to an invoice, one row per refund.';
comment on column recredit.refund_exception.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_exception.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.refund_exception.refund_reference is 'The shop''s own reference of the refund.';
comment on column recredit.refund_exception.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.refund_exception.refunded_amount is 'What was refunded, in minor units.';
comment on column recredit.refund_exception.reason is 'Why it could not be allocated: a step of the allocation rules; or RESOLUTION_VOID, where later input contradicts an accountant''s decision.';
comment on column recredit.refund_exception.explanation is 'The same as a sentence, with the amounts and references of this case.';
comment on column recredit.refund_exception.suggestion is 'What to do about it.';
comment on column recredit.refund_exception.proposed is 'A resolve_as value that would be accepted as it stands, where what is known leaves exactly one; else null.';
comment on column recredit.refund_exception.why_proposed is 'Why it is that one.';
comment on column recredit.refund_exception.blocking_refund_id is 'The order''s first refund that could not be allocated, where that is the reason.';
comment on column recredit.refund_exception.root_refund_id is 'The refund to begin with: the blocking one where there is one, else this one.';
comment on column recredit.refund_exception.only_invoice is 'The capture, where the order has but one.';
comment on column recredit.refund_exception.order_reference is 'The shop''s own number of the order (merchant_reference1): of its newest capture that gives one, else of its newest refund.';
comment on column recredit.refund_exception.purchase_country is 'The country of the order''s oldest capture; null where the refund came before it.';
comment on column recredit.refund_exception.refunded_at is 'When the refund was made.';
comment on column recredit.refund_exception.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.refund_exception.decided_on is 'The date of the run that made the decision: a month''s closing picks up what was decided in it.';
comment on column recredit.refund_exception.run_id is 'The run that made this row.';
comment on column recredit.refund_exception.status is 'What is being done about it: open, asked or answered, as somebody noted; open where nobody did.';
comment on column recredit.refund_exception.case_id is 'The number under which somebody else knows it, as noted.';
comment on column recredit.refund_exception.note is 'What somebody noted last.';
comment on column recredit.refund_exception.verdict is 'What Klarna''s record says of it: LANDED, ON_NO_INVOICE, UNDECIDED, NOT_LISTED or NEWER; null where no document of the order can tell.';
comment on column recredit.refund_exception.certainty is 'PROVEN or INFERRED, where Klarna''s record shows its place.';
comment on column recredit.refund_exception.stands_on is 'Where Klarna''s record shows it: minor units by capture_id; null on no invoice, and where its place is not known.';

comment on view recredit.refund_write_off is 'What an accountant closed without an invoice: whole refunds, and the parts of others.';
comment on column recredit.refund_write_off.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_write_off.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.refund_write_off.refund_reference is 'The shop''s own reference of the refund.';
comment on column recredit.refund_write_off.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.refund_write_off.refunded_amount is 'What was refunded in all, in minor units.';
comment on column recredit.refund_write_off.written_off_amount is 'What of it is on no invoice, in minor units; less than refunded_amount where the rest was put on invoices.';
comment on column recredit.refund_write_off.note is 'Why it was resolved so.';
comment on column recredit.refund_write_off.resolved_by is 'Who resolved it.';
comment on column recredit.refund_write_off.resolved_at is 'When it was resolved.';
comment on column recredit.refund_write_off.order_reference is 'The shop''s own number of the order (merchant_reference1): of its newest capture that gives one, else of its newest refund.';
comment on column recredit.refund_write_off.purchase_country is 'The country of the order''s oldest capture; null where the refund came before it.';
comment on column recredit.refund_write_off.refunded_at is 'When the refund was made.';
comment on column recredit.refund_write_off.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.refund_write_off.decided_on is 'The date of the run that made the decision: a month''s closing picks up what was decided in it.';
comment on column recredit.refund_write_off.run_id is 'The run that made this row.';

comment on view recredit.refund_duplicate is 'Refunds that repeat an earlier one of their order (same idempotency key): neither credit nor exception.';
comment on column recredit.refund_duplicate.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_duplicate.duplicate_of is 'The refund that this one repeats.';
comment on column recredit.refund_duplicate.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.refund_duplicate.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.refund_duplicate.refunded_amount is 'What was refunded, in minor units.';
comment on column recredit.refund_duplicate.duplicate_of_amount is 'What that one refunded, in minor units.';
comment on column recredit.refund_duplicate.refunded_at is 'When the refund was made.';
comment on column recredit.refund_duplicate.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.refund_duplicate.decided_on is 'The date of the run that made the decision: a month''s closing picks up what was decided in it.';
comment on column recredit.refund_duplicate.run_id is 'The run that made this row.';

comment on view recredit.invoice_balance is 'One row per capture, which is one invoice: what was captured, credited and is left.';
comment on column recredit.invoice_balance.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.invoice_balance.order_reference is 'The shop''s own number of the order (merchant_reference1): of its newest capture that gives one, else of its newest refund.';
comment on column recredit.invoice_balance.purchase_country is 'The country of the capture.';
comment on column recredit.invoice_balance.capture_id is 'Klarna''s id of the capture.';
comment on column recredit.invoice_balance.invoice_reference is 'The invoice number that the customer sees (klarna_reference), else the capture_id.';
comment on column recredit.invoice_balance.currency is 'The currency of the capture.';
comment on column recredit.invoice_balance.captured_amount is 'What was captured on the invoice, in minor units.';
comment on column recredit.invoice_balance.credited_amount is 'The credits on this invoice, in minor units.';
comment on column recredit.invoice_balance.remaining_amount is 'captured_amount minus credited_amount.';
comment on column recredit.invoice_balance.unallocated_on_order is 'The sum of the order''s exceptions in its currency, money given back that no invoice shows, in minor units: on the order''s oldest capture, null on its others. Of refunds in another currency refund_exception tells.';
comment on column recredit.invoice_balance.captured_at is 'When the capture was made.';

comment on view recredit.over_refunded is 'Orders that were refunded beyond what was captured, in the order''s currency; one row per order. Orders without captures are not among them.';
comment on column recredit.over_refunded.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.over_refunded.order_reference is 'The shop''s own number of the order (merchant_reference1): of its newest capture that gives one, else of its newest refund.';
comment on column recredit.over_refunded.currency is 'The currency of the order.';
comment on column recredit.over_refunded.captured_amount is 'What was captured on the order in that currency, in minor units.';
comment on column recredit.over_refunded.refunded_amount is 'What was refunded on it in that currency, duplicates not counted, in minor units.';
comment on column recredit.over_refunded.beyond is 'refunded_amount minus captured_amount.';

comment on view recredit.refund_outcome is 'Every accepted refund with what became of it, one row per refund.';
comment on column recredit.refund_outcome.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_outcome.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.refund_outcome.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.refund_outcome.refunded_amount is 'What was refunded, in minor units.';
comment on column recredit.refund_outcome.outcome is 'credited, exception, written_off or duplicate.';
comment on column recredit.refund_outcome.match_rule is 'Why it was credited where it was.';
comment on column recredit.refund_outcome.reason is 'Why it could not be allocated.';
comment on column recredit.refund_outcome.credited_amount is 'The sum of its credits, in minor units; null where it has none.';
comment on column recredit.refund_outcome.written_off_amount is 'What of it an accountant wrote off, in minor units; null where nothing was.';
comment on column recredit.refund_outcome.refunded_at is 'When the refund was made.';
comment on column recredit.refund_outcome.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.refund_outcome.decided_on is 'The date of the run that made the decision: a month''s closing picks up what was decided in it.';
comment on column recredit.refund_outcome.run_id is 'The run that made this row.';

comment on view recredit.daily_reconciliation is 'One row per business date and currency: refunded = credited + unallocated + written off + duplicates.';
comment on column recredit.daily_reconciliation.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.daily_reconciliation.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.daily_reconciliation.refunds is 'Accepted refunds.';
comment on column recredit.daily_reconciliation.refunded_amount is 'The sum of the accepted refunds.';
comment on column recredit.daily_reconciliation.credited_refunds is 'Refunds allocated to invoices, be a part of them written off.';
comment on column recredit.daily_reconciliation.credited_amount is 'The sum of their credits.';
comment on column recredit.daily_reconciliation.assumed_amount is 'Of credited_amount, what was credited as ONE_OF_SEVERAL.';
comment on column recredit.daily_reconciliation.exceptions is 'Refunds accepted without allocation.';
comment on column recredit.daily_reconciliation.unallocated_amount is 'Their sum.';
comment on column recredit.daily_reconciliation.write_offs is 'Refunds of which an accountant put nothing on an invoice.';
comment on column recredit.daily_reconciliation.written_off_amount is 'What was written off: these, and the parts of credited refunds that are on no invoice.';
comment on column recredit.daily_reconciliation.duplicates is 'Refunds that repeat another.';
comment on column recredit.daily_reconciliation.duplicate_amount is 'Their sum.';
comment on column recredit.daily_reconciliation.difference is 'refunded minus credited, unallocated, written off and duplicates: always 0.';

-- The histories.

comment on view recredit.decision_history is 'Every decision that was ever shown, with the run that made it and the one that superseded it.';
comment on column recredit.decision_history.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.decision_history.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.decision_history.outcome is 'credited, exception, written_off or duplicate.';
comment on column recredit.decision_history.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.decision_history.refunded_amount is 'What was refunded, in minor units.';
comment on column recredit.decision_history.match_rule is 'Why it was credited where it was.';
comment on column recredit.decision_history.credits is 'The captures it was credited on, with the amounts.';
comment on column recredit.decision_history.written_off_amount is 'What of it was written off, in minor units; null where nothing was.';
comment on column recredit.decision_history.reason is 'Why it could not be allocated.';
comment on column recredit.decision_history.blocking_refund_id is 'The order''s first refund that could not be allocated, where that is the reason.';
comment on column recredit.decision_history.explanation is 'The reason as a sentence, as it was worded last.';
comment on column recredit.decision_history.duplicate_of is 'The refund that it repeats, where it is a duplicate.';
comment on column recredit.decision_history.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.decision_history.decided_on is 'The date of the run that made the decision: a month''s closing picks up what was decided in it.';
comment on column recredit.decision_history.run_id is 'The run that made this row.';
comment on column recredit.decision_history.superseded_on is 'The date of the run that superseded it; null while it holds.';
comment on column recredit.decision_history.superseded_by is 'The run that superseded it; null while it holds.';

comment on view recredit.run_change is 'What each run made new, changed or withdrew of the decisions, before and after.';
comment on column recredit.run_change.run_id is 'The run that changed it.';
comment on column recredit.run_change.decided_on is 'The date of that run.';
comment on column recredit.run_change.change is 'new, changed or withdrawn.';
comment on column recredit.run_change.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.run_change.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.run_change.business_date is 'The day of refunded_at in the time zone of the run that decided.';
comment on column recredit.run_change.outcome_before is 'credited, exception, written_off or duplicate; null where the refund was not decided before.';
comment on column recredit.run_change.outcome_after is 'credited, exception, written_off or duplicate; null where the refund is gone.';
comment on column recredit.run_change.currency_before is 'The currency of the amounts before.';
comment on column recredit.run_change.currency_after is 'The currency of the amounts after.';
comment on column recredit.run_change.refunded_amount_before is 'What was refunded as it stood before, in minor units.';
comment on column recredit.run_change.refunded_amount_after is 'What was refunded as it stands since, in minor units.';
comment on column recredit.run_change.match_rule_before is 'The rule that credited it before.';
comment on column recredit.run_change.match_rule_after is 'The rule that credits it since.';
comment on column recredit.run_change.credits_before is 'Its credits before: each capture_id with its amount.';
comment on column recredit.run_change.credits_after is 'Its credits since: each capture_id with its amount.';
comment on column recredit.run_change.written_off_amount_before is 'What was written off before, in minor units.';
comment on column recredit.run_change.written_off_amount_after is 'What is written off since, in minor units.';
comment on column recredit.run_change.reason_before is 'Why it was an exception before.';
comment on column recredit.run_change.reason_after is 'Why it is an exception since.';
comment on column recredit.run_change.blocking_refund_id_before is 'The refund that blocked it before.';
comment on column recredit.run_change.blocking_refund_id_after is 'The refund that blocks it since.';

comment on view recredit.exception_history is 'Every exception that was ever shown: when and by which run it was opened and closed, and as what.';
comment on column recredit.exception_history.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.exception_history.order_id is 'The order; Klarna Network calls it a payment transaction.';
comment on column recredit.exception_history.currency is 'The currency the refund names, else its order''s at that time, else null.';
comment on column recredit.exception_history.refunded_amount is 'What was refunded, in minor units, as last known.';
comment on column recredit.exception_history.reasons is 'The reasons it had, the first first.';
comment on column recredit.exception_history.opened_on is 'The date of the run that opened it.';
comment on column recredit.exception_history.opened_by is 'The run that opened it.';
comment on column recredit.exception_history.closed_on is 'The date of the run that closed it; null while it is open.';
comment on column recredit.exception_history.closed_by is 'The run that closed it; null while it is open.';
comment on column recredit.exception_history.closed_as is 'What became of it: credited, written_off, duplicate, or withdrawn with its refund; null while it is open.';

comment on column recredit.exception_history.status is 'What was done about it last: open, asked or answered.';
comment on column recredit.exception_history.case_id is 'The number under which somebody else knows it, as noted last.';
comment on column recredit.exception_history.note is 'What somebody noted last.';

comment on view recredit.exception_note is 'What was ever done about exceptions that were still open, and by whom.';
comment on column recredit.exception_note.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.exception_note.status is 'open, asked or answered.';
comment on column recredit.exception_note.case_id is 'The number under which somebody else knows it.';
comment on column recredit.exception_note.note is 'What was noted.';
comment on column recredit.exception_note.noted_by is 'Who noted it.';
comment on column recredit.exception_note.noted_at is 'When it was noted.';
comment on column recredit.exception_note.run_id is 'The run that made this row.';
comment on column recredit.exception_note.superseded_by is 'The run that noted something else; null where that is the last.';

comment on view recredit.resolution is 'What accountants decided about exceptions, and when they took it back.';
comment on column recredit.resolution.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.resolution.kind is 'by_hand, written_off, or withdrawn.';
comment on column recredit.resolution.resolved_amount is 'The refund''s amount when it was resolved, in minor units.';
comment on column recredit.resolution.capture_id is 'The captures it was allocated to by hand.';
comment on column recredit.resolution.amount is 'What each of these captures got, in minor units, in their order.';
comment on column recredit.resolution.written_off_amount is 'What was written off, in minor units; null where nothing was.';
comment on column recredit.resolution.note is 'Why it was resolved so.';
comment on column recredit.resolution.resolved_by is 'Who resolved it.';
comment on column recredit.resolution.resolved_at is 'When it was resolved.';
comment on column recredit.resolution.void is 'Whether later input contradicts it: the refund is an open exception again, RESOLUTION_VOID.';
comment on column recredit.resolution.run_id is 'The run that made this row.';
comment on column recredit.resolution.superseded_by is 'The run that resolved it anew or took it back; null while it holds.';
comment on column recredit.resolution.amounts is 'What it comes to, in minor units: by_capture, written_off.';
comment on column recredit.resolution.rules_decision is 'What the rules alone would do with what is known now: the match rule by which they would credit it, or the reason why not; null where the resolution does not hold any more or the refund repeats another.';
comment on column recredit.resolution.rules_amounts is 'What they would credit, in minor units, by capture; null where they would not.';

comment on view recredit.input_change is 'Input that a run corrected or withdrew, before and after, with the file and line of both.';
comment on column recredit.input_change.run_id is 'The run that read it so.';
comment on column recredit.input_change.decided_on is 'The date of that run.';
comment on column recredit.input_change.change is 'corrected, withdrawn, or delivered again: the same content from a file of another day.';
comment on column recredit.input_change.kind is 'capture, refund or release.';
comment on column recredit.input_change.id is 'Its capture_id or refund_id; of a release its order_id.';
comment on column recredit.input_change.order_id is 'The order it named before.';
comment on column recredit.input_change.file_before is 'The file of the record before.';
comment on column recredit.input_change.line_before is 'Its line there.';
comment on column recredit.input_change.file_after is 'The file of the record since; null where it is gone.';
comment on column recredit.input_change.line_after is 'Its line there.';
comment on column recredit.input_change.before is 'The record as it counted before, with its order lines as in the files.';
comment on column recredit.input_change.after is 'The record as it counts since, in the same form; null where it is gone.';

-- Input, runs, policies and reports.

comment on view recredit.rejected_record is 'Input lines that could not be accepted, of each file''s last reading.';
comment on column recredit.rejected_record.file_name is 'The file, without its folder.';
comment on column recredit.rejected_record.line_number is 'The line in the file, counted from 1.';
comment on column recredit.rejected_record.error is 'What is wrong with it.';
comment on column recredit.rejected_record.raw is 'The line as it came, cut at 4,000 characters; bytes that text cannot hold are escaped as \xHH.';
comment on column recredit.rejected_record.kind is 'captures, refunds, releases or orders.';
comment on column recredit.rejected_record.file_date is 'The day in the file''s name.';
comment on column recredit.rejected_record.run_id is 'The run that made this row.';

comment on view recredit.input_file is 'Each input file as it was last read.';
comment on column recredit.input_file.file_name is 'The file, without its folder.';
comment on column recredit.input_file.kind is 'captures, refunds, releases or orders.';
comment on column recredit.input_file.file_date is 'The day in the file''s name.';
comment on column recredit.input_file.sha256 is 'Of the file''s bytes as they were read.';
comment on column recredit.input_file.lines is 'Lines with something on them: accepted + repeated + rejected.';
comment on column recredit.input_file.accepted is 'Records accepted.';
comment on column recredit.input_file.repeated is 'Lines that repeat a record of the same file with equal content; ignored.';
comment on column recredit.input_file.rejected is 'Lines in rejected_record.';
comment on column recredit.input_file.withdrawn is 'Records that the reading before had and this one has no more.';
comment on column recredit.input_file.read_at is 'When the file was read.';
comment on column recredit.input_file.read_by is 'The version of Recredit that read it.';
comment on column recredit.input_file.run_id is 'The run that read it.';

comment on view recredit.finished_run is 'The runs whose proof has passed: what the other relations can be read as of, by recredit.as_of.';
comment on column recredit.finished_run.run_id is 'The number of the run.';
comment on column recredit.finished_run.decided_on is 'The date on which it was shown: that of its decisions.';
comment on column recredit.finished_run.time_zone is 'Policy: the time zone of business dates.';

comment on view recredit.run is 'Every run, finished or not, with its policies and what it did.';
comment on column recredit.run.run_id is 'The number of the run, counted without gaps.';
comment on column recredit.run.kind is 'nightly, rerun, resolution or note.';
comment on column recredit.run.from_date is 'The first day of the run.';
comment on column recredit.run.to_date is 'The last day of the run.';
comment on column recredit.run.started_at is 'When it was started first.';
comment on column recredit.run.ended_at is 'When it ended, well or not.';
comment on column recredit.run.status is 'done: finished, and shown; running: at work; failed or interrupted: the same command carries it on; undone: another command came first.';
comment on column recredit.run.failure is 'Why it failed.';
comment on column recredit.run.decided_on is 'The date on which it was shown: that of its decisions.';
comment on column recredit.run.spanning is 'Policy: split or reject a refund that no single capture covers.';
comment on column recredit.run.ambiguous is 'Policy: choose among several captures that could take a refund by their references, or reject.';
comment on column recredit.run.return_fee_countries is 'Policy: the countries in which a shop may keep a return fee.';
comment on column recredit.run.time_zone is 'Policy: the time zone of business dates.';
comment on column recredit.run.resolved is 'blocks or unblocks: whether a refund that was resolved still makes the order''s later refunds fail.';
comment on column recredit.run.rules_version is 'Which version of the allocation rules decided: after a change of it every order is decided anew.';
comment on column recredit.run.made_by is 'The version of Recredit that began it.';
comment on column recredit.run.captures_read is 'Captures accepted from its files.';
comment on column recredit.run.refunds_read is 'Refunds accepted from its files.';
comment on column recredit.run.releases_read is 'Releases accepted from its files.';
comment on column recredit.run.repeated is 'Repeated deliveries in its files.';
comment on column recredit.run.rejected is 'Lines of its files that were rejected.';
comment on column recredit.run.withdrawn is 'Records gone from its files since they were last read.';
comment on column recredit.run.orders_decided is 'Orders whose refunds were decided anew.';
comment on column recredit.run.refunds_decided is 'Refunds of these orders.';
comment on column recredit.run.credited is 'Credited decisions that are new or different.';
comment on column recredit.run.excepted is 'Exceptions that are new or different.';
comment on column recredit.run.written_off is 'Write-offs that are new or different.';
comment on column recredit.run.duplicates is 'Duplicates that are new or different.';
comment on column recredit.run.changed is 'Earlier decisions that this run replaced or withdrew.';
comment on column recredit.run.orders_over_refunded is 'Of the orders decided, those refunded beyond what was captured; recredit.over_refunded has all.';

comment on view recredit.policy is 'Every version of the policies; the newest holds for the next run.';
comment on column recredit.policy.changed_at is 'When.';
comment on column recredit.policy.changed_by is 'By whom: user of the computer and of the database.';
comment on column recredit.policy.spanning is 'Policy: split or reject a refund that no single capture covers.';
comment on column recredit.policy.ambiguous is 'Policy: choose among several captures that could take a refund by their references, or reject.';
comment on column recredit.policy.return_fee_countries is 'Policy: the countries in which a shop may keep a return fee.';
comment on column recredit.policy.time_zone is 'Policy: the time zone of business dates.';
comment on column recredit.policy.resolved is 'blocks or unblocks: whether a refund that was resolved still makes the order''s later refunds fail.';

comment on view recredit.report_register is 'Every file of every report: by whom and when it was written, of which days, run and policies, and its SHA-256.';
comment on column recredit.report_register.report_id is 'The number of the report, counted without gaps.';
comment on column recredit.report_register.file_name is 'The file, without its folder.';
comment on column recredit.report_register.rows is 'Its rows without the header; null where it has no rows.';
comment on column recredit.report_register.bytes is 'Its size.';
comment on column recredit.report_register.sha256 is 'Of its bytes. The same data, days and version of Recredit make the same bytes.';
comment on column recredit.report_register.written_at is 'When it was written.';
comment on column recredit.report_register.written_by is 'By whom: user of the computer and of the database.';
comment on column recredit.report_register.made_by is 'The version of Recredit that wrote it.';
comment on column recredit.report_register.from_date is 'The first day reported on.';
comment on column recredit.report_register.to_date is 'The last day reported on.';
comment on column recredit.report_register.by_date is 'business_date or decided_on: which day of a refund counts.';
comment on column recredit.report_register.run_id is 'The run after which it shows everything.';
comment on column recredit.report_register.spanning is 'Policy: split or reject a refund that no single capture covers.';
comment on column recredit.report_register.ambiguous is 'Policy: choose among several captures that could take a refund by their references, or reject.';
comment on column recredit.report_register.return_fee_countries is 'Policy: the countries in which a shop may keep a return fee.';
comment on column recredit.report_register.time_zone is 'Policy: the time zone of business dates.';
comment on column recredit.report_register.resolved is 'blocks or unblocks: whether a refund that was resolved still makes the order''s later refunds fail.';
comment on column recredit.report_register.is_whole is 'Whether all of its files got their names: not so where the report was ended meanwhile.';

comment on column recredit.run.documents_read is 'Order documents accepted from its files.';
comment on column recredit.run.evidence is 'Policy: compare with Klarna''s record, or follow what it proves.';
comment on column recredit.policy.evidence is 'Policy: compare with Klarna''s record, or follow what it proves.';
comment on column recredit.report_register.evidence is 'Policy: compare with Klarna''s record, or follow what it proves.';

-- Klarna's record.

comment on view recredit.order_snapshot is 'What Klarna''s API returned for orders, each time that one was read.';
comment on column recredit.order_snapshot.order_id is 'Klarna''s id of the order.';
comment on column recredit.order_snapshot.read_at is 'When it was read.';
comment on column recredit.order_snapshot.order_reference is 'The shop''s own number of the order, as this snapshot has it.';
comment on column recredit.order_snapshot.currency is 'The order''s currency.';
comment on column recredit.order_snapshot.order_amount is 'In minor units.';
comment on column recredit.order_snapshot.captured_amount is 'In minor units.';
comment on column recredit.order_snapshot.refunded_amount is 'In minor units.';
comment on column recredit.order_snapshot.remaining_authorized_amount is 'In minor units.';
comment on column recredit.order_snapshot.on_invoices is 'What of the refunds stands on its captures, in minor units; null where one does not say.';
comment on column recredit.order_snapshot.file_name is 'The file it was read from.';
comment on column recredit.order_snapshot.line_number is 'Its line there.';
comment on column recredit.order_snapshot.run_id is 'The run that made this row.';

comment on view recredit.snapshot_invoice is 'Each capture of each snapshot, with what of the refunds stands on it.';
comment on column recredit.snapshot_invoice.order_id is 'Klarna''s id of the order.';
comment on column recredit.snapshot_invoice.read_at is 'When the snapshot was read.';
comment on column recredit.snapshot_invoice.capture_id is 'Klarna''s id of the capture.';
comment on column recredit.snapshot_invoice.captured_amount is 'In minor units.';
comment on column recredit.snapshot_invoice.refunded_amount is 'What of the order''s refunds stands on it, in minor units; null where the document does not say.';

comment on view recredit.refund_evidence is 'Each refund of an order with a usable snapshot, in the light of Klarna''s record.';
comment on column recredit.refund_evidence.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_evidence.order_id is 'Klarna''s id of the order.';
comment on column recredit.refund_evidence.order_reference is 'The shop''s own number of the order.';
comment on column recredit.refund_evidence.verdict is 'AS_DECIDED, ELSEWHERE, LANDED, ON_NO_INVOICE, UNDECIDED, NOT_LISTED or NEWER: see the rulebook, part 7.';
comment on column recredit.refund_evidence.certainty is 'PROVEN or INFERRED; null where its place is not known.';
comment on column recredit.refund_evidence.decision is 'The match rule or reason by which it was decided, before it was followed.';
comment on column recredit.refund_evidence.explanation is 'What the record shows of it, as a sentence.';
comment on column recredit.refund_evidence.read_at is 'When the latest usable snapshot of the order was read.';
comment on column recredit.refund_evidence.run_id is 'The run that made this row.';

comment on view recredit.refund_place is 'On which invoices Klarna''s record shows each refund whose place is known.';
comment on column recredit.refund_place.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_place.capture_id is 'Klarna''s id of the capture.';
comment on column recredit.refund_place.invoice_reference is 'The number of its invoice, else its capture_id.';
comment on column recredit.refund_place.amount is 'What of the refund stands on it, in minor units.';
comment on column recredit.refund_place.certainty is 'PROVEN or INFERRED.';

comment on view recredit.refund_to_move is 'What to ask Klarna for: each refund that its record shows on other invoices than it was put on, or not whole on any.';
comment on column recredit.refund_to_move.refund_id is 'Klarna''s id of the refund.';
comment on column recredit.refund_to_move.order_id is 'Klarna''s id of the order.';
comment on column recredit.refund_to_move.order_reference is 'The shop''s own number of the order.';
comment on column recredit.refund_to_move.refund_reference is 'The shop''s own reference of the refund.';
comment on column recredit.refund_to_move.currency is 'The currency of its amounts.';
comment on column recredit.refund_to_move.refunded_amount is 'What was refunded, in minor units.';
comment on column recredit.refund_to_move.verdict is 'ELSEWHERE: it stands on other invoices; ON_NO_INVOICE: less of it stands on invoices than was refunded.';
comment on column recredit.refund_to_move.certainty is 'PROVEN or INFERRED.';
comment on column recredit.refund_to_move.decision is 'The match rule by which it was put where it belongs, before it was followed.';
comment on column recredit.refund_to_move.stands_on is 'Where Klarna''s record shows it: minor units by capture_id.';
comment on column recredit.refund_to_move.stands_on_invoices is 'The same with the invoices'' numbers, in words; null where it stands on none.';
comment on column recredit.refund_to_move.belongs_on is 'Where the rules, or a resolution, put it: minor units by capture_id.';
comment on column recredit.refund_to_move.belongs_on_invoices is 'The same with the invoices'' numbers, in words.';
comment on column recredit.refund_to_move.request is 'What to ask Klarna for, ready to send.';
comment on column recredit.refund_to_move.business_date is 'The day of the refund in the configured time zone.';
comment on column recredit.refund_to_move.run_id is 'The run that made this row.';

comment on view recredit.invoice_comparison is 'Each capture of orders'' latest usable snapshots: what is credited on it, and what Klarna''s record shows on it.';
comment on column recredit.invoice_comparison.order_id is 'Klarna''s id of the order.';
comment on column recredit.invoice_comparison.capture_id is 'Klarna''s id of the capture.';
comment on column recredit.invoice_comparison.invoice_reference is 'The number of its invoice, else its capture_id.';
comment on column recredit.invoice_comparison.currency is 'The order''s currency.';
comment on column recredit.invoice_comparison.credited_amount is 'Credited on it of the refunds that the snapshot lists, in minor units.';
comment on column recredit.invoice_comparison.klarna_refunded_amount is 'What of the refunds stands on it in Klarna''s record, in minor units.';
comment on column recredit.invoice_comparison.difference is 'The record''s less what is credited.';
comment on column recredit.invoice_comparison.newer_credited_amount is 'Credited on it of the order''s other refunds, in minor units.';
comment on column recredit.invoice_comparison.read_at is 'When the snapshot was read.';

comment on view recredit.order_comparison is 'Each order with a usable snapshot: both sides'' amounts.';
comment on column recredit.order_comparison.order_id is 'Klarna''s id of the order.';
comment on column recredit.order_comparison.order_reference is 'The shop''s own number of the order.';
comment on column recredit.order_comparison.currency is 'The order''s currency.';
comment on column recredit.order_comparison.captured_amount is 'Of its captures in that currency, in minor units.';
comment on column recredit.order_comparison.klarna_captured_amount is 'Of the captures in the snapshot.';
comment on column recredit.order_comparison.refunded_amount is 'Of its refunds without duplicates in that currency.';
comment on column recredit.order_comparison.klarna_refunded_amount is 'Of the refunds in the snapshot.';
comment on column recredit.order_comparison.credited_amount is 'Credited on its captures of the refunds that the snapshot lists.';
comment on column recredit.order_comparison.klarna_on_invoices is 'What of the refunds stands on its captures in Klarna''s record.';
comment on column recredit.order_comparison.difference is 'The record''s less what is credited.';
comment on column recredit.order_comparison.newer_credited_amount is 'Credited of the order''s other refunds.';
comment on column recredit.order_comparison.on_no_invoice is 'Of the refunds in the snapshot, what stands on no invoice there.';
comment on column recredit.order_comparison.read_at is 'When the snapshot was read.';

comment on view recredit.rule_agreement is 'How well the published rules foretell Klarna: refunds by decision and verdict.';
comment on column recredit.rule_agreement.decision is 'The match rule or reason.';
comment on column recredit.rule_agreement.verdict is 'What Klarna''s record says of it.';
comment on column recredit.rule_agreement.certainty is 'PROVEN or INFERRED; null where the place is not known.';
comment on column recredit.rule_agreement.currency is 'The currency of the refunds.';
comment on column recredit.rule_agreement.refunds is 'How many they are.';
comment on column recredit.rule_agreement.amount is 'Their sum, in minor units.';

comment on view recredit.feed_difference is 'Where the files and orders'' latest documents differ; of orders with a document, once any captures or refunds file was read.';
comment on column recredit.feed_difference.order_id is 'Klarna''s id of the order that the document is of; of what is not at Klarna the files'' order.';
comment on column recredit.feed_difference.kind is 'CAPTURE_ or REFUND_ and NOT_AT_KLARNA, NOT_IN_FILES, ORDER, AMOUNT or LINES.';
comment on column recredit.feed_difference.id is 'The capture_id or refund_id.';
comment on column recredit.feed_difference.in_files is 'What the files say: the amount in minor units, the order, or the lines'' references and amounts; null where they have none.';
comment on column recredit.feed_difference.at_klarna is 'What the document says, likewise.';
comment on column recredit.feed_difference.explanation is 'The same as a sentence.';

-- As of a run.

comment on function recredit.invoice_credit_as_of is 'What invoice_credit showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_exception_as_of is 'What refund_exception showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_write_off_as_of is 'What refund_write_off showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_duplicate_as_of is 'What refund_duplicate showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.invoice_balance_as_of is 'What invoice_balance showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.over_refunded_as_of is 'What over_refunded showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_outcome_as_of is 'What refund_outcome showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.daily_reconciliation_as_of is 'What daily_reconciliation showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.order_snapshot_as_of is 'What order_snapshot showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.snapshot_invoice_as_of is 'What snapshot_invoice showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_evidence_as_of is 'What refund_evidence showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_place_as_of is 'What refund_place showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.refund_to_move_as_of is 'What refund_to_move showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.invoice_comparison_as_of is 'What invoice_comparison showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.order_comparison_as_of is 'What order_comparison showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.rule_agreement_as_of is 'What rule_agreement showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.feed_difference_as_of is 'What feed_difference showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.rejected_record_as_of is 'What rejected_record showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
comment on function recredit.input_file_as_of is 'What input_file showed after the given run, if that finished. It reads all of it: to look something up, set recredit.as_of.';
