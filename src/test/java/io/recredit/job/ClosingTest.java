package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies.Resolved;
import io.recredit.closing.Closing;
import io.recredit.closing.Reopening;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Books that are closed stay what they are (rules.md, part 8, "Closing"). */
class ClosingTest extends JobTest {

  private static final LocalDate CLOSED = LocalDate.parse(DAY);

  @Autowired private Closing closing;
  @Autowired private Reopening reopening;
  @Autowired private Runs runs;

  @BeforeEach
  void readADay() {
    timeZone("UTC");
    feed.captures(
        DAY,
        capture("o1", "A").of(500_00),
        capture("o1", "B").of(500_00).at("2026-11-20T08:30:00Z"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00).ofCapture("A"));
    nightly(DAY);
  }

  private Closing.Closed close(LocalDate until) {
    return closing.close(until, "Karin", null, feed.folder());
  }

  private Run reopen(LocalDate until) {
    var finished = new ArrayList<Run>();
    asOwner(
        () ->
            reconciliation()
                .runOnce(
                    Run.Kind.REOPENING,
                    () -> Optional.of(reopening.input(until, "Karin", "a mistake")),
                    said::add,
                    finished::add));
    return finished.get(0);
  }

  private void correct(FeedRecord refund) {
    feed.refunds(DAY, refund);
    rerun(DAY, DAY);
  }

