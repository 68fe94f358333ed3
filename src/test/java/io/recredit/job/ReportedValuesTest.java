package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.report.content.DateBasis;
import io.recredit.run.RunSummary;
import io.recredit.table.CsvStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.reader.CellType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The values in a report: amounts, times, texts, and what the page tells. */
class ReportedValuesTest extends ReportingTest {

  @Autowired private RunSummary summary;

  @Test
  void amountsAreNumbersWithTheDecimalsOfTheirCurrency() {
    feed.captures(
        DAY,
        capture("o1", "A").of(1234_50),
        capture("o2", "B").in("JPY").of(98765),
        capture("o3", "C").in("KWD").of(1_234_567),
        capture("o4", "D").of(9_007_199_254_740_993L));
    feed.captures(NEXT_DAY, capture("o5", "E").at("2026-11-20T09:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(1),
        refund("o2", "r2").of(1),
        refund("o3", "r3").of(1),
        refund("o4", "r4").of(1),
        refund("o9", "r9").of(77));
    feed.refunds(NEXT_DAY);
    nightly(DAY);
    nightly(NEXT_DAY);
    var files = report("all", DAY, DAY);

    assertThat(files.sheet("balances"))
        .extracting(row -> row.cell("captured_amount"))
        .extracting(
            cell -> cell.getType() + " " + cell.getText() + " " + cell.getDataFormatString())
        .containsExactly(
            "NUMBER 1234.50 #,##0.00\\ [$SEK]",
            "NUMBER 98765 #,##0\\ [$JPY]",
            "NUMBER 1234.567 #,##0.000\\ [$KWD]",
            "STRING 90071992547409.93 null");
    assertThat(files.csv("balances"))
        .extracting(row -> row.get("captured_amount"))
        .containsExactly("1234.50", "98765", "1234.567", "90071992547409.93");
    assertThat(files.csv("summary"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("item", "invoices left out")
                    .containsEntry("count", "1"));
    assertThat(page("all")).contains("1 refund more in a currency that nobody knows");
  }

  /** Whoever sums a column of amounts must not take 77 minor units for 77.00. */
  @Test
  void whatHasNoCurrencyStandsInMinorUnitsInAColumnOfItsOwn() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(200_00),
        refund("o9", "r9").of(2750).with("idempotency_key", "k"),
        refund("o9", "r8").of(2750).with("idempotency_key", "k").at("2026-11-20T13:00:00Z"));
    nightly(DAY);
    var files = report("all", DAY, DAY);

    assertThat(files.csv("exceptions"))
        .extracting(
            row ->
                row.get("currency")
                    + "/"
                    + row.get("refunded_amount")
                    + "/"
                    + row.get("amount_minor"))
        .containsExactlyInAnyOrder("SEK/200.00/", "//2750");
    assertThat(files.csv("duplicates").get(0))
        .containsEntry("refunded_amount", "")
        .containsEntry("amount_minor", "2750")
        .containsEntry("duplicate_of_amount", "")
        .containsEntry("duplicate_of_amount_minor", "2750");
    assertThat(files.csv("days"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("currency", "")
                    .containsEntry("refunded_amount", "")
                    .containsEntry("amount_minor", "5500")
                    .containsEntry("unallocated_amount_minor", "2750")
                    .containsEntry("duplicate_amount_minor", "2750"));
    assertThat(files.sheet("exceptions"))
        .anySatisfy(
            row -> {
              assertThat(row.text("refunded_amount")).isEmpty();
              assertThat(row.cell("amount_minor").asNumber()).isEqualByComparingTo("2750");
            });
  }

  @Test
  void theShopsOrderNumberAndTheCountryStandInTheTables() {
    feed.captures(DAY, capture("o1", "A").with("merchant_reference1", "shop-1"));
    feed.refunds(DAY, refund("o1", "r1").of(60_00), refund("o1", "r2").of(60_00));
    nightly(DAY);
    resolved(writtenOff("r2"));
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r3").of(70_00));
    nightly(NEXT_DAY);
    var files = report("all", DAY, NEXT_DAY);

    for (var table : List.of("credits", "exceptions", "write_offs", "balances")) {
      assertThat(files.csv(table))
          .as(table)
          .isNotEmpty()
          .allSatisfy(
              row ->
                  assertThat(row)
                      .containsEntry("order_reference", "shop-1")
                      .containsEntry("purchase_country", "SE"));
    }
    assertThat(files.csv("exceptions").get(0))
        .containsEntry("only_invoice", "A")
        .containsEntry("root_refund_id", "r2");
  }

  @Test
  void ordersRefundedBeyondWhatWasCapturedHaveASheet() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(80_00),
        refund("o1", "r2").of(50_00).at("2026-11-20T13:00:00Z"),
        refund("o2", "r3").of(80_00));
    nightly(DAY);

