package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.recredit.TestDatabase;
import io.recredit.explain.Explanations;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Klarna paid out beside what was refunded and captured. */
class PayoutsTest extends JobTest {

  @Autowired private Explanations explanations;
  @Autowired private RunSummary runSummary;

  private static final String HEADER =
      "type,amount,currency,order_id,capture_id,refund_id,merchant_reference1,merchant_refund_reference,merchant_capture_reference,detailed_type\n";

  /** "r1: P1 2026-11-25 4000 ID"; of one that is not paid out "r1: -". */
  private List<String> refundPayouts() {
    return texts(
        """
        select format('%s: %s', refund_id, coalesce(nullif(concat_ws(' ', payment_reference, payout_date, amount, matched_by), ''), '-'))
        from recredit.refund_payout order by refund_id collate "C"
        """);
  }

  private List<String> capturePayouts() {
    return texts(
        """
        select format('%s: %s', capture_id, coalesce(nullif(concat_ws(' ', payment_reference, payout_date, amount, matched_by), ''), '-'))
        from recredit.capture_payout order by capture_id collate "C"
        """);
  }

  /** "RETURN_AMOUNT P1 2 o1 r1 100 of 200". */
  private List<String> differences() {
    return texts(
        """
        select concat_ws(' ', kind, payment_reference, row, order_id, refund_id, capture_id, amount, 'of ' || expected_amount)
        from recredit.payout_difference order by kind collate "C", row, order_id
        """);
  }

  private static String name(String payout, String day) {
    return payout + "." + day + "T000000+0000.csv";
  }

  private void twoRefunds() {
    feed.captures(DAY, capture("o1", "A").of(100_00), capture("o2", "B").of(50_00));
    feed.refunds(DAY, refund("o1", "r1").of(40_00), refund("o2", "r2").of(20_00));
  }

