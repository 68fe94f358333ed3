package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.report.content.DateBasis;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report on the books: what was posted, whenever the refund was (rules.md, part 8). */
class PostedReportTest extends ReportingTest {

  private static final String LAST_OF_NOVEMBER = "2026-11-30";

  private static Map<String, Object> line(String reference, long amount, long rate) {
    return Map.of("reference", reference, "total_amount", amount, "tax_rate", rate);
  }

  /**
   * An accountant closed November by the day of deciding, corrected a file in December and had
   * every correction booked twice: 149,765.00 in both months, where the invoices carry 149,017.00.
   */
  @Test
  void aCorrectionOfAClosedMonthIsBookedOnceToTheOre() throws IOException {
    var captures = new ArrayList<FeedRecord>();
    var refunds = new ArrayList<FeedRecord>();
    for (var i = 0; i < 100; i++) {
      captures.add(capture("o" + i, "c" + i).of(2_000_00));
      refunds.add(refund("o" + i, "r" + i).of(i == 99 ? 759_00 : 1_490_00));
    }
    captures.add(capture("oA", "A").of(1_000_00));
    captures.add(capture("oA", "B").of(1_000_00));
    var corrected = new ArrayList<>(refunds);
    for (var i = 0; i < 4; i++) {
      refunds.add(refund("oA", "moved" + i).of(187_00).ofCapture("A"));
      corrected.add(refund("oA", "moved" + i).of(187_00).ofCapture("B"));
    }
    feed.captures(LAST_OF_NOVEMBER, at(captures, "2026-11-30T08:00:00Z"));
    feed.refunds(LAST_OF_NOVEMBER, at(refunds, "2026-11-30T21:00:00Z"));
    clock.set("2026-12-01T03:00:00Z");
    nightly(LAST_OF_NOVEMBER);
    closedPeriods.close(LocalDate.parse(LAST_OF_NOVEMBER), "Karin", null, clock.instant());
    var november = report("november", posted("2026-11-01", LAST_OF_NOVEMBER));

    clock.set("2026-12-07T09:00:00Z");
    feed.refunds(LAST_OF_NOVEMBER, at(corrected, "2026-11-30T21:00:00Z"));
    rerun(LAST_OF_NOVEMBER, LAST_OF_NOVEMBER);
    var december = report("december", posted("2026-12-01", "2026-12-31"));
    report("november again", posted("2026-11-01", LAST_OF_NOVEMBER));

    assertThat(november.csvSums("journal", "amount")).containsExactly("SEK 149017, 104 rows");
    assertThat(december.csvSums("journal", "amount")).containsExactly("SEK 0, 8 rows");
    assertThat(december.csv("journal"))
        .extracting(row -> row.get("capture_id") + " " + row.get("amount"))
        .containsOnly("A -187.00", "B 187.00");
    assertThat(texts("select sum(credited_amount) from recredit.invoice_credit"))
        .as("what the invoices carry")
        .containsExactly("14901700");
    assertThat(bytes("november again")).isEqualTo(bytes("november"));
    assertThat(page("november"))
        .contains(
            "Skor &quot;Ł&quot; &amp; Så AB · ",
            "closed up to 2026-11-30 by Karin on 2026-12-01 03:00:00 UTC");
    assertThat(page("december"))
        .contains(
            "these days are not over",
            "8 entries correct days before 2026-12-01, whose books were closed: together 0.00 SEK.");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void asOfAnEarlierRunItDoesNotVouchWithAClosingOfMore() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00));
    nightly(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(1_00), refund("o1", "r2").of(2_00));
    nightly(DAY);
    closedPeriods.close(LocalDate.parse(DAY), "Karin", null, clock.instant());
    report("now", posted(DAY, DAY));
    report("as of", request(DAY, DAY, DateBasis.POSTING_DATE, 1L));
    assertThat(page("now")).contains("closed up to 2026-11-20").doesNotContain("as of run");
    assertThat(page("as of")).contains("not closed", "as of run 1");
  }

  @Test
  void closedDaysAreTheSameBytesWhateverTheTimeZoneBecomes() throws IOException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00));
    nightly(DAY);
    closedPeriods.close(LocalDate.parse(DAY), "Karin", null, clock.instant());
    report("one", posted(DAY, DAY));
    timeZone("Europe/Stockholm");
    rerun(DAY, DAY);
    report("other", posted(DAY, DAY));
    assertThat(bytes("other")).isEqualTo(bytes("one"));
  }

  private static FeedRecord[] at(List<FeedRecord> records, String time) {
    return records.stream().map(record -> record.at(time)).toArray(FeedRecord[]::new);
  }

  @Test
  void taxIsToldByCountryCurrencyAndRateWithWhatIsNotKnownApart() {
    feed.captures(
        DAY,
        capture("o1", "A").of(500_00),
        capture("o2", "B")
            .of(500_00)
            .with("purchase_country", "DK")
            .with("purchase_currency", "DKK"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(125_00).lineOf(line("shoe", 125_00, 2500)),
        refund("o1", "r2").of(53_00).lineOf(line("book", 53_00, 600)),
        refund("o1", "r3").of(10_00),
        refund("o1", "r4")
            .of(10_00)
            .lineOf(
                Map.of(
                    "reference",
                    "cup",
                    "total_amount",
                    10_00,
                    "tax_rate",
                    2500,
                    "total_tax_amount",
                    20_00)),
        refund("o2", "r5").of(25_00).lineOf(line("cap", 25_00, 2500)),
        refund("o9", "r9").of(7_00).in("SEK"));
    nightly(DAY);
    var files = report("tax", posted(DAY, DAY));

    assertThat(files.sheets()).containsExactly("journal", "tax", "other_accounts", "tax_not_known");
    assertThat(files.csv("tax"))
        .extracting(
            row ->
                String.join(
                    " ",
                    row.get("purchase_country"),
                    row.get("tax_rate"),
                    row.get("unknown_because"),
                    row.get("amount"),
                    row.get("net_amount"),
                    row.get("tax_amount"),
                    row.get("currency")))
        .containsExactly(
            "DK 25 %  25.00 20.00 5.00 DKK",
            "SE 6 %  53.00 50.00 3.00 SEK",
            "SE 25 %  125.00 100.00 25.00 SEK",
            "SE  CONTRADICTORY 10.00   SEK",
            "SE  UNKNOWN 10.00   SEK");
    assertThat(files.csv("other_accounts"))
        .extracting(row -> row.get("account") + " " + row.get("amount"))
        .containsExactly("UNALLOCATED 7.00");
    assertThat(files.csv("tax_not_known"))
        .extracting(row -> row.get("refund_id") + " " + row.get("tax_source"))
        .containsExactly("r3 UNKNOWN", "r4 CONTRADICTORY");
    assertThat(page("tax"))
        .contains("2 refunds have tax that is not known", "rate and tax do not go together");
  }

  @Test
  void itIsEnteredInTheRegisterAsWhatItIs() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00));
    nightly(DAY);
    report("books", posted(DAY, DAY));
    assertThat(texts("select distinct by_date from recredit.report_register"))
        .containsExactly("posting_date");
    assertThat(refused(posted("2025-11-01", "2025-11-30"))).contains("No day of 2025-11-01");
  }
}