    var files = report("all", DAY, DAY);
    assertThat(files.csv("over_refunded"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("order_id", "o1")
                    .containsEntry("captured_amount", "100.00")
                    .containsEntry("refunded_amount", "130.00")
                    .containsEntry("beyond", "30.00"));
    assertThat(files.sheet("over_refunded")).hasSize(1);
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o2", "r4").of(10_00).at("2026-11-21T13:00:00Z"));
    nightly(NEXT_DAY);
    assertThat(report("next", NEXT_DAY, NEXT_DAY).csv("over_refunded")).isEmpty();
  }

  @Test
  void resolutionsStandBesideWhatTheRulesWouldDoByNow() {
    feed.captures(DAY, capture("o1", "A"), capture("o1", "B").at("2026-11-20T09:00:00Z"));
    feed.refunds(DAY, refund("o1", "r1").of(30_00), refund("o1", "r2").of(1_234_50));
    nightly(DAY);
    resolved(byHand("r1", "B"), writtenOff("r2"));
    feed.refunds(
        DAY, refund("o1", "r1").of(30_00).with("capture_id", "A"), refund("o1", "r2").of(1_234_50));
    nightly(DAY);

    var files = report("resolved", DAY, DAY);
    var rows = files.csv("resolutions");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0))
        .containsEntry("refund_id", "r1")
        .containsEntry("kind", "by_hand")
        .containsEntry("captures", "B=30.00")
        .containsEntry("rules_decision", "CAPTURE_ID")
        .containsEntry("rules_captures", "A=30.00");
    assertThat(rows.get(1))
        .containsEntry("refund_id", "r2")
        .containsEntry("kind", "written_off")
        .containsEntry("captures", "")
        .containsEntry("written_off_amount", "1234.50")
        .containsEntry("void", "")
        .containsEntry("rules_decision", "NO_ORDER_LINES");
    assertThat(page("resolved"))
        .contains("1 refund that was resolved would be credited by the rules by now");
    assertThat(files.csv("summary"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("item", "resolved refunds that the rules would credit by now")
                    .containsEntry("count", "1"));
  }

  @Test
  void whatWaitsForAnEarlierRefundOrIsOlderThanAllFilesIsCountedApartInTheSummary() {
    feed.captures(
        DAY,
        capture("o1", "A"),
        capture("o1", "B").at("2026-11-20T09:00:00Z"),
        capture("o3", "C").at("2026-11-20T23:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(10_00),
        refund("o1", "r2").of(20_00),
        refund("o2", "r3").of(30_00).in("SEK"),
        refund("o3", "r4").of(40_00).in("SEK"));

    assertThat(summary.lines(nightly(DAY)).stream().map(String::strip))
        .containsSequence(
            "exceptions  NO_CAPTURE                    2  70.00 SEK",
            "NO_ORDER_LINES                1  10.00 SEK",
            "PRIOR_ALLOCATION_FAILED       1  20.00 SEK",
            "1 of them waits for an earlier refund and goes with it",
            "1 of an order no capture of which was ever read: it may be older than 2026-11-20, the first day read");
    assertThat(texts("select suggestion from recredit.refund_exception where refund_id = 'r3'"))
        .singleElement()
        .asString()
        .contains("captured before the first day that was read")
        .doesNotContain("missing");
  }

  @Test
  void aKeyWithAnotherAmountIsToBeChecked() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(25_00).with("idempotency_key", "k"),
        refund("o1", "r2").of(50_00).with("idempotency_key", "k").at("2026-11-20T13:00:00Z"),
        refund("o1", "r3").of(40_00).with("idempotency_key", "k").at("2026-11-20T14:00:00Z"),
        refund("o1", "r4").of(25_00).with("idempotency_key", "k").at("2026-11-20T15:00:00Z"));

    assertThat(String.join("\n", summary.lines(nightly(DAY))))
        .contains("2 repeat a key with another amount: check");
    assertThat(report("all", DAY, DAY).csv("summary"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("item", "duplicates of another amount than what they repeat")
                    .containsEntry("count", "2"));
  }

  @Test
  void forASpreadsheetWithDecimalCommasTheCsvIsWrittenSo() throws IOException {
    feed.captures(DAY, capture("o1", "A").of(1234_50));
    feed.refunds(DAY, refund("o1", "r1").of(34_50).with("reference", "a;=b"));
    nightly(DAY);
    report("excel", request(DAY, DAY, DateBasis.BUSINESS_DATE, null), CsvStyle.EXCEL);

    var csv = Files.readString(output.resolve("excel").resolve("credits.csv"));
    assertThat(csv)
        .startsWith("\uFEFFrefund_id;order_id;")
        .contains(";34,50;", ";2026-11-20 12:00:00;", "\"a;'=b\"");
  }

  @Test
  void whatIsToBePastedHasTheDigitsOfSqlOnEveryMachine() {
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1"));
    var before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(String.join("\n", summary.lines(nightly(DAY))))
          .contains("where run_id = 1;")
          .doesNotContainPattern("[\u0660-\u0669\u06F0-\u06F9]");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Orders whose refunds follow from another stand with it. */
  @Test
  void aRootStandsBeforeWhatFollowsFromIt() {
    feed.captures(
        DAY, capture("o1", "A"), capture("o1", "B"), capture("o2", "C"), capture("o2", "D"));
    feed.refunds(
        DAY,
        refund("o1", "z").of(1_00),
        refund("o2", "y").of(1_00),
        refund("o1", "a").of(2_00).at("2026-11-20T13:00:00Z"),
        refund("o2", "b").of(2_00).at("2026-11-20T13:00:00Z"));
    nightly(DAY);

    assertThat(report("all", DAY, DAY).csv("exceptions"))
        .extracting(row -> row.get("refund_id"))
        .containsExactly("y", "b", "z", "a");
  }

  @Test
  void timesAreThoseOfTheRunsTimeZoneAndDaysAreDays() {
    timeZone("Asia/Tokyo");
    feed.captures(NEXT_DAY, capture("o1", "A").at("2026-11-20T16:00:00Z"));
    feed.refunds(NEXT_DAY, refund("o1", "r1").at("2026-11-20T16:30:00.250Z"));
    nightly(NEXT_DAY);
    var files = report("all", NEXT_DAY, NEXT_DAY);

    assertThat(files.csv("credits").get(0))
        .containsEntry("refunded_at", "2026-11-21T01:30:00.25+09:00")
        .containsEntry("business_date", NEXT_DAY);
    var row = files.sheet("credits").get(0);
    assertThat(row.cell("refunded_at").asDate())
        .isEqualToIgnoringNanos(LocalDateTime.parse("2026-11-21T01:30:00"));
    assertThat(row.cell("business_date").asDate().toLocalDate()).isEqualTo(NEXT_DAY);
    assertThat(files.csv("balances")).hasSize(1);
  }

  @Test
  void whatComesFromFilesIsTextEverywhereAndNothingElse() {
    var hostile = "=HYPERLINK(\"x\")<script>alert('1')</script>";
    feed.captures(DAY, capture("=o", "+A").line("shoe", 100_00));
    feed.lines("captures", NEXT_DAY, List.of("@nothing <b>", "{\"capture_id\":\"A\"}"));
    feed.refunds(NEXT_DAY);
    feed.refunds(DAY, refund("=o", "-r").line(hostile, 100_00).with("reference", "@me"));
    nightly(DAY);
    nightly(NEXT_DAY);
    var files = report("all", DAY, NEXT_DAY);

    var row = files.sheet("exceptions").get(0);
    for (var column : List.of("refund_id", "order_id", "refund_reference", "explanation")) {
      assertThat(row.cell(column).getType()).as(column).isEqualTo(CellType.STRING);
    }
    assertThat(row.cell("refund_id").getText()).isEqualTo("-r");
    assertThat(row.cell("captures_with_room").getText()).isEqualTo("+A=100.00");
    assertThat(files.csv("exceptions").get(0))
        .containsEntry("refund_id", "'-r")
        .containsEntry("order_id", "'=o")
        .hasEntrySatisfying("explanation", said -> assertThat(said).contains(hostile));
    assertThat(files.csv("rejected").get(0)).containsEntry("raw", "'@nothing <b>");
    assertThat(page("all")).doesNotContain("<script", "<b>Not", "http://", "https://");
  }

  @Test
  void thePageTellsTotalsReasonsAgesRootCausesRejectedInputAndCoverage() {
    feed.captures(DAY, capture("o1", "A"), capture("o1", "B"));
    feed.lines(
        "captures", DAY, List.of(capture("o1", "A").json(), capture("o1", "B").json(), "{}"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(10_00),
        refund("o1", "r2").of(20_00).at("2026-11-20T13:00:00Z"),
        refund("o1", "r3").of(30_00).at("2026-11-20T14:00:00Z"));
    nightly(DAY);
    report("all", "2026-11-18", NEXT_DAY);

    assertThat(page("all"))
        .contains(
            "NO_ORDER_LINES",
            "PRIOR_ALLOCATION_FAILED",
            "83.3 %",
            "2–7 days",
            "order o1",
            "2 refunds</td><td class=\"n\">50.00",
            "captures-2026-11-20.ndjson",
            "3 of 4 days were never read",
            "2026-11-18 to 2026-11-19, 2026-11-21",
            "spanning split",
            "Proved.");
    assertThat(new ReadBack(output.resolve("all")).csv("summary"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("item", "unallocated")
                    .containsEntry("amount", "60.00")
                    .containsEntry("count", "3"))
        .anySatisfy(
            row -> assertThat(row).containsEntry("item", "r1").containsEntry("amount", "50.00"));
  }
}