  @Test
  void whatIsCorrectedLaterIsPostedWithItsReversalWhereTheBooksAreOpen() {
    close(CLOSED);
    correct(refund("o1", "r1").of(20_00).ofCapture("B"));

    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A 2500 of 2026-11-20",
            "2 2026-11-23 r1 CREDIT A -2500 of 2026-11-20",
            "3 2026-11-23 r1 CREDIT B 2000 of 2026-11-20");
    assertThat(proof.ofEverything()).isEmpty();
  }

  /** A run carried on at night's end, a clock that is behind: closed is closed. */
  @Test
  void nothingIsPostedInClosedDaysWhateverTheClockSays() {
    close(CLOSED);
    clock.set("2026-11-20T12:00:00Z");
    correct(refund("o1", "r1").of(20_00).ofCapture("A"));
    assertThat(entries()).last().isEqualTo("2 2026-11-21 r1 CREDIT A -500 of 2026-11-20");
  }

  @Test
  void theLastNightOfAMonthBelongsToItThoughItRunsInTheNext() {
    clock.set("2026-12-01T03:00:00Z");
    feed.captures("2026-11-30", capture("o2", "C").at("2026-11-30T08:00:00Z"));
    feed.refunds("2026-11-30", refund("o2", "r2").of(7_00).at("2026-11-30T22:00:00Z"));
    nightly("2026-11-30");
    assertThat(entries()).last().isEqualTo("2 2026-11-30 r2 CREDIT C 700 of 2026-11-30");
  }

  @Test
  void aBusinessDateThatMovesAmongClosedDaysPostsNothingUntilTheyAreOpen() {
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    close(LocalDate.parse(NEXT_DAY));
    correct(refund("o1", "r1").of(25_00).ofCapture("A").at("2026-11-21T09:00:00Z"));
    assertThat(entries()).hasSize(1);
    assertThat(proof.ofEverything()).isEmpty();

    reopen(LocalDate.parse("2026-11-19"));
    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A 2500 of 2026-11-20",
            "2 2026-11-20 r1 CREDIT A -2500 of 2026-11-20",
            "3 2026-11-21 r1 CREDIT A 2500 of 2026-11-21");
    assertThat(runs()).last().isEqualTo("reopening done");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void whatIsOpenedAgainTakesCorrectionsOnItsOwnDays() {
    close(CLOSED);
    correct(refund("o1", "r1").of(20_00).ofCapture("A"));
    reopen(CLOSED.minusDays(1));
    correct(refund("o1", "r1").of(21_00).ofCapture("A"));

    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A 2500 of 2026-11-20",
            "2 2026-11-23 r1 CREDIT A -500 of 2026-11-20",
            "3 2026-11-20 r1 CREDIT A 100 of 2026-11-20");
    assertThat(
            texts(
                "select format('%s %s %s %s', until, reopened_run, reopened_by, reopened_note) from recredit.closed_period"))
        .containsExactly("2026-11-20 3 Karin a mistake");
    assertThat(close(CLOSED).period().closingId()).isEqualTo(2);
    assertThat(proof.ofEverything()).isEmpty();
  }

  /** Rows in the books keep the words of the run that wrote them; entries have those of now. */
  @Test
  void whatAnOpeningPostsHasTheWordsOfNow() {
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    close(LocalDate.parse(NEXT_DAY));
    correct(refund("o1", "r1").of(25_00).ofCapture("A").at("2026-11-21T09:00:00Z"));
    feed.captures(
        DAY,
        capture("o1", "A").of(500_00).with("klarna_reference", "K-7"),
        capture("o1", "B").of(500_00).at("2026-11-20T08:30:00Z"));
    rerun(DAY, DAY);
    reopen(CLOSED.minusDays(1));
    assertThat(texts("select invoice_reference from recredit.journal order by entry_id"))
        .as("of what is no longer there, those of its newest entry")
        .containsExactly("A", "A", "K-7");
  }

  @Test
  void aClosingKeepsWhatStoodInTheBooks() {
    var closed = close(CLOSED).period();
    assertThat(closed.entries()).isEqualTo(1);
    assertThat(
            texts(
                "select format('%s %s %s %s', until, closed_by, entries, totals) from recredit.closed_period"))
        .containsExactly(
            "2026-11-20 Karin 1 [{\"amount\": 2500, \"account\": \"CREDIT\", \"entries\": 1, \"currency\": \"SEK\", \"tax_amount\": 0}]");
  }

  @Test
  void theDigestIsThatOfTheTextFormThatTheRulesGive() throws IOException {
    feed.captures(
        DAY,
        capture("o1", "A").of(500_00).with("klarna_reference", "K å 1"),
        capture("o1", "B").of(500_00).at("2026-11-20T08:30:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1")
            .of(25_00)
            .ofCapture("A")
            .lineOf(Map.of("total_amount", 25_00, "tax_rate", 2500)),
        refund("o9", "r9").of(5));
    nightly(DAY);
    close(CLOSED);
    var query = Files.readString(Path.of("sql/queries/closing_digest.sql"), UTF_8);
    assertThat(
            jdbc.sql(query.replace("2026-11-30", DAY))
                .query((row, n) -> row.getBoolean("holds"))
                .list())
        .containsExactly(true);
  }

  @Test
  void aDayThatIsNotOverIsNotClosed() {
    clock.set("2026-11-20T22:30:00Z");
    assertThat(refusals(CLOSED)).containsExactly("2026-11-20 is not over: in UTC it is 2026-11-20");
    timeZone("Europe/Stockholm");
    clock.set("2026-11-20T23:30:00Z");
    close(CLOSED);
  }

  @Test
  void booksAreNotClosedBeforeTheTimeZoneWasSet() {
    sql("delete from policy_change");
    assertThat(refusals(CLOSED))
        .containsExactly(
            "nobody ever said the time zone, which business dates follow: jobs/recredit policy --time-zone ZONE (UTC is one)");
  }

  @Test
  void daysThatWereNeverReadKeepTheBooksOpen() {
    assertThat(refusals(LocalDate.parse(DAY_AFTER)))
        .containsExactly(
            "days that belong to them were never read: 2026-11-21 to 2026-11-22. Have their files delivered and read them, or say that they will never come: jobs/recredit nightly --skip D..D --by NAME");
    assertThat(refusals(LocalDate.parse("2026-11-19")))
        .containsExactly("no day up to then was ever read");
  }

  @Test
  void whatIsClosedIsNotClosedAgain() {
    close(CLOSED);
    assertThat(refusals(CLOSED))
        .containsExactly("they are closed up to 2026-11-20 already, by Karin");
  }

  @Test
  void filesThatAreNotWhatWasReadKeepTheBooksOpen() {
    feed.refunds(DAY, refund("o1", "r1").of(20_00).ofCapture("A"));
    feed.lines("releases", DAY, List.of());
    assertThat(refusals(CLOSED))
        .containsExactly(
            feed.folder().resolve("refunds-2026-11-20.ndjson")
                + " is not what was read of 2026-11-20: have it read first, with nightly or rerun",
            feed.folder().resolve("releases-2026-11-20.ndjson")
                + " is not what was read of 2026-11-20: have it read first, with nightly or rerun");
  }

  @Test
  void filesThatAreGoneAreOnlyNamed() throws IOException {
    Files.delete(feed.folder().resolve("refunds-2026-11-20.ndjson"));
    assertThat(close(CLOSED).gone()).containsExactly("refunds-2026-11-20.ndjson");
  }

  @Test
  void anUnfinishedRunKeepsTheBooksOpen() {
    failAtRow("journal", 1);
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r2").of(1_00).at("2026-11-21T10:00:00Z").ofCapture("A"));
    nightlyFails(NEXT_DAY);
    failNoMore();
    assertThat(refusals(CLOSED))
        .containsExactly(
            "run 2 (nightly of 2026-11-21) is not finished: run its command again first");
  }

  @Test
  void whatIsNotPostedYetIsNotClosed() {
    sql("update run set keeps_books = false");
    assertThat(refusals(CLOSED))
        .containsExactly(
            "what was decided before there was a journal is not posted in it: jobs/recredit migrate");
  }

  @Test
  void aReopeningThatFailsLeavesTheBooksClosed() {
    close(CLOSED);
    failAtRow("proved_range", 1);
    policy(policies -> policies.with(Resolved.UNBLOCKS));
    assertThat(refused(() -> reopen(CLOSED.minusDays(1))).getMessage()).contains("no more room");
    failNoMore();
    assertThat(texts("select until from recredit.closed_period where reopened_run is null"))
        .containsExactly(DAY);
    correct(refund("o1", "r1").of(20_00).ofCapture("A"));
    assertThat(entries()).last().asString().startsWith("2 2026-11-23 r1");
  }

  /** Its process died: the next command finds the run and undoes it. */
  @Test
  void aReopeningThatWasCutOffIsUndone() {
    close(CLOSED);
    failAtRow("journal", 1);
    var run =
        runs.begin(
            Run.Kind.REOPENING,
            CLOSED,
            CLOSED,
            false,
            policyStore.current(),
            clock.instant(),
            List.of(),
            null);
    asOwner(
        () ->
            reopening.input(CLOSED.minusDays(1), "Karin", "a mistake").write().accept(run.runId()));
    failNoMore();
    assertThat(texts("select until from recredit.closed_period where reopened_run is null"))
        .as("what people read of a run that is not shown")
        .containsExactly(DAY);
    correct(refund("o1", "r1").of(20_00).ofCapture("A"));
    assertThat(entries()).last().asString().startsWith("2 2026-11-23 r1");
    assertThat(texts("select until from recredit.closed_period where reopened_run is null"))
        .containsExactly(DAY);
  }

  @Test
  void onlyWhatWasClosedIsOpenedAgain() {
    assertThat(refused(() -> reopen(CLOSED)).getMessage())
        .isEqualTo("The books are not closed beyond 2026-11-20.");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    close(LocalDate.parse(NEXT_DAY));
    assertThat(refused(() -> reopen(CLOSED)).getMessage())
        .startsWith("The books are not closed up to 2026-11-20: they can be opened again behind");
  }

  private List<String> refusals(LocalDate until) {
    var refused = refused(() -> close(until));
    var lines = refused.getMessage().lines().toList();
    assertThat(lines.get(0)).isEqualTo("The books cannot be closed up to %s:".formatted(until));
    return lines.stream().skip(1).map(line -> line.substring(2)).toList();
  }

  private List<String> entries() {
    return texts(
        """
        select format('%s %s %s %s %s %s of %s', entry_id, posting_date, refund_id, account, capture_id, amount, business_date)
        from recredit.journal order by entry_id
        """);
  }
}
