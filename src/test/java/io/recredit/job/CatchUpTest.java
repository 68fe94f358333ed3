package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.input.Readings;
import io.recredit.run.CatchUp;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a night reads where nobody names a day: what was missed, and what changed since. */
class CatchUpTest extends JobTest {

  @Autowired private CatchUp catchUp;
  @Autowired private Readings readings;

  private List<LocalDate> passedOver = List.of();

  /** Yesterday is the day after the next one. */
  @BeforeEach
  void aDayWasRead() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
  }

  @Test
  void everyDayThatWasNeverReadIsReadInItsOrderAsARunOfItsOwn() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);

    assertThat(catchesUp()).containsExactly(NEXT_DAY, DAY_AFTER);
    assertThat(passedOver).isEmpty();
    assertThat(catchesUp()).isEmpty();
  }

  @Test
  void aLostDayStopsNoLaterOneAndIsReadOnceItComes() {
    feed.nothing(DAY_AFTER);

    assertThat(catchesUp()).containsExactly(DAY_AFTER);
    assertThat(passedOver).containsExactly(LocalDate.parse(NEXT_DAY));
    assertThat(said)
        .containsExactly(
            NEXT_DAY
                + ": there are no files in "
                + feed.folder()
                + ". Passed over, and looked for again the next time; if they will never come: jobs/recredit nightly --skip D..D --by NAME.");

    feed.captures(NEXT_DAY, capture("o2", "B"));
    feed.refunds(NEXT_DAY, refund("o2", "r2"));
    assertThat(catchesUp()).containsExactly(NEXT_DAY);
    assertThat(credits()).hasSize(2);
  }

  @Test
  void aFileThatIsCompletedAfterItWasReadIsReadAgain() throws IOException {
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o2", "r2"));
    feed.nothing(DAY_AFTER);
    catchesUp();
    assertThat(exceptions()).containsExactly("r2: NO_CAPTURE");

    feed.captures(NEXT_DAY, capture("o2", "B"));
    assertThat(catchesUp()).containsExactly(NEXT_DAY);
    assertThat(exceptions()).isEmpty();
    assertThat(catchesUp()).isEmpty();
  }

  @Test
  void aFileThatComesLateForADayThatWasReadIsReadToo() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    catchesUp();

    feed.lines("releases", NEXT_DAY, List.of());
    assertThat(catchesUp()).containsExactly(NEXT_DAY);
    assertThat(catchesUp()).isEmpty();
  }

  @Test
  void aFileWithAnotherTimeButTheSameContentIsLookedAtOnce() throws IOException {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    catchesUp();
    var file = path("captures", DAY);
    touch(file, "2026-11-23T01:00:00Z");

    assertThat(catchesUp()).isEmpty();
    // The same size and time as were noted: its content is not looked at any more.
    Files.writeString(file, Files.readString(file).replace("\"A\"", "\"C\""));
    touch(file, "2026-11-23T01:00:00Z");
    assertThat(catchesUp()).isEmpty();
    touch(file, "2026-11-23T01:00:01Z");
    assertThat(catchesUp()).containsExactly(DAY);
  }

  @Test
  void aFileThatIsGoneKeepsWhatWasReadOfIt() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    catchesUp();
    var before = credits();
    feed.remove("captures", DAY);

    assertThat(catchesUp()).isEmpty();
    feed.refunds(DAY, refund("o1", "r1"), refund("o9", "r9"));
    assertThat(catchesUp()).containsExactly(DAY);
    assertThat(passedOver).isEmpty();
    assertThat(credits()).isEqualTo(before);
    assertThat(exceptions()).containsExactly("r9: NO_CAPTURE");
  }

  @Test
  void aDayWhoseFilesCannotBeReadIsNamedAndPassedOverAndTheOthersAreRead() throws IOException {
    feed.captures(NEXT_DAY, capture("o2", "B"));
    feed.refunds(NEXT_DAY, refund("o2", "r2"));
    var captures = path("captures", NEXT_DAY);
    var whole = Files.readString(captures);
    feed.nothing(DAY_AFTER);

    Files.writeString(captures, whole.substring(0, whole.length() - 5));
    assertThat(catchesUp()).containsExactly(DAY_AFTER);
    isNamed(NEXT_DAY, "cut off");

    Files.write(captures, whole.getBytes(UTF_16));
    assertThat(catchesUp()).isEmpty();
    isNamed(NEXT_DAY, "UTF-16");

    Files.writeString(captures, whole, UTF_8);
    var twice = Files.createFile(path("captures", NEXT_DAY + ".ndjson.gz"));
    assertThat(catchesUp()).isEmpty();
    isNamed(NEXT_DAY, "captures-2026-11-21.ndjson.gz");
    Files.delete(twice);

    Files.move(captures, captures.resolveSibling("captures-2026-11-21.json"));
    feed.remove("refunds", NEXT_DAY);
    assertThat(catchesUp()).isEmpty();
    isNamed(NEXT_DAY, "captures-2026-11-21.json");
    assertThat(runs()).containsExactly("nightly done", "nightly done");
  }

  @Test
  void aDayThatShrankIsPassedOverAndItsRunUndone() {
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, many(0));
    feed.nothing(DAY_AFTER);
    catchesUp();
    var before = everything();

    feed.refunds(NEXT_DAY, many(30));
    feed.captures(DAY_AFTER, capture("o7", "X"));
    assertThat(catchesUp()).containsExactly(DAY_AFTER);
    assertThat(said).first().asString().contains("did not finish and is undone");
    said.remove(0);
    isNamed(NEXT_DAY, "--withdraw");
    assertThat(everything().get("refund_exception")).isEqualTo(before.get("refund_exception"));
    assertThat(database.rows("select run_id from recredit.run where status = 'failed'")).isEmpty();

    var finished = new ArrayList<Run>();
    reconciliation()
        .run(() -> List.of(meantToWithdraw(nightlyOf(NEXT_DAY))), said::add, finished::add);
    assertThat(exceptions()).hasSize(70);
  }

  @Test
  void daysThatAreSkippedAreNoLongerMissedAndReadIfTheyComeAfterAll() {
    feed.nothing(DAY_AFTER);
    catchesUp();
    var missing = LocalDate.parse(NEXT_DAY);
    assertThat(readings.daysNeverRead()).containsExactly(missing);

    catchUp.skip(missing, missing, feed.folder(), "Karin", "the shop was closed");
    assertThat(readings.daysNeverRead()).isEmpty();
    assertThat(catchesUp()).isEmpty();
    assertThat(passedOver).isEmpty();
    assertThat(database.rows("select file_date, skipped_by, note from recredit.skipped_day"))
        .containsExactly("2026-11-21|Karin|the shop was closed");

    feed.nothing(NEXT_DAY);
    assertThat(catchesUp()).containsExactly(NEXT_DAY);
    assertThat(catchesUp()).isEmpty();
  }

  @Test
  void onlyDaysThatCouldHaveBeenReadAndWereNotAreSkipped() {
    var day = LocalDate.parse(DAY);
    assertThat(refused(() -> catchUp.skip(day, day.plusDays(1), feed.folder(), "Karin", null)))
        .hasMessage(
            "2026-11-20 cannot be skipped: it was read. To withdraw a day, deliver empty files.");
    assertThat(refused(() -> catchUp.skip(day.minusDays(1), day, feed.folder(), "Karin", null)))
        .hasMessageContaining("only days behind the first one read, up to yesterday, 2026-11-22");
    assertThat(
            refused(
                () -> catchUp.skip(day.plusDays(1), day.plusDays(3), feed.folder(), "Karin", null)))
        .hasMessageContaining("only days behind the first one read");
  }

  @Test
  void aDayThatHasFilesIsNotSkipped() {
    feed.captures(NEXT_DAY);
    var day = LocalDate.parse(NEXT_DAY);
    assertThat(refused(() -> catchUp.skip(day, day, feed.folder(), "Karin", null)))
        .hasMessageContaining("there are files of it in " + feed.folder());
  }

  @Test
  void aFirstDayThatCannotBeReadFailsSinceNobodyWouldKnowThatItIsMissing() {
    startWithNothing();
    feed.captures(DAY_AFTER);
    assertThat(refused(this::catchesUp)).hasMessageContaining("refunds-2026-11-22.ndjson");
  }

  @Test
  void whatANightBeganAndNoneWouldCarryOnIsUndone() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    catchesUp();
    feed.captures(DAY, capture("o1", "C"));
    interlude.whenDone(Interlude.DECIDING, () -> jdbc.sql("delete from decided_range").update());
    assertThat(refused(this::catchesUp)).isNotNull();
    interlude.none();
    feed.captures(DAY, capture("o1", "A"));

    assertThat(catchesUp()).isEmpty();
    assertThat(said).singleElement().asString().contains("did not finish and is undone");
    assertThat(runs()).last().isEqualTo("nightly undone");
  }

  @Test
  void aDayOfDocumentsWhoseFileIsGoneIsCompletedByOtherFiles() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    feed.lines("orders", NEXT_DAY, List.of());
    feed.remove("captures", NEXT_DAY);
    feed.remove("refunds", NEXT_DAY);
    catchesUp();
    feed.remove("orders", NEXT_DAY);
    feed.captures(NEXT_DAY, capture("o2", "B"));

    assertThat(catchesUp()).containsExactly(NEXT_DAY);
    assertThat(passedOver).isEmpty();
  }

  @Test
  void whereNothingWasEverReadItIsYesterday() {
    startWithNothing();
    feed.nothing(DAY_AFTER);
    assertThat(catchesUp()).containsExactly(DAY_AFTER);
  }

  @Test
  void aReportAloneIsReadByARunOfTheLastDayRead() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    catchesUp();
    report("P1.20261122T000000+0000.csv");

    assertThat(catchesUp()).containsExactly(DAY_AFTER);
    assertThat(catchesUp()).isEmpty();
  }

  @Test
  void aReportIsReadWhileNoDayComes() {
    report("P1.20261122T000000+0000.csv");
    assertThat(catchesUp()).containsExactly(DAY);
    assertThat(passedOver).hasSize(2);

    feed.cutOff("captures", NEXT_DAY, capture("o2", "B"));
    assertThat(catchesUp()).isEmpty();
  }

  @Test
  void whatANightReadOfReportsAndDidNotFinishIsReadByTheNext() {
    feed.nothing(NEXT_DAY);
    feed.nothing(DAY_AFTER);
    catchesUp();
    report("P1.20261122T000000+0000.csv");
    failAtRow("payout", 1);
    assertThat(refused(this::catchesUp)).isNotNull();
    failNoMore();

    assertThat(catchesUp()).containsExactly(DAY_AFTER);
    assertThat(texts("select payment_reference from recredit.payout")).containsExactly("P1");
    assertThat(catchesUp()).isEmpty();
  }

  private void report(String name) {
    feed.payout(name, "type,amount,currency\nFEE,1.00,SEK\n");
  }

  private void isNamed(String day, String why) {
    assertThat(passedOver).containsExactly(LocalDate.parse(day));
    assertThat(said)
        .singleElement()
        .satisfies(
            sentence ->
                assertThat(sentence)
                    .startsWith(day + " is passed over, and tried again the next time. ")
                    .contains(why));
  }

  /** The days that were read. */
  private List<String> catchesUp() {
    said.clear();
    var finished = new ArrayList<Run>();
    passedOver = reconciliation().run(this::requests, said::add, finished::add);
    return finished.stream().map(run -> run.fromDate().toString()).toList();
  }

  private List<RunRequest> requests() {
    return catchUp.days(feed.folder()).stream()
        .map(day -> new RunRequest(Run.Kind.NIGHTLY, day, day, feed.folder(), false, false, true))
        .toList();
  }

  private Path path(String kind, String day) {
    return feed.folder().resolve(kind + "-" + (day.contains(".") ? day : day + ".ndjson"));
  }

  private static void touch(Path file, String time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
  }

  private static FeedRecord[] many(int from) {
    var refunds = new FeedRecord[100 - from];
    for (var i = 0; i < refunds.length; i++) {
      refunds[i] = refund("many" + i, "m" + i);
    }
    return refunds;
  }
}
