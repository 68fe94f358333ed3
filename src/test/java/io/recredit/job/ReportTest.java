package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.report.content.DateBasis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What accountants get in their hands: the files, held against the tables. */
class ReportTest extends ReportingTest {

  /** Of each table of money: its relation, what it adds up, and how it picks the days. */
  private static final Map<String, List<String>> MONEY =
      Map.of(
          "credits", List.of("invoice_credit", "credited_amount"),
          "exceptions", List.of("refund_exception", "refunded_amount"),
          "write_offs", List.of("refund_write_off", "written_off_amount"),
          "duplicates", List.of("refund_duplicate", "refunded_amount"),
          "balances",
              List.of(
                  "invoice_balance where order_id in (select order_id from recredit.refund_outcome)",
                  "remaining_amount"),
          "days", List.of("daily_reconciliation", "refunded_amount"));

  @Test
  void everyTableOfTheFilesSumsToWhatItsRelationSumsTo() {
    sampleWithResolutions();
    var files = report("all", DAY, NEXT_DAY);

    assertThat(files.sheets())
        .containsExactly(
            "summary",
            "days",
            "credits",
            "exceptions",
            "write_offs",
            "resolutions",
            "duplicates",
            "balances",
            "over_refunded",
            "rule_agreement",
            "ask_klarna_to_move",
            "invoices_that_differ",
            "feed_differences",
            "payouts",
            "refund_payouts",
            "payout_differences",
            "refused_refunds",
            "rejected");
    MONEY.forEach(
        (table, of) -> {
          var sums = relationSums(of.get(0), of.get(1));
          assertThat(sums).as(table).isNotEmpty();
          assertThat(files.csvSums(table, of.get(1))).as("%s.csv", table).isEqualTo(sums);
          assertThat(files.sheetSums(table, of.get(1))).as("sheet %s", table).isEqualTo(sums);
        });
    assertThat(files.csv("rejected"))
        .hasSize((int) number("select count(*) from recredit.rejected_record"));
    assertThat(files.sheet("rejected")).hasSameSizeAs(files.csv("rejected"));
    assertThat(progress).contains("writing credits", "writing rejected");
  }

  private void sampleWithResolutions() {
    feed = new Feed(Path.of("jobs", "sample"));
    nightly(DAY);
    nightly(NEXT_DAY);
    resolved(byHand("refund-1003-1", "order-1003-a"), writtenOff("refund-1010-1"));
  }

  private List<String> relationSums(String relation, String column) {
    return texts(
        """
        select format('%%s %%s, %%s rows', currency, trim_scale(sum(major)), count(*))
        from (
          select currency, replace(split_part(recredit.money(%s, currency), ' ', 1), ',', '')::numeric as major from recredit.%s
        ) x
        group by currency order by currency
        """
            .formatted(column, relation));
  }

  @Test
  void theSameDataMakeTheSameBytesWhoeverWritesThemWhen() throws IOException {
    sampleWithResolutions();
    report("one", DAY, NEXT_DAY);
    clock.set("2026-12-24T12:00:00Z");
    report("other", DAY, NEXT_DAY);

    assertThat(bytes("one")).hasSize(20).isEqualTo(bytes("other"));
    assertThat(
            texts(
                "select file_name || ' ' || count(*) || ' ' || count(distinct sha256) from recredit.report_register group by file_name"))
        .hasSize(20)
        .allMatch(line -> line.endsWith(" 2 1"));
  }

  @Test
  void asOfAnEarlierRunItIsTheReportThatWasWrittenThen() throws IOException {
    feed.lines("captures", DAY, List.of("{\"capture_id\":\"A\"}"));
    feed.refunds(DAY, refund("o1", "r1").in("SEK"));
    nightly(DAY);
    report("then", DAY, NEXT_DAY);
    feed.captures(DAY, capture("o1", "A"));
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r2").of(1).at("2026-11-21T08:00:00Z"));
    clock.set("2026-11-24T03:00:00Z");
    nightly(DAY);
    nightly(NEXT_DAY);
    report("now", DAY, NEXT_DAY);
    report("as of", request(DAY, NEXT_DAY, DateBasis.BUSINESS_DATE, 1L));

    assertThat(bytes("as of")).isEqualTo(bytes("then"));
    assertThat(page("then")).contains("NO_CAPTURE", "captures-2026-11-20.ndjson", "1 of 2 days");
    assertThat(page("now")).doesNotContain("NO_CAPTURE").contains("EXCEEDS_REMAINING_AMOUNT");
  }

