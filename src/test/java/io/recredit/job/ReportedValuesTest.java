package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.dhatim.fastexcel.reader.CellType;
import org.junit.jupiter.api.Test;

/** The values in a report: amounts, times, texts, and what the page tells. */
class ReportedValuesTest extends ReportingTest {

  @Test
  void amountsAreNumbersWithTheDecimalsOfTheirCurrency() {
    feed.captures(
        DAY,
        capture("o1", "A").of(1234_50),
        capture("o2", "B").in("JPY").of(98765),
        capture("o3", "C").in("KWD").of(1_234_567),
        capture("o4", "D").of(9_007_199_254_740_993L));
    feed.refunds(DAY, refund("o9", "r9").of(77));
    nightly(DAY);
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
    assertThat(files.sheet("exceptions").get(0).cell("refunded_amount").getDataFormatString())
        .isEqualTo("#,##0\" minor units\"");
    assertThat(page("all")).contains("1 refund more in a currency that nobody knows");
  }

  @Test
  void timesAreThoseOfTheRunsTimeZoneAndDaysAreDays() {
    policy(
        policies ->
            Policies.of(
                policies.spanning(),
                policies.ambiguous(),
                policies.returnFeeCountries(),
                ZoneId.of("Asia/Tokyo")));
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
    feed.lines("captures", NEXT_DAY, List.of("@nothing <b>"));
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
