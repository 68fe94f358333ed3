package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies.Resolved;
import io.recredit.allocation.Reason;
import io.recredit.resolution.KnownInvoices;
import io.recredit.resolution.KnownInvoices.By;
import io.recredit.resolution.KnownInvoices.Wanted;
import io.recredit.resolution.NoteRequest;
import io.recredit.resolution.ResolutionRequest;
import io.recredit.resolution.ResolutionRequests;
import io.recredit.resolution.ResolveAs;
import io.recredit.resolution.ResolveAs.WriteOff;
import io.recredit.resolution.Seen;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An accountant's decision takes the place of an exception, and every later run keeps it. */
class ResolutionTest extends JobTest {

  @Autowired private RunSummary summary;

  @BeforeEach
  void twoInvoicesAndRefundsThatSayNotWhich() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).with("klarna_reference", "K-1"),
        capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(30_00).at("2026-11-20T11:00:00Z"),
        refund("o1", "r2").of(20_00).at("2026-11-20T12:00:00Z"),
        refund("o1", "r3").of(100_00).at("2026-11-20T13:00:00Z").with("capture_id", "A"));
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: NO_ORDER_LINES", "r2: PRIOR_ALLOCATION_FAILED");
    assertThat(credits()).containsExactly("r3 to A: 10000 by CAPTURE_ID");
  }

  @Test
  void allocatedByHandItIsCreditedWholeToOneInvoice() {
    var run = resolved(byHand("r1", "B"));

    assertThat(credits())
        .containsExactly("r1 to B: 3000 by MANUAL", "r3 to A: 10000 by CAPTURE_ID");
    assertThat(exceptions()).containsExactly("r2: PRIOR_ALLOCATION_FAILED");
    assertThat(balances())
        .containsExactly("A: 10000 - 10000 = 0, unallocated 2000", "B: 5000 - 3000 = 2000");
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(summary.lines(run))
        .contains(
            "  changed     refund r1, 30.00 SEK: was exception NO_ORDER_LINES, is now credited by MANUAL (B: 30.00 SEK)");
    assertThat(
            texts(
                "select what from (select kind || ' ' || from_date || ' ' || to_date from recredit.run where run_id = 2) x (what)"))
        .containsExactly("resolution 2026-11-20 2026-11-20");
  }

  @Test
  void allocatedByHandToSeveralInvoicesItTakesRoomAtItsOwnTime() {
    resolved(byHand("r1", "A=10.00", "B"));

    assertThat(credits()).containsExactly("r1 to A: 1000 by MANUAL", "r1 to B: 2000 by MANUAL");
    assertThat(exceptions())
        .as("r3 came later and finds no room for 100.00 on A any more")
        .containsExactly("r2: PRIOR_ALLOCATION_FAILED", "r3: EXCEEDS_REMAINING_AMOUNT");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void writtenOffItStandsInTheProofAndOnNoInvoice() {
    resolved(writtenOff("r1"));

    assertThat(exceptions()).containsExactly("r2: PRIOR_ALLOCATION_FAILED");
    assertThat(
            texts(
                "select concat_ws(' ', refund_id, written_off_amount, currency, note, resolved_by) from recredit.refund_write_off"))
        .containsExactly("r1 3000 SEK too small to chase Anna");
    assertThat(
            texts(
                "select concat_ws(' ', credited_amount, unallocated_amount, write_offs, written_off_amount, difference) from recredit.daily_reconciliation"))
        .containsExactly("10000 2000 1 3000 0");
    assertThat(texts("select refund_id from recredit.refund_write_off_as_of(1)")).isEmpty();
    assertThat(texts("select written_off from recredit.run where run_id = 2")).containsExactly("1");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aResolvedRefundBlocksTheOrdersLaterOnesUnlessThePolicySaysOtherwise() {
    feed.captures(NEXT_DAY);
    feed.refunds(
        NEXT_DAY, refund("o1", "r4").of(5_00).line("JEANS", 5_00).at("2026-11-21T12:00:00Z"));
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).line("SHOES", 100_00),
        capture("o1", "B").of(50_00).line("JEANS", 50_00).at("2026-11-20T09:00:00Z"));
    resolved(writtenOff("r1"), byHand("r2", "B"));
    rerun(DAY, NEXT_DAY);
    assertThat(exceptions()).containsExactly("r4: PRIOR_ALLOCATION_FAILED");

    policy(policies -> policies.with(Resolved.UNBLOCKS));
    rerun(DAY, NEXT_DAY);
    assertThat(exceptions()).isEmpty();
    assertThat(credits()).contains("r4 to B: 500 by REFERENCE");

    resolved(withdrawn("r1"));
    assertThat(exceptions()).contains("r4: PRIOR_ALLOCATION_FAILED");
  }

  @Test
  void takenBackItIsWhatTheRulesSay() {
    var before = everything();
    resolved(byHand("r1", "B"));
    resolved(withdrawn("r1"));

    assertThat(everything()).isEqualTo(before);
    assertThat(
            texts(
                "select concat_ws(' ', kind, note, resolved_by, run_id, superseded_by) from recredit.resolution order by run_id"))
        .containsExactly("by_hand seen on the invoice Anna 2 3", "withdrawn a mistake Bo 3");
    assertThat(credits("invoice_credit_as_of(2)")).contains("r1 to B");
  }

  @Test
  void whatTheRulesWouldCreditByThemselvesByNowIsShownBesideTheResolutionThatStays() {
    resolved(byHand("r1", "B"), writtenOff("r2"));
    assertThat(besideResolutions())
        .containsExactly(
            "r1 {\"by_capture\": {\"B\": 3000}} NO_ORDER_LINES",
            "r2 {\"written_off\": 2000} PRIOR_ALLOCATION_FAILED");

    feed.refunds(
        DAY,
        refund("o1", "r1").of(30_00).at("2026-11-20T11:00:00Z").with("capture_id", "A"),
        refund("o1", "r2").of(20_00).at("2026-11-20T12:00:00Z").with("capture_id", "B"),
        refund("o1", "r3").of(70_00).at("2026-11-20T13:00:00Z").with("capture_id", "A"));
    var run = nightly(DAY);

    assertThat(credits()).containsExactly("r1 to B: 3000 by MANUAL", "r3 to A: 7000 by CAPTURE_ID");
    assertThat(besideResolutions())
        .containsExactly(
            "r1 {\"by_capture\": {\"B\": 3000}} CAPTURE_ID {\"A\": 3000}",
            "r2 {\"written_off\": 2000} CAPTURE_ID {\"B\": 2000}");
    assertThat(summary.lines(run))
        .contains(
            "  resolved    r1 (30.00 SEK), resolved by Anna: the rules would credit it by now, by CAPTURE_ID to A: 30.00 SEK",
            "              r2 (20.00 SEK), resolved by Anna: the rules would credit it by now, by CAPTURE_ID to B: 20.00 SEK");
    assertThat(number("select count(*) from decision where refund_id <> 'r3' and since_run = 3"))
        .as("decisions made anew of what was resolved")
        .isZero();

    resolved(withdrawn("r1"));
    assertThat(besideResolutions())
        .containsExactly(
            "r1 {\"by_capture\": {\"B\": 3000}}",
            "r1 {}",
            "r2 {\"written_off\": 2000} CAPTURE_ID {\"B\": 2000}");
  }

  private List<String> besideResolutions() {
    return texts(
        "select concat_ws(' ', refund_id, amounts, rules_decision, rules_amounts) from recredit.resolution order by refund_id, run_id");
  }

  @Test
  void resolvedAnewTheLastDecisionHolds() {
    resolved(writtenOff("r1"));
    resolved(byHand("r1", "B"));

    assertThat(credits()).contains("r1 to B: 3000 by MANUAL");
    assertThat(texts("select refund_id from recredit.refund_write_off")).isEmpty();
    assertThat(texts("select refund_id from recredit.refund_write_off_as_of(2)"))
        .containsExactly("r1");
  }

  @Test
  void everyLaterRunKeepsIt() {
    resolved(byHand("r1", "B"), writtenOff("r2"));
    var resolved = everything();

    rerun(DAY, DAY);
    nightly(DAY);

    assertThat(everything()).isEqualTo(resolved);
    assertThat(number("select count(*) from decision where since_run > 2")).isZero();
  }

  @Test
  void itIsPartOfTheInputSoThatTheOrderOfRunsMakesNoDifference() {
    feed.captures(NEXT_DAY, capture("o1", "C").of(10_00).at("2026-11-20T08:30:00Z"));
    feed.refunds(NEXT_DAY, refund("o1", "r5").of(1_00).at("2026-11-20T14:00:00Z"));
    resolved(byHand("r1", "B"), writtenOff("r2"));
    nightly(NEXT_DAY);
    var resolvedFirst = everything();

    database.clear();
    nightly(NEXT_DAY);
    nightly(DAY);
    resolved(writtenOff("r2"));
    resolved(byHand("r1", "B"));
    var resolvedLast = everything();

    // When it was resolved is part of what is shown of it, and nothing else.
    assertThat(resolvedLast).isEqualTo(resolvedFirst);
  }

  @Test
  void aResolutionWhoseCaptureIsWithdrawnIsVoidAndSaysWhy() {
    resolved(byHand("r1", "B"));
    feed.captures(DAY, capture("o1", "A").of(100_00).with("klarna_reference", "K-1"));
    nightly(DAY);

    assertThat(exceptions()).contains("r1: RESOLUTION_VOID");
    assertThat(explanation("r1"))
        .startsWith("Anna allocated it by hand to capture B (30.00 SEK) at 2026-11-23 03:00:00 UTC")
        .contains("but the order has no capture B.");
    assertThat(proof.ofEverything()).isEmpty();

    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).with("klarna_reference", "K-1"),
        capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z"));
    nightly(DAY);
    assertThat(credits()).as("the capture is back").contains("r1 to B: 3000 by MANUAL");
  }

  @Test
  void aResolutionWithoutRoomAnyMoreIsVoidAndBlocksAsTheExceptionDid() {
    resolved(byHand("r1", "B"));
    policy(policies -> policies.with(Resolved.UNBLOCKS));
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).with("klarna_reference", "K-1"),
        capture("o1", "B").of(29_99).at("2026-11-20T09:00:00Z"));
    nightly(DAY);

    assertThat(exceptions()).containsExactly("r1: RESOLUTION_VOID", "r2: PRIOR_ALLOCATION_FAILED");
    assertThat(explanation("r1")).contains("capture B has room for 29.99 SEK, not for 30.00 SEK");
  }

  @Test
  void aResolutionOfARefundThatWasAnotherAmountThenIsVoid() {
    resolved(writtenOff("r1"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(31_00).at("2026-11-20T11:00:00Z"),
        refund("o1", "r2").of(20_00).at("2026-11-20T12:00:00Z"),
        refund("o1", "r3").of(100_00).at("2026-11-20T13:00:00Z").with("capture_id", "A"));
    nightly(DAY);

    assertThat(exceptions()).contains("r1: RESOLUTION_VOID");
    assertThat(explanation("r1"))
        .contains("the refund was of 30.00 SEK then and is of 31.00 SEK now");
  }

  @Test
  void whatCannotBeResolvedIsRefusedEachWithASentence() {
    var before = everything();

    assertThat(
            refusedToResolve(
                byHand("nobody", "A"),
                byHand("r1", "A=10.00", "B=19.99"),
                byHand("r2", "A", "B"),
                writtenOff("r3")))
        .containsExactly(
            "Refund nobody is in no file that was read.",
            "Refund r1 is of 30.00 SEK, and a refund is resolved whole: the amounts leave 0.01 SEK.",
            "Refund r2: 2 parts have no amount; only one can get the rest.",
            "Refund r3 is credited by rule CAPTURE_ID; only exceptions can be resolved.");
    assertThat(refusedToResolve(withdrawn("r1")))
        .containsExactly("Refund r1 is not resolved; there is nothing to withdraw.");
    assertThat(refusedToResolve(byHand("r1", "A=30.001", "B")))
        .containsExactly(
            "Refund r1: 30.001 is not an amount in SEK with its decimals, such as 30.00.");
    assertThat(refusedToResolve(byHand("r1", "A=31.00", "B")))
        .containsExactly(
            "Refund r1 is of 30.00 SEK, and a refund is resolved whole: the amounts are 1.00 SEK too much.");
    assertThat(refusedToResolve(writtenOff("r1"), byHand("r1", "A")))
        .containsExactly("Refund r1 is resolved twice.");
    assertThat(refusedToResolve(byHand("r1", "A=10.00", "A=20.00")))
        .containsExactly("Refund r1 names a capture twice.");
    assertThat(refusedToResolve(byHand("r1", "A=10.00", "K-1=20.00")))
        .containsExactly("Refund r1 names a capture twice.");
    assertThat(refusedToResolve(byHand("r1", "A=1.00", "K-2")))
        .containsExactly(
            "Refund r1: its order o1 has no capture or invoice K-2. It has A (invoice K-1), B.");
    assertThat(everything()).isEqualTo(before);
    assertThat(runs()).as("nothing was even begun").containsExactly("nightly done");
  }

  @Test
  void whatTheInvoicesCannotTakeIsRefusedAndNothingOfTheRestIsDone() {
    feed.captures(NEXT_DAY, capture("o1", "C").at("2026-11-21T09:00:00Z"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    var before = everything();

    assertThat(refusedToResolve(writtenOff("r2"), byHand("r1", "A=1.00", "C")))
        .singleElement()
        .asString()
        .startsWith(
            "Refund r1 cannot be put on capture A (1.00 SEK), capture C (29.00 SEK): capture C was made at")
        .contains("after the refund");
    assertThat(everything()).isEqualTo(before);
    assertThat(runs()).containsExactly("nightly done", "nightly done", "resolution undone");
    assertThat(texts("select refund_id from resolution")).isEmpty();
    resolved(writtenOff("r2"));
  }

  @Test
  void aCaptureCanBeNamedByTheNumberOfItsInvoice() {
    resolved(byHand("r1", "K-1=10.00", "B"));

    assertThat(credits()).contains("r1 to A: 1000 by MANUAL", "r1 to B: 2000 by MANUAL");
  }

  @Test
  void theSameResolutionAgainIsNotWrittenAgain() {
    resolved(byHand("r1", "A"), writtenOff("r2"));

    var finished = new ArrayList<Run>();
    resolve(finished, byHand("r1", "K-1=30.00"), writtenOff("r2"));
    assertThat(finished).isEmpty();
    assertThat(said).containsExactly("All of it stands like that already; nothing was done.");

    resolved(byHand("r1", "A"), withdrawn("r2"));
    assertThat(texts("select refund_id from resolution where since_run = 3")).containsExactly("r2");
  }

  @Test
  void aSpreadsheetFromBeforeAResolutionDoesNotOverrideIt() {
    resolved(writtenOff("r1"));
    var before = everything();

    assertThat(refusedToResolve(asOf(1, byHand("r1", "A"))))
        .containsExactly(
            "Refund r1 was resolved by Anna in run 2, after this report was made. Take it out of the file, or resolve it by itself: resolve r1.");
    assertThat(everything()).isEqualTo(before);
    resolved(asOf(1, withdrawn("r1")));
    assertThat(refusedToResolve(asOf(1, byHand("r1", "A"))))
        .singleElement()
        .asString()
        .startsWith("Refund r1 was left to the rules by Bo in run 3");
    resolved(asOf(3, byHand("r1", "A")));
    assertThat(credits()).contains("r1 to A: 3000 by MANUAL");
  }

  private static ResolutionRequest asOf(long run, ResolutionRequest asked) {
    return new ResolutionRequest(
        asked.place(),
        asked.refundId(),
        asked.as(),
        asked.note(),
        asked.by(),
        new Seen(run, "", "", ""));
  }

  private static ResolutionRequest shown(
      long run, String amount, String currency, String reason, ResolutionRequest asked) {
    return new ResolutionRequest(
        asked.place(),
        asked.refundId(),
        asked.as(),
        asked.note(),
        asked.by(),
        new Seen(run, amount, currency, reason));
  }

  @Test
  void aRowOfARefundThatWasCorrectedSinceIsRefused() {
    feed.refunds(
        DAY,
        refund("o1", "r1").of(99_999_99).at("2026-11-20T11:00:00Z"),
        refund("o1", "r2").of(20_00).at("2026-11-20T12:00:00Z"),
        refund("o1", "r3").of(100_00).at("2026-11-20T13:00:00Z").with("capture_id", "A"));
    nightly(DAY);
    var before = everything();

    var changed =
        "Refund r1 is 99,999.99 SEK, NO_ORDER_LINES, of order o1 now; the report, of run 1, showed 30.00 SEK, NO_ORDER_LINES, of order o1. Make the report anew, and decide by what it shows.";
    assertThat(refusedToResolve(asOf(1, writtenOff("r1")))).containsExactly(changed);
    assertThat(refusedToResolve(shown(1, "30.00", "SEK", "NO_ORDER_LINES", writtenOff("r1"))))
        .containsExactly(changed);
    assertThat(refusedToResolve(shown(2, "30.00", "SEK", "NO_ORDER_LINES", writtenOff("r1"))))
        .as("the run was typed anew, the row is the old one")
        .containsExactly(
            "Refund r1 is 99,999.99 SEK, NO_ORDER_LINES, of order o1; its row says 30.00 SEK NO_ORDER_LINES. Rows may have been moved against each other: fill in a report anew.");
    assertThat(everything()).isEqualTo(before);
    resolved(shown(2, "99,999.99", "SEK", "NO_ORDER_LINES", writtenOff("r1")));
  }

  @Test
  void aRowWhoseReasonIsAnotherTodayIsRefused() {
    resolved(writtenOff("r1"));
    policy(policies -> policies.with(Resolved.UNBLOCKS));
    rerun(DAY, DAY);

    assertThat(refusedToResolve(asOf(1, byHand("r2", "A"))))
        .singleElement()
        .asString()
        .startsWith("Refund r2 is 20.00 SEK, NO_ORDER_LINES, of order o1 now")
        .contains("showed 20.00 SEK, PRIOR_ALLOCATION_FAILED, of order o1");
  }

  @Test
  void aRowWhoseInvoiceNumberMeansAnotherCaptureTodayIsRefused() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00),
        capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z").with("klarna_reference", "K-1"),
        capture("o1", "C").of(50_00).at("2026-11-20T09:00:00Z").with("klarna_reference", "K-3"));
    nightly(DAY);

    assertThat(refusedToResolve(asOf(1, byHand("r1", "K-1")), asOf(1, byHand("r2", "K-3"))))
        .containsExactly(
            "Refund r1: K-1 means capture B now, and as of the report, of run 1, it meant A. Make the report anew, and decide by what it shows.",
            "Refund r2: K-3 means capture C now, and as of the report, of run 1, nothing. Make the report anew, and decide by what it shows.");
    resolved(asOf(2, byHand("r1", "K-1")));
    assertThat(credits()).contains("r1 to B: 3000 by MANUAL");
  }

  @Test
  void aRowOfARunThatNeverFinishedOrOfARefundThatWasNotThereIsRefused() {
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r4").of(1_00).at("2026-11-21T11:00:00Z"));
    nightly(NEXT_DAY);

    assertThat(refusedToResolve(asOf(77, byHand("r1", "A")), asOf(1, byHand("r4", "A"))))
        .containsExactly(
            "Refund r1 was not there as of run 77, which its run_id names, or no such run has finished. Fill in the row of a report, and leave its run_id as it is.",
            "Refund r4 was not there as of run 1, which its run_id names, or no such run has finished. Fill in the row of a report, and leave its run_id as it is.");
  }

  @Test
  void anInvoiceNumberOnTwoCapturesIsSaidToBeThat() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).with("klarna_reference", "K-1"),
        capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z").with("klarna_reference", "K-1"));
    nightly(DAY);

    assertThat(refusedToResolve(byHand("r1", "K-1")))
        .containsExactly(
            "Refund r1: K-1 is the number of 2 captures of its order, A, B. Name one of these.");
  }

  @Test
  void partlyOnAnInvoiceAndPartlyWrittenOffItIsCreditedWithItsAmountsInBoth() {
    resolved(
        new ResolutionRequest(
            "",
            "r1",
            ResolveAs.of(List.of("B=22.37"), new WriteOff(null)),
            "goodwill",
            "Anna",
            null));

    assertThat(credits()).contains("r1 to B: 2237 by MANUAL");
    assertThat(
            texts(
                "select concat_ws(' ', refund_id, refunded_amount, written_off_amount, currency, note) from recredit.refund_write_off"))
        .containsExactly("r1 3000 763 SEK goodwill");
    assertThat(
            texts(
                "select concat_ws(' ', refunded_amount, credited_refunds, credited_amount, unallocated_amount, write_offs, written_off_amount, difference) from recredit.daily_reconciliation"))
        .containsExactly("15000 2 12237 2000 0 763 0");
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(texts("select kind || ' ' || written_off_amount from recredit.resolution"))
        .containsExactly("by_hand 763");

    var whole = everything();
    rerun(DAY, DAY);
    assertThat(everything()).isEqualTo(whole);
  }

  @Test
  void anAmountWrittenOffInPartIsPartOfTheWhole() {
    assertThat(refusedToResolve(inPart("r1", "7.62", "B=22.37")))
        .containsExactly(
            "Refund r1 is of 30.00 SEK, and a refund is resolved whole: the amounts leave 0.01 SEK.");
    assertThat(refusedToResolve(inPart("r1", "", "A", "B=1.00")))
        .containsExactly("Refund r1: 2 parts have no amount; only one can get the rest.");
    assertThat(refusedToResolve(inPart("r1", "30,00", "B")))
        .singleElement()
        .asString()
        .contains("the amounts leave 0.00 SEK");
    assertThat(refusedToResolve(inPart("r1", "7,6", "B")))
        .containsExactly(
            "Refund r1: 7.6 is not an amount in SEK with its decimals, such as 30.00.");
    resolved(inPart("r1", "7,63", "B"));
    assertThat(credits()).contains("r1 to B: 2237 by MANUAL");
  }

  private static ResolutionRequest inPart(String refundId, String writtenOff, String... captures) {
    return new ResolutionRequest(
        "",
        refundId,
        ResolveAs.of(List.of(captures), WriteOff.of(writtenOff)),
        "goodwill",
        "Anna",
        null);
  }

  @Test
  void aResolutionThatCannotEvenBeWrittenIsUndoneToo() {
    var before = everything();
    failAtRow("resolution", 2);

    var refused = refused(() -> resolve(new ArrayList<>(), byHand("r1", "A"), writtenOff("r2")));
    failNoMore();

    assertThat(refused).hasMessageContaining("no more room");
    assertThat(runs()).containsExactly("nightly done", "resolution undone");
    assertThat(everything()).isEqualTo(before);
    resolved(byHand("r1", "A"));
  }

  @Test
  void aResolutionThatFailsIsUndoneAtOnce() {
    var before = everything();
    interlude.whenDone(
        Interlude.DECIDING,
        () -> sql("update credit set credited_amount = 2999 where since_run = 2"));

    var refused = refused(() -> resolve(new ArrayList<>(), byHand("r1", "B")));

    assertThat(refused).hasMessageStartingWith("The proof failed");
    assertThat(runs()).containsExactly("nightly done", "resolution undone");
    assertThat(texts("select refund_id from resolution")).isEmpty();
    assertThat(everything()).isEqualTo(before);
  }

  @Autowired private KnownInvoices knownInvoices;

  @Test
  void whatHasButOneInvoiceGoesOnItInTimeAsLongAsThereIsRoom() {
    feed.captures(
        NEXT_DAY,
        capture("o2", "C").of(50_00).line("SHOES", 50_00).at("2026-11-20T09:00:00Z"),
        capture("o3", "D").of(50_00).line("SHOES", 50_00).at("2026-11-21T09:00:00Z"));
    feed.refunds(
        NEXT_DAY,
        refund("o2", "q1").of(20_00).line("SHOES", 19_99).at("2026-11-21T10:00:00Z"),
        refund("o2", "q2").of(40_00).line("SHOES", 39_00).at("2026-11-21T11:00:00Z"),
        refund("o2", "q3").of(30_00).line("SHOES", 30_00).at("2026-11-21T12:00:00Z"),
        refund("o3", "q4").of(1_00).at("2026-11-21T08:00:00Z"),
        refund("o3", "q5").of(1_00).line("SHOES", 99).at("2026-11-22T08:00:00Z"));
    nightly(NEXT_DAY);

    var found = knownInvoices.find(wanted(null));
    assertThat(found.requests().all())
        .extracting(ResolutionRequest::refundId)
        .containsExactly("q1", "q3", "q5");
    assertThat(found.said())
        .containsExactly(
            "3 exceptions go on the only invoice of their order.",
            "2 stay: their invoice has no room for them, or is of a later time or another currency.");
    assertThat(knownInvoices.find(wanted(LocalDate.parse("2026-11-21"))).requests().all())
        .hasSize(2);
    assertThat(knownInvoices.find(wanted(null, Reason.LINES_SUM_MISMATCH)).requests().all())
        .extracting(ResolutionRequest::refundId)
        .containsExactly("q1", "q5");

    takeIn(Run.Kind.RESOLUTION, found.requests());
    assertThat(credits())
        .contains("q1 to C: 2000 by MANUAL", "q3 to C: 3000 by MANUAL", "q5 to D: 100 by MANUAL");
    assertThat(proof.ofEverything()).isEmpty();
  }

  private static Wanted wanted(@Nullable LocalDate until, Reason... reasons) {
    return new Wanted(By.ONLY_INVOICE, List.of(reasons), until, "the only one", "Anna");
  }

  private void noted(NoteRequest request) {
    said.clear();
    takeIn(Run.Kind.NOTE, ResolutionRequests.of(request));
  }

  private static NoteRequest note(String refundId, String status, String caseId, String note) {
    return new NoteRequest("", refundId, status, caseId, note, "Anna", null);
  }

  private static NoteRequest row(long run, String status, String caseId, String note) {
    return new NoteRequest("Row 2", "r1", status, caseId, note, "Bo", run);
  }

  private List<String> work() {
    return texts(
        "select concat_ws(' ', refund_id, status, case_id, note) from recredit.refund_exception order by refund_id");
  }

  @Test
  void whatWasDoneAboutAnExceptionStaysUntilItClosesAndIsInItsHistoryAfter() {
    assertThat(work()).containsExactly("r1 open", "r2 open");
    noted(note("r1", "asked", "4711", "asked Klarna"));
    assertThat(work()).containsExactly("r1 asked 4711 asked Klarna", "r2 open");
    rerun(DAY, DAY);
    noted(note("r1", "answered", "", "they look"));
    assertThat(work()).containsExactly("r1 answered 4711 they look", "r2 open");
    assertThat(
            texts("select status from recredit.refund_exception_as_of(3) where refund_id = 'r1'"))
        .containsExactly("asked");

    resolved(byHand("r1", "B"));
    assertThat(
            texts(
                "select concat_ws(' ', closed_as, status, case_id, note) from recredit.exception_history where refund_id = 'r1'"))
        .containsExactly("credited answered 4711 they look");
    resolved(withdrawn("r1"));
    assertThat(work()).as("it is another one").containsExactly("r1 open", "r2 open");
    assertThat(refused(() -> noted(note("r3", "asked", "", "why"))))
        .hasMessageContaining("Refund r3 is no open exception");
  }

  @Test
  void aRowNotesWhatItSaysBeyondWhatTheReportShowed() {
    noted(note("r1", "asked", "", "asked Klarna"));

    noted(row(2, "asked", "", "asked Klarna"));
    assertThat(said).containsExactly("All of it stands like that already; nothing was done.");
    noted(row(1, "open", "", ""));
    assertThat(said).as("as it was shown").hasSize(1);
    assertThat(refused(() -> noted(row(1, "answered", "", "by mail"))))
        .hasMessageContaining(
            "Row 2: Refund r1 is noted as asked: asked Klarna, since the report was made.");
    noted(row(2, "answered", "", "by mail"));
    assertThat(work()).contains("r1 answered by mail");
    assertThat(refused(() -> noted(row(3, "done", "", "x")))).hasMessageContaining("is none of");
  }

  private List<String> proposed() {
    return texts(
        "select concat_ws(': ', refund_id, proposed) from recredit.refund_exception order by refund_id");
  }

  @Test
  void whatIsKnownProposesTheOneInvoiceThatItLeaves() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).with("klarna_reference", "K-1").line("SHOES", 100_00),
        capture("o1", "B")
            .of(50_00)
            .at("2026-11-20T09:00:00Z")
            .with("reference", "SHIP-2")
            .line("JEANS", 30_00)
            .line("SOCKS", 20_00));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(30_00).at("2026-11-20T11:00:00Z"),
        refund("o1", "r2").of(7_00).at("2026-11-20T11:01:00Z"),
        refund("o1", "r3").of(7_00).at("2026-11-20T11:02:00Z").with("reference", "SHIP-2"),
        refund("o1", "r4").of(7_00).at("2026-11-20T11:03:00Z").with("capture_id", "K-1"),
        refund("o1", "r5").of(7_00).at("2026-11-20T11:04:00Z").line("SOCKS", 6_99),
        refund("o1", "r6").of(100_00).at("2026-11-20T11:05:00Z"),
        refund("o1", "r7").of(150_00).at("2026-11-20T11:06:00Z"),
        refund("o1", "r8")
            .of(7_00)
            .at("2026-11-20T11:07:00Z")
            .line("SHOES", 6_99)
            .with("reference", "SHIP-2"));
    nightly(DAY);

    assertThat(proposed())
        .containsExactly(
            "r1: B", "r2", "r3: B", "r4: A", "r5: B", "r6: A", "r7: A=100.00; B=50.00", "r8");
  }

  @Test
  void okTakesWhatTheReportProposedIfItStillIs() {
    feed.refunds(
        DAY,
        refund("o1", "r1").of(100_00).at("2026-11-20T11:00:00Z"),
        refund("o1", "r2").of(20_00).at("2026-11-20T12:00:00Z"));
    nightly(DAY);
    assertThat(proposed()).containsExactly("r1: A", "r2");

    assertThat(refusedToResolve(asOf(1, ok("r1")), asOf(2, ok("r2"))))
        .containsExactly(
            "Refund r1: the report proposes nothing for it that could be ok. Say how it is resolved.",
            "Refund r2: the report proposes nothing for it that could be ok. Say how it is resolved.");
    resolved(asOf(2, ok("r1")));
    assertThat(credits()).containsExactly("r1 to A: 10000 by MANUAL");
  }

  @Test
  void okIsRefusedWhereSomethingElseIsProposedSince() {
    feed.refunds(DAY, refund("o1", "r1").of(50_00).at("2026-11-20T11:00:00Z"));
    nightly(DAY);
    feed.captures(
        DAY,
        capture("o1", "A").of(50_00).with("klarna_reference", "K-1"),
        capture("o1", "B").of(60_00).at("2026-11-20T09:00:00Z"));
    nightly(DAY);

    assertThat(refusedToResolve(asOf(2, ok("r1"))))
        .containsExactly(
            "Refund r1: the report proposes B, and A is proposed now. Make the report anew, and decide by what it shows.");
  }

  private static ResolutionRequest ok(String refundId) {
    return new ResolutionRequest("", refundId, ResolveAs.AS_PROPOSED, "seen", "Anna", null);
  }

  private List<String> credits(String relation) {
    return texts("select refund_id || ' to ' || capture_id from recredit." + relation);
  }

  private String explanation(String refundId) {
    return texts("select explanation from recredit.refund_exception where refund_id = ?", refundId)
        .get(0);
  }
}
