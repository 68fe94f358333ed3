package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.run.CatchUp;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is said, and what is refused, of the files of a day and of the day itself. */
class FilesOfADayTest extends JobTest {

  @Autowired private RunSummary summary;
  @Autowired private CatchUp catchUp;

  @Test
  void aReadingThatShrinksBecauseLinesWereRejectedSaysThatFirst() {
    feed.captures(DAY);
    feed.refunds(DAY, refunds(0, 100));
    nightly(DAY);

    var lines = new ArrayList<String>();
    for (var refund : refunds(0, 100)) {
      lines.add(lines.size() < 88 ? refund.json() : refund.with("refunded_amount", 0).json());
    }
    feed.lines("refunds", DAY, lines);
    assertThat(nightlyFails(DAY))
        .startsWith("Of the file " + feed.folder())
        .contains(
            "12 lines were rejected, first of them line 89: refunded_amount is 0: it must be at least 1. So it lacks 12 of the 100 refunds");
  }

  @Test
  void aFileThatIsSomethingElseOrIsCutOffChangesNothing() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    var before = everything();

    var path = feed.folder().resolve("captures-2026-11-20.ndjson");
    var content = Files.readString(path);
    for (var damaged :
        List.of(
            content.getBytes(UTF_16),
            ("[" + content + "]").getBytes(UTF_8),
            content.substring(0, content.length() - 5).getBytes(UTF_8))) {
      Files.write(path, damaged);
      assertThat(nightlyFails(DAY)).contains("Nothing was changed.");
    }
    assertThat(everything()).isEqualTo(before);
    assertThat(runs()).containsExactly("nightly done");

    feed.lines("captures", DAY, List.of("[]"));
    nightly(DAY);
    assertThat(files().get(0)).endsWith("0 lines, 0 accepted, 0 repeated, 0 rejected, 1 withdrawn");
  }

  @Test
  void aRecordThatMovesToAnotherOrderIsNamedWithBothOrdersAndPlaces() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "1"), refund("o1", "2").of(1));
    nightly(DAY);
    feed.captures(NEXT_DAY, capture("o2", "B"));
    feed.refunds(NEXT_DAY, refund("o9", "9"), refund("o2", "1"));

    var moved =
        "moved       refund 1: from order o1 (refunds-2026-11-20.ndjson line 1) to order o2 (refunds-2026-11-21.ndjson line 2)";
    assertThat(summary.lines(nightly(NEXT_DAY))).contains("  " + moved);
    assertThat(summary.lines(nightly(NEXT_DAY))).noneMatch(line -> line.contains("moved"));

    startWithNothing();
    feed.captures(DAY);
    feed.captures(NEXT_DAY);
    feed.refunds(DAY, refund("o1", "1"), refund("o1", "2").of(1));
    feed.refunds(NEXT_DAY, refund("o9", "9"), refund("o2", "1"));
    assertThat(summary.lines(rerun(DAY, NEXT_DAY))).contains("  " + moved);
  }

  @Test
  void filesOfTheDaysNameThatAreNotReadAreNamed() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY);
    for (var name :
        List.of(
            "captures-2026-11-20-2.ndjson",
            "Refund-2026-11-20.json",
            "orders-20261120.ndjson",
            "captures-2026-11-21.jsonl",
            "report-2026-11-20.ndjson")) {
      Files.createFile(feed.folder().resolve(name));
    }
    assertThat(summary.lines(nightly(DAY)))
        .contains(
            "  not read    Refund-2026-11-20.json, captures-2026-11-20-2.ndjson, orders-20261120.ndjson: files of the day by their names, but not as they are named");
  }

  @Test
  void aRerunKeepsWhatWasReadOfADayWhoseFilesAreGoneAndPassesOverOneThatNeverHadAny() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    var before = credits();
    feed.remove("captures", DAY);
    feed.remove("refunds", DAY);
    feed.nothing("2026-11-22");

    var finished = new ArrayList<Run>();
    said.clear();
    assertThat(
            reconciliation()
                .run(() -> List.of(rerunOf(DAY, "2026-11-22")), said::add, finished::add))
        .containsExactly(LocalDate.parse(NEXT_DAY));
    assertThat(said)
        .containsExactly(
            DAY
                + " has no files in "
                + feed.folder()
                + "; it is decided from what was read before.",
            NEXT_DAY
                + " was never read and has no files in "
                + feed.folder()
                + "; it is passed over.");
    assertThat(credits()).isEqualTo(before);

    feed.captures(NEXT_DAY);
    assertThat(fails(rerunOf(DAY, NEXT_DAY))).contains("refunds-2026-11-21.ndjson");
  }

  @Test
  void aDayThatIsHardlyMeantIsRefused() {
    clock.set("2026-11-23T03:00:00Z");
    assertThat(refused(() -> catchUp.requireDay(LocalDate.parse("2026-11-24"), true)))
        .hasMessageContaining("2026-11-24 is after today, 2026-11-23.")
        .extracting(UserException::exitCode)
        .isEqualTo(2);
    catchUp.requireDay(LocalDate.parse("0001-01-01"), false);
    feed.nothing(DAY);
    nightly(DAY);
    catchUp.requireDay(LocalDate.parse("2026-10-20"), false);
    catchUp.requireDay(LocalDate.parse("2026-10-19"), true);
    assertThat(refused(() -> catchUp.requireDay(LocalDate.parse("2026-10-19"), false)))
        .hasMessageContaining("more than 31 days before 2026-11-20, the first day that was read")
        .hasMessageContaining("--first")
        .extracting(UserException::exitCode)
        .isEqualTo(2);
  }

  private static FeedRecord[] refunds(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> refund("o" + i, "r" + i))
        .toArray(FeedRecord[]::new);
  }
}