  @Test
  void whatCannotBeReportedIsSaidInASentenceAndLeavesNothing() throws IOException {
    assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
        .isEqualTo("No run has finished yet: there is nothing to report.");
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);

    assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, 7L)))
        .startsWith("There is no finished run 7. The first one is 1, the last one 1;");
    assertThat(refused(request("2025-11-20", "2025-11-21", DateBasis.BUSINESS_DATE, null)))
        .isEqualTo(
            "No day of 2025-11-20 to 2025-11-21 was ever run, as of run 1. The days read are 2026-11-20 to 2026-11-20.");
    assertThat(output.resolve("refused")).isEmptyDirectory();

    Files.createFile(output.resolve("a file"));
    assertThat(refusedIn("a file", request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
        .contains("a file cannot be written: it is a file, not a folder.");
    assertThat(texts("select report_id from recredit.report_register")).isEmpty();
  }

  @Test
  void aSpreadsheetThatSomebodyFilledInIsNotWrittenOver() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    report("refused", DAY, DAY);
    report("refused", DAY, DAY);
    var workbook = output.resolve("refused").resolve("reconciliation.xlsx");
    Files.write(workbook, new byte[] {1});

    assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
        .contains("reconciliation.xlsx is not as Recredit wrote it");
    assertThat(Files.size(workbook)).isEqualTo(1);
  }

  @Test
  void rowsThatDoNotSumToTheTotalsMakeNoReport() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o1", "r2").of(1).in("SEK"));
    nightly(DAY);
    sql("update decision set refunded_amount = 2 where refund_id = 'r2'");
    assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
        .startsWith("The rows of exceptions sum to 0.02 SEK, the totals say 0.01 SEK.");

    sql("update credit set credited_amount = 9999");
    assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
        .startsWith(
            "Refunded is not credited + unallocated + written off + duplicates: the difference is 0.01 SEK.");
  }

  @Test
  void oneReportAtATimeIsWrittenIntoAFolder() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    var folder = Files.createDirectories(output.resolve("refused"));
    try (var other =
            FileChannel.open(
                folder.resolve(".recredit-report.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
          .startsWith("Another report is being written into");
    }
    assertThat(texts("select report_id from recredit.report_register")).isEmpty();
    report("refused", DAY, DAY);
    assertThat(bytes("refused")).hasSize(20);
  }

  @Test
  void reportsAreCountedWithoutGaps() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    failAtRow("report_file", 1);
    assertThatThrownBy(() -> report("fails", DAY, DAY)).isInstanceOf(RuntimeException.class);
    failNoMore();

    report("one", DAY, DAY);
    report("two", DAY, DAY);
    assertThat(texts("select distinct report_id || ' ' || is_whole from recredit.report_register"))
        .containsExactlyInAnyOrder("1 true", "2 true");
  }

  /**
   * One file cannot get its name: what was entered says so, and the next report takes its place.
   */
  @Test
  void aReportThatEndedBetweenItsFilesIsKnownAsNotWhole() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    var inTheWay = output.resolve("refused").resolve("rejected.csv");
    meanwhile = () -> folders(inTheWay.resolve("something"));
    assertThat(refused(request(DAY, DAY, DateBasis.BUSINESS_DATE, null)))
        .contains("cannot be written");
    assertThat(output.resolve("refused").resolve("credits.csv")).exists();
    assertThat(texts("select distinct report_id || ' ' || is_whole from recredit.report_register"))
        .containsExactly("1 false");
    meanwhile = () -> {};
    Files.delete(inTheWay.resolve("something"));
    Files.delete(inTheWay);

    report("refused", DAY, DAY);
    assertThat(texts("select distinct report_id || ' ' || is_whole from recredit.report_register"))
        .containsExactlyInAnyOrder("1 false", "2 true");
  }

  private static void folders(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arabic digits are for Arabic sentences: files and hashes are the same everywhere. */
  @Test
  void theLocaleOfTheMachineChangesNoByte() throws IOException {
    sampleWithResolutions();
    report("one", DAY, NEXT_DAY);
    var before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      report("other", DAY, NEXT_DAY);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(bytes("other")).isEqualTo(bytes("one"));
  }
}
