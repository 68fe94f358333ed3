package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each check of the proof fires, and where only one of them can see what is wrong, it alone. */
class ProofTest extends JobTest {

  @BeforeEach
  void finishARunWhoseProofPasses() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(10_00).in("SEK"),
        refund("o1", "r2").of(20_00).in("SEK"),
        refund("o2", "r3").of(200_00).in("SEK"),
        refund("o2", "r4").of(300_00).in("SEK"),
        refund("o2", "r5").of(1_00).with("idempotency_key", "k"),
        refund("o2", "r6").of(1_00).with("idempotency_key", "k"));
    nightly(DAY);
    assertThat(credits()).hasSize(2);
    assertThat(exceptions()).hasSize(3);
    assertThat(duplicates()).hasSize(1);
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aLineThatDoesNotSumToItsCredit() {
    sql("update book_line set amount = amount + 1 where refund_id = 'r1'");
    isBroken("The lines of refund r1 come to 10.01 SEK in the books, and not to 10.00 SEK.");
  }

  @Test
  void aLineOfARefundThatIsNoneInTheBooks() {
    sql("update book_line set refund_id = 'r6' where refund_id = 'r5'");
    isBroken("The lines of refund r6 come to 1.00 SEK in the books, and not to 0.00 SEK.");
  }

  @Test
  void aJournalThatDoesNotLeadToTheTables() {
    sql("update journal set amount = amount + 1 where refund_id = 'r1'");
    onlyThisIsBroken(
        "The journal does not lead to what the tables show of refund r1, account CREDIT: it is -0.01 SEK off, and 0.00 SEK of tax.");
  }

  @Test
  void anEntryThatIsMissingInTheJournal() {
    sql("delete from journal where refund_id = 'r3'");
    onlyThisIsBroken(
        "The journal does not lead to what the tables show of refund r3, account UNALLOCATED: it is 200.00 SEK off, and 0.00 SEK of tax.");
  }

  @Test
  void linesInTheBooksOfARefundThatIsNotDecided() {
    sql("update book_line set refund_id = 'r0' where refund_id = 'r1'");
    isBroken("Refund r0 has lines in the books, and no decision.");
  }

  @Test
  void aClosingWhoseEntriesAreNotWhatTheyWere() {
    closedPeriods.close(LocalDate.parse(DAY), "Karin", null, clock.instant());
    assertThat(proof.ofEverything()).isEmpty();
    sql("update journal set invoice_reference = 'another' where refund_id = 'r1'");
    onlyThisIsBroken(
        "Closing 1, up to 2026-11-20, is not what it was: it was closed over 5 entries, and now there are 5, or others.");
  }

  @Test
  void aClosingThatLosesAnEntry() {
    closedPeriods.close(LocalDate.parse(DAY), "Karin", null, clock.instant());
    sql("update journal set posting_date = posting_date + 1 where refund_id = 'r1'");
    onlyThisIsBroken(
        "Closing 1, up to 2026-11-20, is not what it was: it was closed over 5 entries, and now there are 4, or others.");
  }

  @Test
  void aClosingWhoseTotalsAreOthers() {
    closedPeriods.close(LocalDate.parse(DAY), "Karin", null, clock.instant());
    sql("update closed_period set totals = '[]'");
    onlyThisIsBroken(
        "Closing 1, up to 2026-11-20, is not what it was: it was closed over 5 entries, and now there are 5, or others.");
  }

  @Test
  void aCaptureThatIsAcceptedTwice() {
    sql("insert into capture select * from capture where capture_id = 'A'");
    onlyThisIsBroken("Capture A of order o1 is accepted 2 times.");
  }

  @Test
  void aRefundThatIsAcceptedTwice() {
    sql("insert into refund select * from refund where refund_id = 'r3'");
    isBroken("Refund r3 of order o2 is accepted 2 times.");
  }

  @Test
  void anAcceptedRefundThatIsNotDecided() {
    sql("delete from decision where refund_id = 'r3'");
    isBroken("Refund r3 of order o2 was accepted and not decided.");
  }

  @Test
  void aDecidedRefundThatIsNotAccepted() {
    sql("delete from refund where refund_id = 'r3'");
    isBroken("Refund r3 of order o2 was decided and is not accepted.");
  }

  @Test
  void aRefundThatIsDecidedOnAnotherOrder() {
    sql("update decision set order_id = 'o1' where refund_id = 'r3'");
    isBroken("Refund r3 of order o2 was accepted and not decided.");
    isBroken("Refund r3 of order o1 was decided and is not accepted.");
  }

  @Test
  void aRefundThatIsDecidedTwice() {
    sql("alter table decision drop constraint decision_in_force");
    try {
      sql("insert into decision select * from decision where refund_id = 'r3'");
      isBroken("Refund r3 of order o2 was decided 2 times.");
    } finally {
      sql("delete from credit; delete from decision");
      sql(
          "alter table decision add constraint decision_in_force exclude using hash (refund_id with =) where (until_run is null)");
    }
  }

  @Test
  void aCreditThatIsThereTwice() {
    sql("insert into credit select * from credit where refund_id = 'r1'");
    isBroken("Refund r1 of order o1 has 2 credits on capture A.");
  }

  @Test
  void aCreditInTwoParts() {
    sql("update credit set credited_amount = credited_amount / 2 where refund_id = 'r1'");
    sql("insert into credit select * from credit where refund_id = 'r1'");
    onlyThisIsBroken("Refund r1 of order o1 has 2 credits on capture A.");
  }

  @Test
  void twoRefundsWhoseAmountsWereExchanged() {
    sql(
        "update decision set refunded_amount = 50000 - refunded_amount where refund_id in ('r3', 'r4')");
    andTheBooks("amount = 50000 - amount where refund_id in ('r3', 'r4')");
    onlyThisIsBroken(
        "Refund r3 of order o2: 200.00 SEK accepted, 300.00 SEK decided.",
        "Refund r4 of order o2: 300.00 SEK accepted, 200.00 SEK decided.");
  }

  @Test
  void aRefundThatIsDecidedInAnotherCurrency() {
    sql("update decision set currency = 'EUR' where refund_id = 'r3'");
    assertThat(proof.ofEverything())
        .hasSize(2)
        .allMatch(sentence -> sentence.startsWith("Order o2, 2026-11-20, "))
        .anyMatch(
            sentence ->
                sentence.contains("EUR: 0 refunds of 0.00 EUR accepted, 1 of 200.00 EUR decided"));
  }

  @Test
  void anAmountThatIsCreditedNowhere() {
    sql("update credit set credited_amount = 999 where refund_id = 'r1'");
    isBroken(
        "Order o1, 2026-11-20, SEK: 2 refunds of 30.00 SEK accepted, 2 of 29.99 SEK decided (credited 29.99 SEK, unallocated 0.00 SEK, written off 0.00 SEK, duplicates 0.00 SEK).");
  }

  @Test
  void anAmountThatIsCreditedForAnotherRefund() {
    sql("update credit set credited_amount = 999 where refund_id = 'r1'");
    sql("update credit set credited_amount = 2001 where refund_id = 'r2'");
    andTheBooks("amount = amount - 1 where refund_id = 'r1'");
    andTheBooks("amount = amount + 1 where refund_id = 'r2'");
    onlyThisIsBroken(
        "Refund r1 of order o1 was decided as credited and has credits of 9.99 SEK on invoices; it refunds 10.00 SEK.",
        "Refund r2 of order o1 was decided as credited and has credits of 20.01 SEK on invoices; it refunds 20.00 SEK.");
  }

  @Test
  void aCaptureThatIsCreditedAboveItsAmount() {
    sql("update capture set captured_amount = 2999 where capture_id = 'A'");
    onlyThisIsBroken(
        "Capture A of order o1 is credited with 30.00 SEK, above its captured amount of 29.99 SEK.");
  }

  @Test
  void aCreditOnACaptureThatDoesNotCount() {
    sql("update capture set counts = false where capture_id = 'A'");
    onlyThisIsBroken(
        "Capture A of order o1 is credited with 30.00 SEK and is not accepted in that order and currency.");
  }

  @Test
  void aCreditOnACaptureOfAnotherOrder() {
    sql("update credit set capture_id = 'B' where refund_id = 'r1'");
    andTheBooks("capture_id = 'B' where refund_id = 'r1'");
    onlyThisIsBroken(
        "Capture B of order o1 is credited with 10.00 SEK and is not accepted in that order and currency.");
  }

  @Test
  void aCreditOnACaptureOfAnotherCurrency() {
    sql("update capture set purchase_currency = 'EUR' where capture_id = 'A'");
    onlyThisIsBroken(
        "Capture A of order o1 is credited with 30.00 SEK and is not accepted in that order and currency.");
  }

  @Test
  void anExceptionThatNothingIsSaidOf() {
    sql("delete from exception_text where refund_id = 'r3'");
    onlyThisIsBroken(
        "Refund r3 has 0 explanations in force: an exception has one, any other refund none.");
  }

  @Test
  void anExplanationOfARefundThatIsNoException() {
    sql(
        "insert into exception_text (refund_id, since_run, explanation, suggestion) values ('r1', 1, 'x', 'y')");
    onlyThisIsBroken(
        "Refund r1 has 1 explanations in force: an exception has one, any other refund none.");
  }

  @Test
  void aBusinessDateThatCannotBe() {
    sql("update decision set business_date = business_date + 2 where refund_id = 'r4'");
    assertThat(proof.ofEverything())
        .singleElement()
        .asString()
        .startsWith("Refund r4 of order o2, made at 2026-11-2")
        .endsWith("has the business date 2026-11-22.");
  }

  @Test
  void anOrderThatWasNotDecidedAnew() {
    interlude.whenDone(Interlude.DECIDING, () -> sql("delete from decided_range"));
    assertThat(fails(rerunOf(DAY, DAY)))
        .isEqualTo(
            "The proof failed: 2 orders were to be decided anew, 0 were, and 2 were proved.");
  }

  @Test
  void aRunProvesTheOrdersItTouched() {
    sql("update decision set business_date = business_date + 2 where refund_id = 'r1'");
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o3", "r7"));
    nightly(NEXT_DAY);
    assertThat(exceptions()).contains("r7: NO_CAPTURE");

    interlude.whenDone(
        Interlude.DECIDING, () -> sql("update decision set business_date = business_date + 2"));
    assertThat(fails(rerunOf(DAY, DAY))).contains("has the business date 2026-11-22");
  }

  @Test
  void whatIsWrongInManyPlacesIsNamedInSome() {
    sql("update decision set business_date = business_date + 2");
    assertThat(proof.ofEverything()).hasSize(5);
  }

  /** So that they agree with what is wrong. */
  private void andTheBooks(String change) {
    sql("update book_line set " + change);
    sql("update journal set " + change);
  }

  private void isBroken(String sentence) {
    assertThat(proof.ofEverything()).contains(sentence);
  }

  private void onlyThisIsBroken(String... sentences) {
    assertThat(proof.ofEverything()).containsExactlyInAnyOrder(sentences);
  }
}