  @Test
  void aRowThatNamesItsRefundOrCaptureIsIts() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        HEADER
            + "SALE,100.00,SEK,o1,A,,,,,\nRETURN,-40.00,SEK,o1,,r1,,,,\nFEE,-3.00,SEK,o1,,,,,,\n");
    nightly(DAY);

    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");
    assertThat(capturePayouts()).containsExactly("A: P1 2026-11-25 10000 ID", "B: -");
    assertThat(differences()).isEmpty();
    assertThat(
            texts(
                "select concat_ws(' ', payment_reference, row, type, amount) from recredit.payout_transaction order by row"))
        .containsExactly("P1 2 SALE 10000", "P1 3 RETURN 4000", "P1 4 FEE 300");
  }

  @Test
  void withoutAnIdOrderCurrencyAndAmountTell() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        HEADER
            + "RETURN,-20.00,SEK,o2,,,,,,\nSALE,50.00,SEK,o2,,,,,,\nRETURN,-40.00,EUR,o1,,,,,,\n");
    nightly(DAY);

    assertThat(refundPayouts()).containsExactly("r1: -", "r2: P1 2026-11-25 2000 AMOUNT");
    assertThat(capturePayouts()).containsExactly("A: -", "B: P1 2026-11-25 5000 AMOUNT");
    assertThat(differences()).containsExactly("RETURN_UNKNOWN P1 4 o1 4000");
  }

  @Test
  void totalsThatTheirRowsDoNotMakeAreShown() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        "payment_reference,payout_date,currency,total_sale_amount,total_return_amount,total_settlement_amount\n"
            + "P1,2026-11-24,SEK,100.00,-39.00,61.00\n"
            + HEADER
            + "SALE,101.00,SEK,o1,A,,,,,\nRETURN,-40.00,SEK,o1,,r1,,,,\n");
    nightly(DAY);

    assertThat(
            texts(
                "select concat_ws(' ', payment_reference, payout_date, currency, settlement_amount, sale_amount, return_amount, difference) from recredit.payout"))
        .containsExactly("P1 2026-11-24 SEK 6100 10000 3900 200");
    assertThat(differences()).containsExactly("SALE_AMOUNT P1 4 o1 A 10100 of 10000");
  }

  @Test
  void whatIsInNoPayoutIsMissingOnceTheNewestIsFourteenDaysLater() {
    twoRefunds();
    feed.payout(name("P0", "20261101"), HEADER + "FEE,1.00,SEK,,,,,,,\n");
    feed.payout(name("P1", "20261204"), HEADER + "SALE,100.00,SEK,o1,A,,,,,\n");
    nightly(DAY);
    assertThat(differences()).isEmpty();

    feed.payout(name("P2", "20261205"), HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(differences())
        .containsExactly("RETURN_MISSING o2 r2 of 2000", "SALE_MISSING o2 B of 5000");
  }

  @Test
  void aDuplicateThatIsPaidOutIsSaid() {
    feed.captures(DAY, capture("o1", "A").of(100_00));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(40_00).with("idempotency_key", "k"),
        refund("o1", "r2").of(40_00).with("idempotency_key", "k").at("2026-11-20T20:00:00Z"));
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,40.00,SEK,o1,,r2,,,,\n");
    nightly(DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");
    assertThat(differences()).isEmpty();

    feed.payout(
        name("P1", "20261125"),
        HEADER + "RETURN,40.00,SEK,o1,,r2,,,,\nRETURN,40.00,SEK,o1,,r1,,,,\n");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(refundPayouts())
        .containsExactly("r1: P1 2026-11-25 4000 ID", "r2: P1 2026-11-25 4000 ID");
    assertThat(differences()).containsExactly("DUPLICATE_PAID P1 2 o1 r2 4000");
  }

  @Test
  void whatKlarnaTakesBackItselfIsNobodysRefund() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        HEADER + "REVERSAL,-40.00,SEK,o1,,,,,,\nRETURN,-20.00,SEK,o2,,r2,,,,PAYMENT_DEFAULT\n");
    nightly(DAY);

    assertThat(refundPayouts()).containsExactly("r1: -", "r2: -");
    assertThat(differences())
        .containsExactly("MADE_BY_KLARNA P1 2 o1 4000", "MADE_BY_KLARNA P1 3 o2 r2 2000");
  }

  @Test
  void aRowOfAnOrderThatNobodyKnowsIsOfTheOneWithItsReference() {
    feed.captures(DAY, capture("o1", "A").with("merchant_reference1", "shop-1"));
    feed.refunds(DAY, refund("o1", "r1").of(40_00));
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,40.00,SEK,krn:1,,,shop-1,,,\n");
    nightly(DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 AMOUNT");

    feed.captures(NEXT_DAY, capture("o2", "B").with("merchant_reference1", "shop-1"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(refundPayouts()).containsExactly("r1: -");

    feed.captures(NEXT_DAY, capture("o2", "B").with("merchant_reference1", "shop-2"));
    nightly(NEXT_DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 AMOUNT");
  }

  @Test
  void theOtherIdOfARecordIsItsToo() {
    feed.captures(DAY, capture("o1", "A").with("payment_capture_id", "krn:A"));
    feed.refunds(DAY, refund("o1", "r1").of(40_00).with("payment_refund_id", "krn:r1"));
    feed.payout(
        name("P1", "20261125"), HEADER + "SALE,100.00,SEK,x,A,,,,,\nRETURN,40.00,SEK,y,,r1,,,,\n");
    nightly(DAY);

    assertThat(refundPayouts()).containsExactly("krn:r1: P1 2026-11-25 4000 ID");
    assertThat(capturePayouts()).containsExactly("krn:A: P1 2026-11-25 10000 ID");
  }

  @Test
  void theLastFileByNameCountsWhenItIsReadAndWhenTheOtherWas() {
    twoRefunds();
    feed.payout("P1.20261125T000000+0000.2.csv", HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
    nightly(DAY);
    feed.payout("P1.20261125T000000+0000.1.csv", HEADER + "RETURN,20.00,SEK,o2,,r2,,,,\n");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");

    feed.removePayout("P1.20261125T000000+0000.2.csv");
    feed.payout("P1.20261125T000000+0000.3.csv", HEADER + "RETURN,20.00,SEK,o2,,r2,,,,\n");
    rerun(DAY, DAY);
    assertThat(refundPayouts()).containsExactly("r1: -", "r2: P1 2026-11-25 2000 ID");
    assertThat(
            texts(
                "select refund_id from recredit.refund_payout_as_of(2) where payment_reference is not null"))
        .containsExactly("r1");
  }

  @Test
  void aFileWithoutARowThatCanBeReadTakesNothingBack() {
    twoRefunds();
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
    nightly(DAY);
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,40.001,SEK,o1,,r1,,,,\n");
    feed.payout("P1.20261126T000000+0000.csv", HEADER + "RETURN,,SEK,o1,,r1,,,,\n");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");
    assertThat(
            texts(
                "select file_name || ' ' || line_number from recredit.rejected_record order by 1"))
        .containsExactly("P1.20261125T000000+0000.csv 2", "P1.20261126T000000+0000.csv 2");
  }

  @Test
  void aRecordThatMovesToAnOrderMatchedEarlierTakesItsRowAlong() {
    var between = IntStream.range(0, 2_100).mapToObj(i -> "m" + i).toList();
    feed.captures(
        DAY,
        Stream.concat(between.stream(), Stream.of("a", "z"))
            .map(order -> capture(order, "C-" + order))
            .toArray(FeedRecord[]::new));
    feed.refunds(DAY, refund("z", "r1").of(40_00));
    feed.payout(
        name("P1", "20261125"),
        HEADER
            + "RETURN,40.00,SEK,z,,r1,,,,\n"
            + between.stream().map("SALE,100.00,SEK,%s,,,,,,\n"::formatted).collect(joining()));
    nightly(DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID");

    feed.captures(NEXT_DAY, capture("new", "N"));
    feed.refunds(NEXT_DAY, refund("a", "r1").of(40_00));
    timeZone("Europe/Stockholm"); // all orders are matched anew
    nightly(NEXT_DAY);

    assertThat(texts("select order_id || ' ' || payment_reference from recredit.refund_payout"))
        .containsExactly("a P1");
    assertThat(number("select count(*) from payout_match where record_id = 'r1'")).isEqualTo(2);
  }

  @Test
  void rowsOfSeveralPayoutsAreAddedUpAndAllNamed() {
    twoRefunds();
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
    feed.payout(name("P2", "20261130"), HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
    nightly(DAY);

    assertThat(differences()).containsExactly("RETURN_AMOUNT P1 2 o1 r1 8000 of 4000");
    assertThat(
            texts(
                "select concat_ws(' ', last_payout_date, explanation, suggestion) from recredit.payout_difference"))
        .containsExactly(
            "2026-11-30 Refund r1 is of 40.00 SEK, and 2 rows have 80.00 SEK of it. Look at row 2 of the report of payout P1, row 2 of the report of payout P2: where the file of refunds is right, ask Klarna about the difference.");
  }

  @Test
  void whatIsPaidInAnotherCurrencyIsShownInIt() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        HEADER
            + "RETURN,400,JPY,o1,,r1,,,,\nRETURN,20.00,SEK,o2,,r2,,,,\nRETURN,2.00,EUR,o2,,r2,,,,\n");
    nightly(DAY);

    assertThat(
            texts(
                "select concat_ws(' ', refund_id, refunded_amount, currency, amount, coalesce(paid_currency, '-')) from recredit.refund_payout order by 1"))
        .containsExactly("r1 4000 SEK 400 JPY", "r2 2000 SEK 2200 -");
    assertThat(
            texts(
                "select concat_ws(' ', amount, coalesce(currency, '-'), expected_amount, expected_currency, explanation) from recredit.payout_difference order by refund_id"))
        .containsExactly(
            "400 JPY 4000 SEK Refund r1 is of 40.00 SEK, and payout P1 has 400 JPY of it.",
            "2200 - 2000 SEK Refund r2 is of 20.00 SEK, and 2 rows have more than one currency of it.");
    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join(" ", StoryText.of(story, List.of("r1")))).contains("with 400 JPY");
  }

  @Test
  void ofAnUnknownOrderTheShopsNumberIsThatOfTheRow() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        HEADER + "RETURN,7.00,SEK,x,,r9,shop-9,,,\nSALE,8.00,SEK,o1,C9,,,,,\n");
    nightly(DAY);

    assertThat(
            texts(
                "select concat_ws(' ', order_id, coalesce(order_reference, '-'), explanation) from recredit.payout_difference order by row"))
        .containsExactly(
            "x shop-9 Payout P1 returns 7.00 SEK of order x for refund r9, and no file has a refund that this could be.",
            "o1 - Payout P1 pays 8.00 SEK of order o1 for capture C9, and no file has a capture that this could be.");
  }

  @Test
  void totalsThatNoRowsMakeDifferByNothing() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"),
        "payment_reference,payout_date,currency,total_settlement_amount\nP1,2026-11-24,SEK,61.00\n"
            + HEADER
            + "FEE,1.00,SEK,,,,,,,\n");
    feed.payout(name("P2", "20261125"), HEADER + "FEE,1.00,SEK,,,,,,,\n");
    nightly(DAY);

    assertThat(
            texts(
                "select payment_reference || ' ' || coalesce(difference::text, '-') from recredit.payout order by 1"))
        .containsExactly("P1 0", "P2 -");
  }

  @Test
  void aReportThatChangesWhileItIsReadIsReadByTheNextRun() throws Exception {
    twoRefunds();
    var file = name("P1", "20261125");
    feed.payout(file, HEADER + "RETURN,1.00,SEK,o1,,r1,,,,\n");
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      TestDatabase.rows(other, "lock table recredit_store.payout_rejected");
      var night = CompletableFuture.supplyAsync(() -> nightly(DAY));
      while (number("select count(*) from pg_locks where not granted") == 0) {
        assertThat(night).isNotDone();
      }
      feed.payout(file, HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
      other.rollback();
      night.join();
    }
    assertThat(refundPayouts()).containsExactly("r1: -", "r2: -");
    assertThat(texts("select complaint from recredit.payout_file"))
        .singleElement()
        .asString()
        .contains("changed while it was read");

    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");
    assertThat(texts("select complaint from recredit.payout_file")).containsOnlyNulls();
  }

  @Test
  void aReportThatCannotBeReadStopsNoDayAndIsTriedAgain() throws IOException {
    twoRefunds();
    var unreadable = Path.of("/proc/self/mem");
    assumeThat(unreadable).isRegularFile();
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,40.00,SEK,o1,,r1,,,,\n");
    var link = feed.folder().resolve("payouts").resolve(name("P2", "20261125"));
    Files.createSymbolicLink(link, unreadable);
    nightly(DAY);

    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");
    assertThat(texts("select complaint from recredit.payout_file where complaint is not null"))
        .singleElement()
        .asString()
        .contains(link + " could not be read");

    Files.delete(link);
    feed.payout(name("P2", "20261125"), HEADER + "RETURN,20.00,SEK,o2,,r2,,,,\n");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(refundPayouts())
        .containsExactly("r1: P1 2026-11-25 4000 ID", "r2: P2 2026-11-25 2000 ID");
  }

  @Test
  void theSummaryCountsWhatTheReportsOfTheRunTell() {
    twoRefunds();
    feed.payout(name("P0", "20261101"), HEADER + "FEE,1.00,SEK,,,,,,,\n");
    feed.payout(
        name("P1", "20261125"), HEADER + "RETURN,39.00,SEK,o1,,r1,,,,\nRETURN,7.00,SEK,o1,,,,,,\n");
    assertThat(summary(nightly(DAY)))
        .contains(
            "2 settlement reports, 3 transactions",
            "refunds in them: 0 as they were made, 1 with another amount, 1 that nobody delivered; newly missing: 0");

    feed.payout(name("P2", "20261210"), HEADER + "FEE,1.00,SEK,,,,,,,\n");
    feed.nothing(NEXT_DAY);
    assertThat(summary(nightly(NEXT_DAY)))
        .contains(
            "1 settlement report, 1 transaction",
            "refunds in them: 0 as they were made, 0 with another amount, 0 that nobody delivered; newly missing: 1");

    feed.payout(name("P3", "20261211"), HEADER + "RETURN,20.00,SEK,o2,,r2,,,,\n");
    feed.nothing(DAY_AFTER);
    assertThat(summary(nightly(DAY_AFTER)))
        .contains(
            "refunds in them: 1 as they were made, 0 with another amount, 0 that nobody delivered; newly missing: 0");
    assertThat(summary(nightly(DAY_AFTER))).doesNotContain("refunds in them");
  }

  private String summary(Run run) {
    return String.join("\n", runSummary.lines(run));
  }

  @Test
  void explainTellsWhatPayoutsHaveOfTheOrderBesideItsRefunds() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"), HEADER + "REVERSAL,-9.00,SEK,o1,,,,,,\nRETURN,7.00,SEK,o1,,,,,,\n");
    nightly(DAY);

    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join(" ", StoryText.of(story, List.of("r1"))).replaceAll("\\s+", " "))
        .contains("Where payouts and the order differ otherwise:")
        .contains("- Payout P1 takes back 9.00 SEK of order o1: REVERSAL")
        .contains("- Payout P1 returns 7.00 SEK of order o1, and no file has a refund");
    assertThat(StoryJson.of(story, List.of("r1")))
        .contains("\"kind\":\"MADE_BY_KLARNA\",\"payment_reference\":\"P1\",\"row\":2");
  }

  @Test
  void explainSaysInWhichPayoutARefundIs() {
    twoRefunds();
    feed.payout(name("P1", "20261125"), HEADER + "RETURN,39.00,SEK,o1,,r1,,,,\n");
    nightly(DAY);

    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join(" ", StoryText.of(story, List.of("r1"))).replaceAll("\\s+", " "))
        .contains("In payout P1 of 2026-11-25, with 39.00 SEK; found by an id in its report.")
        .contains("Refund r1 is of 40.00 SEK, and payout P1 has 39.00 SEK of it.");
    assertThat(StoryJson.of(story, List.of("r1"))).contains("\"payment_reference\":\"P1\"");
  }

  @Test
  void whatCannotBeReadIsRejectedAndWhatIsNoReportIsNamed() {
    twoRefunds();
    feed.payout(
        name("P1", "20261125"), HEADER + "RETURN,x,SEK,o1,,r1,,,,\nRETURN,40.00,SEK,o1,,r1,,,,\n");
    feed.payout("P1.pdf", "%PDF-1.7");
    var run = nightly(DAY);

    assertThat(texts("select file_name || ' ' || line_number from recredit.rejected_record"))
        .containsExactly("P1.20261125T000000+0000.csv 2");
    assertThat(texts("select file_name from recredit.payout_file where complaint is not null"))
        .containsExactly("P1.pdf");
    assertThat(number("select rejected from recredit.run where run_id = " + run.runId())).isOne();

    feed.payout(name("P1", "20261125"), "<html>");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(refundPayouts()).containsExactly("r1: P1 2026-11-25 4000 ID", "r2: -");
  }
}
