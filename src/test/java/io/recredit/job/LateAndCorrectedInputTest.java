package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.release;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LateAndCorrectedInputTest extends JobTest {

  @Test
  void whenTheCaptureComesLateThenTheExceptionBecomesACredit() {
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(40_00));
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: NO_CAPTURE");

    feed.captures(NEXT_DAY, capture("o1", "A"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(exceptions()).isEmpty();
    assertThat(credits()).containsExactly("r1 to A: 4000 by SOLE_CAPTURE");
    assertThat(balances()).containsExactly("A: 10000 - 4000 = 6000, unallocated 0");
  }

  @Test
  void aDecisionThatALaterRunChangesStaysReadableWithBothRuns() {
    clock.set("2026-11-21T01:00:00Z");
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(40_00));
    nightly(DAY);
    var shownThen = everything();

    clock.set("2026-11-22T01:00:00Z");
    feed.captures(NEXT_DAY, capture("o1", "A"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(
            texts(
                "select format('%s %s since %s until %s', refund_id, outcome, since_run, until_run) from decision order by since_run"))
        .containsExactly("r1 exception since 1 until 2", "r1 credited since 2 until ");
    assertThat(
            texts(
                "select refund_id || ' ' || reason || ' ' || decided_on from recredit.refund_exception_as_of(1)"))
        .containsExactly("r1 NO_CAPTURE 2026-11-21");
    assertThat(texts("select refund_id from recredit.refund_exception_as_of(2)")).isEmpty();
    assertThat(texts("select refund_id from recredit.invoice_credit_as_of(1)")).isEmpty();
    assertThat(texts("select refund_id || ' ' || decided_on from recredit.invoice_credit_as_of(2)"))
        .containsExactly("r1 2026-11-22");
    shownThen.forEach(
        (table, rows) ->
            assertThat(
                    texts(
                        "select (to_jsonb(t) - array['run_id', 'decided_on'])::text from recredit.%s_as_of(1) t order by 1"
                            .formatted(table)))
                .as(table)
                .isEqualTo(rows));
  }

  @Test
  void aCaptureThatComesLateChangesWhatLaterRefundsOfItsOrderFind() {
    feed.captures(DAY, capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(30_00).line("TSHIRT", 30_00).at("2026-11-20T10:00:00Z"),
        refund("o1", "r2").of(30_00).at("2026-11-20T11:00:00Z"));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to B: 3000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r2: EXCEEDS_REMAINING_AMOUNT");

    feed.captures(NEXT_DAY, capture("o1", "A").line("TSHIRT", 100_00));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(credits()).containsExactly("r1 to A: 3000 by REFERENCE");
    assertThat(exceptions()).containsExactly("r2: NO_ORDER_LINES");
  }

  @Test
  void aCorrectedRecordIsDecidedAnew() {
    feed.captures(DAY, capture("o1", "A").of(100_00));
    feed.refunds(DAY, refund("o1", "r1").of(110_00), refund("o2", "r2").of(1_00));
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: EXCEEDS_CAPTURED_AMOUNT", "r2: NO_CAPTURE");

    feed.refunds(DAY, refund("o1", "r1").of(90_00), refund("o2", "r2").of(1_00));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 9000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r2: NO_CAPTURE");
    assertThat(texts("select format('%s changed, %s credited', changed, credited) from run"))
        .containsExactly("0 changed, 0 credited", "1 changed, 1 credited");
  }

  @Test
  void aCorrectedReferenceOfTheShopReachesTheCredit() {
    feed.captures(DAY, capture("o1", "A").with("klarna_reference", "K-1"));
    feed.refunds(DAY, refund("o1", "r1").with("reference", "return-1"));
    nightly(DAY);

    feed.captures(DAY, capture("o1", "A").with("klarna_reference", "K-2"));
    feed.refunds(DAY, refund("o1", "r1").with("reference", "return-2"));
    nightly(DAY);

    assertThat(
            texts(
                "select invoice_reference || ' ' || refund_reference from recredit.invoice_credit"))
        .containsExactly("K-2 return-2");
  }

  @Test
  void whatIsGoneFromAFileThatIsReadAgainIsWithdrawnAndCounted() {
    feed.captures(DAY, capture("o1", "A"), capture("o1", "B").at("2026-11-20T09:00:00Z"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00), refund("o1", "r2").of(20_00));
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: NO_ORDER_LINES", "r2: PRIOR_ALLOCATION_FAILED");

    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r2").of(20_00));
    nightly(DAY);

    assertThat(exceptions()).isEmpty();
    assertThat(credits()).containsExactly("r2 to A: 2000 by SOLE_CAPTURE");
    assertThat(balances()).containsExactly("A: 10000 - 2000 = 8000, unallocated 0");
    assertThat(files())
        .containsExactly(
            "captures-2026-11-20.ndjson: 1 lines, 1 accepted, 0 repeated, 0 rejected, 1 withdrawn",
            "refunds-2026-11-20.ndjson: 1 lines, 1 accepted, 0 repeated, 0 rejected, 1 withdrawn");
    assertThat(texts("select withdrawn from recredit.run order by run_id"))
        .containsExactly("0", "2");
  }

  @Test
  void anOrderWhoseOnlyRefundIsWithdrawnIsShownNoMore() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    feed.refunds(DAY);
    nightly(DAY);

    assertThat(credits()).isEmpty();
    assertThat(texts("select business_date from recredit.daily_reconciliation")).isEmpty();
    assertThat(balances()).containsExactly("A: 10000 - 0 = 10000, unallocated 0");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aReadingThatLosesMoreThanATenthAndMoreThanTenIsRefusedUntilItIsMeant() {
    feed.captures(DAY);
    feed.refunds(DAY, refunds(0, 100));
    nightly(DAY);
    var before = everything();

    feed.refunds(DAY, refunds(11, 100));
    assertThat(nightlyFails(DAY))
        .contains("refunds-2026-11-20.ndjson", "11 of the 100 refunds", "--withdraw");
    assertThat(everything()).isEqualTo(before);
    assertThat(runs()).containsExactly("nightly done", "nightly failed");

    done(meantToWithdraw(nightlyOf(DAY)));
    assertThat(said).singleElement().asString().contains("Run 2", "carried on");
    assertThat(exceptions()).hasSize(89);
    assertThat(files().get(1)).endsWith("89 accepted, 0 repeated, 0 rejected, 11 withdrawn");
    assertThat(runs()).containsExactly("nightly done", "nightly done");
  }

  @Test
  void aFileThatIsDeliveredWholeAfterARefusalIsReadAnew() {
    feed.captures(DAY);
    feed.refunds(DAY, refunds(0, 20));
    nightly(DAY);
    feed.refunds(DAY);
    nightlyFails(DAY);

    feed.refunds(DAY, refunds(0, 21));
    nightly(DAY);

    assertThat(said).singleElement().asString().contains("undone");
    assertThat(exceptions()).hasSize(21);
    assertThat(runs()).containsExactly("nightly done", "nightly undone", "nightly done");
  }

  @Test
  void tenRecordsMayAlwaysBeGone() {
    feed.captures(DAY);
    feed.refunds(DAY, refunds(0, 12));
    nightly(DAY);
    feed.refunds(DAY, refunds(10, 12));
    nightly(DAY);

    assertThat(exceptions()).hasSize(2);
    assertThat(files().get(1)).endsWith("2 accepted, 0 repeated, 0 rejected, 10 withdrawn");
  }

  @Test
  void aTenthMayAlwaysBeGone() {
    feed.captures(DAY);
    feed.refunds(DAY, refunds(0, 110));
    nightly(DAY);
    feed.refunds(DAY, refunds(11, 110));
    nightly(DAY);

    assertThat(exceptions()).hasSize(99);
  }

  @Test
  void aRecordThatIsRejectedInTheNewReadingIsGone() {
    feed.captures(DAY);
    feed.refunds(DAY, refunds(0, 12));
    nightly(DAY);
    feed.refunds(
        DAY,
        IntStream.range(0, 12)
            .mapToObj(i -> refund("o" + i, "r" + i).of(0))
            .toArray(FeedRecord[]::new));

    assertThat(nightlyFails(DAY)).contains("12 of the 12 refunds");
    assertThat(exceptions()).hasSize(12);
    assertThat(rejected()).isEmpty();
  }

  private static FeedRecord[] refunds(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> refund("o" + i, "r" + i))
        .toArray(FeedRecord[]::new);
  }

  @Test
  void aReleaseMayComeLateBeCorrectedAndBeWithdrawn() {
    feed.captures(DAY, capture("o1", "A").line("TSHIRT", 100_00).with("order_amount", 200_00));
    feed.refunds(DAY, withReturnFee());
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: RETURN_FEE_NOT_ELIGIBLE");

    feed.releases(NEXT_DAY, release("o1").at("2026-11-20T11:00:00Z"));
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(credits()).containsExactly("r1 to A: 9500 by REFERENCE");
    assertThat(texts("select return_fee_amount from recredit.invoice_credit"))
        .containsExactly("500");

    feed.releases(NEXT_DAY, release("o1").at("2026-11-20T12:00:00.000001Z"));
    nightly(NEXT_DAY);
    assertThat(exceptions()).containsExactly("r1: RETURN_FEE_NOT_ELIGIBLE");

    feed.releases(NEXT_DAY, release("o1").at("2026-11-20T12:00:00Z"));
    nightly(NEXT_DAY);
    assertThat(exceptions()).isEmpty();

    feed.releases(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(exceptions()).containsExactly("r1: RETURN_FEE_NOT_ELIGIBLE");
    assertThat(files().get(4))
        .isEqualTo(
            "releases-2026-11-21.ndjson: 0 lines, 0 accepted, 0 repeated, 0 rejected, 1 withdrawn");
  }

  private static FeedRecord withReturnFee() {
    return refund("o1", "r1")
        .of(95_00)
        .line("TSHIRT", 100_00)
        .lineOf(Map.of("type", "return_fee", "total_amount", -5_00));
  }

  @Test
  void aReleasesFileThatIsNotDeliveredAgainKeepsItsLastReading() {
    feed.captures(DAY, capture("o1", "A").line("TSHIRT", 100_00).with("order_amount", 200_00));
    feed.refunds(DAY, withReturnFee());
    feed.releases(DAY, release("o1"));
    nightly(DAY);
    feed.remove("releases", DAY);
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 9500 by REFERENCE");
    assertThat(files()).hasSize(3);
  }
}
