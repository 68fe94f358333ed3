package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import io.recredit.input.Readings;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import io.recredit.wording.ExitCode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Runs that fail half way, are carried on, are undone, or find another one at work. */
class UnfinishedRunTest extends JobTest {

  /** Two shares of two pages each. */
  private static final int ORDERS = 4_200;

  @Autowired private Readings readings;
  @Autowired private RunSummary summary;

  // What is wrong with the files

  @Test
  void aMissingFileStopsTheRunBeforeAnythingIsWritten() {
    feed.captures(DAY);
    assertThat(nightlyFails(DAY)).contains("refunds-2026-11-20.ndjson", "missing");
    assertThat(runs()).isEmpty();

    feed.refunds(DAY);
    nightly(DAY);
    assertThat(runs()).containsExactly("nightly done");
  }

  @Test
  void aMissingFileOfTheLastDayOfARangeStopsTheRunBeforeAnythingIsWritten() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    feed.refunds(NEXT_DAY);
    assertThat(fails(rerunOf(DAY, NEXT_DAY))).contains("captures-2026-11-21.ndjson");
    assertThat(runs()).isEmpty();
  }

  @Test
  void thePlainAndTheGzippedFileBesideEachOtherStopTheRun() {
    feed.nothing(DAY);
    feed.gzipped("captures", DAY);
    assertThat(nightlyFails(DAY))
        .contains("captures-2026-11-20.ndjson and captures-2026-11-20.ndjson.gz");
    assertThat(runs()).isEmpty();
  }

  @Test
  void aGzipThatIsCutOffStopsTheRunBeforeItBegins() {
    feed.captures(DAY, capture("o1", "A"));
    feed.cutOff("refunds", DAY, refund("o1", "r1"), refund("o2", "r2"));
    assertThat(nightlyFails(DAY)).contains("refunds-2026-11-20.ndjson.gz");
    assertThat(runs()).isEmpty();

    feed.remove("refunds", DAY);
    feed.gzipped("refunds", DAY, refund("o1", "r1"), refund("o2", "r2"));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r2: NO_CAPTURE");
  }

  @Test
  void anotherCommandUndoesARunThatFailedAndSaysSo() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    failAtRow("refund", 1);
    nightlyFails(DAY);
    failNoMore();

    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o9", "r9"));
    nightly(NEXT_DAY);

    assertThat(said)
        .containsExactly(
            "Run 1 (nightly of 2026-11-20) did not finish and is undone; nothing of it was ever shown.");
    assertThat(runs()).containsExactly("nightly undone", "nightly done");
    assertThat(exceptions()).containsExactly("r9: NO_CAPTURE");
    assertThat(balances()).isEmpty();
    assertThat(number("select count(*) from recredit.invoice_balance")).isZero();
  }

  // Failures in the middle of the work

  @ParameterizedTest
  @ValueSource(strings = {"decision", "credit", "decided_range"})
  void aChunkOfDecisionsThatFailsLeavesNothingAndTheSameCommandCarriesOn(String table) {
    manyOrders();
    nightly(DAY);
    var expected = credits();
    startWithNothing();

    manyOrders();
    failAtRow(table, table.equals("decided_range") ? 2 : 4_050);
    assertThat(nightlyFails(DAY)).contains("run the same command again");
    assertThat(number("select count(*) from decision"))
        .isEqualTo(number("select coalesce(sum(last_n - first_n + 1), 0) from decided_range"))
        .isEqualTo(number("select count(*) from credit"))
        .isPositive()
        .isLessThan(ORDERS);
    assertThat(credits()).isEmpty();

    failNoMore();
    loseExecutionContexts();
    nightly(DAY);
    assertThat(said).singleElement().asString().contains("Run 1", "carried on");
    assertThat(credits()).isEqualTo(expected);
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(runs()).containsExactly("nightly done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"capture", "refund"})
  void aChunkOfRecordsThatFailsLeavesNothingAndTheSameCommandCarriesOn(String table) {
    eighteenThousandOfEach();
    failAtRow(table, 17_000);
    nightlyFails(DAY);
    assertThat(number("select count(*) from " + table)).isLessThan(18_000);
    assertThat(files()).isEmpty();

    failNoMore();
    loseExecutionContexts();
    nightly(DAY);
    assertThat(said).singleElement().asString().contains("carried on");
    eighteenThousandOfEachAreAccepted();
    assertThat(number("select refunds from recredit.daily_reconciliation")).isEqualTo(18_000);
  }

  /** As writers side by side leave it: a later page is there, one before it is not. */
  @ParameterizedTest
  @ValueSource(strings = {"capture", "refund"})
  void aGapInWhatWasReadIsFoundAndFilledByTheRunThatIsCarriedOn(String table) {
    eighteenThousandOfEach();
    interlude.whenBegins(
        "Bringing the input into the tables",
        () -> {
          sql("delete from lines_read where kind = '%ss' and first_line = 4001".formatted(table));
          sql("delete from %s where line_number between 4001 and 8000".formatted(table));
        });
    assertThat(nightlyFails(DAY))
        .contains(table + "s-2026-11-20.ndjson only 14001 lines", "the same command");
    assertThat(files()).isEmpty();

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("carried on");
    eighteenThousandOfEachAreAccepted();
    assertThat(number("select count(distinct %1$s_id) from %1$s".formatted(table)))
        .isEqualTo(18_000);
  }

  private void eighteenThousandOfEach() {
    var captures = new ArrayList<String>();
    var refunds = new ArrayList<String>();
    for (var i = 0; i < 18_000; i++) {
      captures.add(capture("o" + i / 3, "c" + i).json());
      refunds.add(refund("o" + i / 3, "r" + i).of(1).ofCapture("c" + i).json());
    }
    // Far behind the place where it breaks off, of records in front of it.
    captures.add(captures.get(1));
    refunds.add(refunds.get(1));
    feed.lines("captures", DAY, captures);
    feed.lines("refunds", DAY, refunds);
  }

  private void eighteenThousandOfEachAreAccepted() {
    assertThat(files())
        .containsExactly(
            "captures-2026-11-20.ndjson: 18001 lines, 18000 accepted, 1 repeated, 0 rejected, 0 withdrawn",
            "refunds-2026-11-20.ndjson: 18001 lines, 18000 accepted, 1 repeated, 0 rejected, 0 withdrawn");
  }

  @Test
  void aRunThatFailsWhileItsInputIsAppliedIsCarriedOn() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"));
    failAtRow("order_to_decide", 2);
    nightlyFails(DAY);
    assertThat(number("select count(*) from recredit.invoice_balance")).isZero();

    failNoMore();
    nightly(DAY);
    assertThat(said).singleElement().asString().contains("carried on");
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
  }

  @Test
  void aRunOverFilesOfEveryKindIsCarriedOn() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    feed.releases(DAY, release("o1"));
    feed.orders(DAY, document("o2").capture("C", 50_00, 0L).refund("r2", 10_00));
    for (var table : List.of("lines_read", "document", "decided_range", "refund_evidence")) {
      failAtRow(table, 1);
      nightlyFails(DAY);
      failNoMore();
    }
    nightly(DAY);
    assertThat(said).singleElement().asString().contains("carried on");
    assertThat(runs()).containsExactly("nightly done");
    assertThat(texts("select verdict from recredit.refund_evidence"))
        .containsExactly("ON_NO_INVOICE");
  }

  @Test
  void anotherCommandUndoesWhatARunDecidedBeforeItFailed() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00), refund("o2", "r2"));
    nightly(DAY);
    var before = everything();
    var filesBefore = files();

    feed.captures(DAY, capture("o1", "A").of(1_00));
    feed.lines("refunds", DAY, List.of("no json", refund("o1", "r1").of(20_00).json()));
    breakTheProof();
    assertThat(nightlyFails(DAY)).contains("The proof failed");
    assertThat(everything()).isEqualTo(before);
    assertThat(files()).isEqualTo(filesBefore);
    assertThat(rejected()).isEmpty();

    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(said).singleElement().asString().contains("Run 2", "undone");
    assertThat(everything()).isEqualTo(before);
    assertThat(files()).startsWith(filesBefore.toArray(String[]::new)).hasSize(4);
    assertThat(rejected()).isEmpty();
    assertThat(proof.ofEverything()).isEmpty();

    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: EXCEEDS_CAPTURED_AMOUNT");
    assertThat(rejected()).containsExactly("refunds-2026-11-20.ndjson line 1");
  }

  @Test
  void whatAnUnfinishedRunReadDoesNotCountAsRead() {
    feed.nothing(DAY);
    nightly(DAY);
    feed.nothing(NEXT_DAY);
    breakTheProof();
    nightlyFails(NEXT_DAY);

    assertThat(readings.lastDayRead()).contains(LocalDate.parse(DAY));
    assertThat(readings.wasRead(LocalDate.parse(NEXT_DAY))).isFalse();
    assertThat(readings.daysNeverRead()).isEmpty();
  }

  @Test
  void aFileThatChangesUnderAnUnfinishedRunIsReadAnewByARunOfItsOwn() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    breakTheProof();
    nightlyFails(DAY);

    feed.refunds(DAY, refund("o1", "r1").of(20_00));
    nightly(DAY);
    assertThat(said).singleElement().asString().contains("Run 1", "undone");
    assertThat(credits()).containsExactly("r1 to A: 2000 by SOLE_CAPTURE");
  }

  @Test
  void aFileThatIsOtherOnlyWhileItIsReadIsReadAnewByARunOfItsOwn() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    interlude.whenBegins("Reading refunds", () -> feed.refunds(DAY, refund("o1", "r1").of(20_00)));
    assertThat(nightlyFails(DAY)).contains("refunds-2026-11-20.ndjson", "changed");

    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    nightly(DAY);
    assertThat(said).singleElement().asString().contains("Run 1", "undone");
    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
  }

  @Test
  void aRunThatFailsOnceItIsProvedIsProvedAgain() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    interlude.whenBegins("Letting it be seen", () -> sql("delete from decided_range"));
    assertThat(nightlyFails(DAY)).contains("1 orders were to be decided anew, 0 were, and 1 were");

    sql("insert into decided_range values (1, 1)");
    sql("update credit set credited_amount = 9999");
    assertThat(nightlyFails(DAY)).contains("99.99 SEK", "100.00 SEK");
    assertThat(credits()).isEmpty();
  }

  @Test
  void aRunWhoseProofFailsShowsNothingOfItselfAndIsFinishedOnceTheCauseIsGone() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    interlude.whenDone(Interlude.DECIDING, () -> sql("update credit set credited_amount = 9999"));
    assertThat(nightlyFails(DAY))
        .contains("The proof failed: ", "order o1", "99.99 SEK", "100.00 SEK");
    assertThat(credits()).isEmpty();
    assertThat(balances()).isEmpty();
    assertThat(nightlyFails(DAY)).contains("The proof failed: ");

    sql("update credit set credited_amount = 10000");
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
    assertThat(runs()).containsExactly("nightly done");
  }

  @Test
  void runsAreNumberedWithoutGaps() {
    feed.nothing(DAY);
    breakTheProof();
    nightlyFails(DAY);
    mendTheProof();
    // As a crash of PostgreSQL leaves it.
    texts("select setval(pg_get_serial_sequence('recredit_store.run', 'run_id'), 40)");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(texts("select run_id || ' ' || status from recredit.run order by run_id"))
        .containsExactly("1 undone", "2 done");
  }

  @Test
  void aRunThatIsCarriedOnTookTheTimeThatItWasAtWork() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    breakTheProof();
    nightlyFails(DAY);
    mendTheProof();
    sql("update run set started_at = started_at - interval '3 days'");
    sql(
        """
        update recredit_batch.batch_job_execution
        set start_time = start_time - interval '3 days', end_time = end_time - interval '3 days' + interval '100 s'
        """);

    var run = nightly(DAY);

    assertThat(said).singleElement().asString().contains("carried on");
    assertThat(summary.lines(run).get(0)).matches("Run 1, .* done in 1\\d\\d\\.\\d s\\.");
  }

  // Other processes

  @Test
  void whileAnotherRunIsAtWorkNothingIsDone() throws SQLException {
    feed.nothing(DAY);
    breakTheProof();
    nightlyFails(DAY);
    mendTheProof();
    sql("update run set status = 'running'");
    try (var other = database.connect();
        var holding = other.createStatement()) {
      assertThat(texts("select status from recredit.run")).containsExactly("interrupted");
      holding.execute("select pg_advisory_lock(x'7265637265646974'::bigint)");
      assertThat(texts("select status from recredit.run")).containsExactly("running");

      var refused = refused(() -> command(nightlyOf(DAY), new ArrayList<>()));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.BUSY);
      assertThat(isSentence(refused.getMessage()))
          .contains("Run 1", "nightly of 2026-11-20", "2026-11-23");
      holding.execute("select pg_advisory_unlock_all()");
    }
    nightly(DAY);
    assertThat(runs()).containsExactly("nightly done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Reading captures", "Reading refunds", Interlude.DECIDING, "Proving the totals"})
  void aProcessThatLostItsRunToAnotherOneWritesNothingMore(String part) {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    interlude.whenDone(part, () -> sql("update run set attempt = attempt + 1"));
    assertThat(nightlyFails(DAY)).contains("Run 1 was taken over by another process");

    assertThat(texts("select status || coalesce(failure, '') from run")).containsExactly("running");
  }

  @Test
  void aProcessThatLostItsRunNotesNothingOfOrdersThatCameOutAsBefore() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    interlude.whenBegins(
        Interlude.DECIDING, () -> sql("update run set attempt = attempt + 1 where run_id = 2"));
    assertThat(fails(rerunOf(DAY, DAY))).contains("Run 2 was taken over by another process");

    assertThat(number("select count(*) from decided_range")).isZero();
  }

  @Test
  void aProcessThatLostItsRunLeavesItFinishedWhenTheOtherOneFinishedIt() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    interlude.whenDone(
        Interlude.DECIDING,
        () ->
            sql(
                "update run set status = 'done', decided_on = '2026-11-21', attempt = attempt + 1"));
    assertThat(nightlyFails(DAY)).contains("taken over");

    assertThat(runs()).containsExactly("nightly done");
  }

  @ParameterizedTest
  @ValueSource(strings = {DAY, NEXT_DAY})
  void aRunThatFinishesAtTheMomentAtWhichItWouldBeCarriedOnOrUndoneStaysShown(String command)
      throws Exception {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    feed.nothing(NEXT_DAY);
    breakTheProof();
    nightlyFails(DAY);
    mendTheProof();
    sql("update run set status = 'running', failure = null, ended_at = null");

    CompletableFuture<Run> other;
    try (var publishing = database.connect();
        var statement = publishing.createStatement()) {
      publishing.setAutoCommit(false);
      statement.execute("update recredit_store.run set status = 'done', decided_on = '2026-11-21'");
      other = CompletableFuture.supplyAsync(() -> nightly(command));
      waitForALock();
      publishing.commit();
    }
    other.get(1, TimeUnit.MINUTES);

    assertThat(said).isEmpty();
    assertThat(runs()).containsExactly("nightly done", "nightly done");
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
  }

  @Test
  void aRunThatDiedWithItsProcessIsCarriedOn() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    breakTheProof();
    nightlyFails(DAY);
    mendTheProof();
    processDied();

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("Run 1", "carried on");
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
  }

  @Test
  void aRunWhoseStagedRecordsWereLostIsReadAnew() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    breakTheProof();
    nightlyFails(DAY);
    sql(
        "truncate staging_of_run, capture_staging, refund_staging, release_staging, lines_read, order_to_decide, decided_range, proved_range");

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("Run 1", "undone");
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
  }

  @Test
  void aRunThatAnotherVersionBeganIsReadAnew() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    breakTheProof();
    nightlyFails(DAY);
    sql("update run set made_by = '0.0.1'");

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("Run 1", "undone");
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
  }

  @Test
  void aRunThatIsCarriedOnIsOfTheDayOnWhichItIsShown() {
    clock.set("2026-11-21T03:00:00Z");
    feed.captures(DAY, capture("o1", "A").line("TSHIRT", 1_00));
    feed.refunds(DAY, refund("o1", "r1").of(1_00).line("TSHIRT", 1_00));
    failAtRow("decision", 1);
    nightlyFails(DAY);
    failNoMore();
    clock.set("2026-11-22T03:00:00Z");

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("it is carried on");
    assertThat(texts("select refund_id || ' ' || decided_on from recredit.invoice_credit"))
        .containsExactly("r1 2026-11-22");
  }

  @Test
  void anUnfinishedRunOfOtherPoliciesIsUndone() {
    feed.captures(
        DAY, capture("o1", "A").line("TSHIRT", 1_00), capture("o1", "B").line("TSHIRT", 1_00));
    feed.refunds(DAY, refund("o1", "r1").of(1_00).line("TSHIRT", 1_00));
    failAtRow("decision", 1);
    nightlyFails(DAY);
    failNoMore();
    policy(
        policies ->
            Policies.of(
                policies.spanning(),
                Policies.Ambiguous.REJECT,
                policies.returnFeeCountries(),
                policies.timeZone()));

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("is undone");
    assertThat(exceptions()).containsExactly("r1: AMBIGUOUS_CAPTURE");
  }

  @Test
  void inputThatWasAppliedIsNotAppliedAgainWhenItsStepIsBegunAgain() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    breakTheProof();
    nightlyFails(DAY);
    mendTheProof();
    sql(
        """
        update recredit_batch.batch_step_execution set status = 'STOPPED', exit_code = 'STOPPED'
        where step_name = 'apply-input'
        """);

    nightly(DAY);
    assertThat(said).singleElement().asString().contains("it is carried on");
    assertThat(credits()).containsExactly("r1 to A: 10000 by SOLE_CAPTURE");
  }

  // Words

  private void waitForALock() throws InterruptedException {
    while (number("select count(*) from pg_locks where not granted") == 0) {
      Thread.sleep(10);
    }
  }

  private void manyOrders() {
    var captures = new ArrayList<String>();
    var refunds = new ArrayList<String>();
    for (var i = 0; i < ORDERS; i++) {
      captures.add(capture("o" + i, "c" + i).json());
      refunds.add(refund("o" + i, "r" + i).json());
    }
    feed.lines("captures", DAY, captures);
    feed.lines("refunds", DAY, refunds);
  }

  @AfterEach
  void mendTheTables() {
    failNoMore();
  }

  /** As a kill does, from the beginning of a restarted step until its first chunk. */
  private void loseExecutionContexts() {
    sql(
        "update recredit_batch.batch_step_execution_context set short_context = '{\"batch.version\":\"6.0.4\"}'");
  }

  /** Of the next run, when all is decided. */
  private void breakTheProof() {
    interlude.whenDone(Interlude.DECIDING, () -> sql("insert into decided_range values (0, 0)"));
  }

  private void mendTheProof() {
    sql("delete from decided_range where first_n = 0");
  }
}
