package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every change of money once (rules.md, part 8, "The journal"). */
class JournalTest extends JobTest {

  private static Map<String, Object> shoe(long amount, long rate) {
    return Map.of("reference", "shoe", "total_amount", amount, "tax_rate", rate);
  }

  @Test
  void whatIsDecidedIsPostedOnceOnItsBusinessDate() {
    feed.captures(DAY, capture("o1", "A").of(100_00).with("klarna_reference", "K-1"));
    feed.refunds(
        DAY, refund("o1", "r1").of(25_00).lineOf(shoe(25_00, 2500)), refund("o9", "r9").of(7_00));
    nightly(DAY);
    nightly(DAY);
    rerun(DAY, DAY);

    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A SOLE_CAPTURE SEK 2500: 2500, tax 500",
            "2 2026-11-20 r9 UNALLOCATED NO_CAPTURE: 700");
    assertThat(texts("select invoice_reference from recredit.journal where refund_id = 'r1'"))
        .containsExactly("K-1");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aCorrectionPostsBothSides() {
    feed.captures(DAY, capture("o1", "A"), capture("o1", "B").at("2026-11-20T08:30:00Z"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00).ofCapture("A"));
    nightly(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(20_00).ofCapture("B"));
    nightly(DAY);
    feed.refunds(DAY);
    nightly(DAY);

    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A CAPTURE_ID SEK: 2500",
            "2 2026-11-20 r1 CREDIT A CAPTURE_ID SEK: -2500",
            "3 2026-11-20 r1 CREDIT B CAPTURE_ID SEK: 2000",
            "4 2026-11-20 r1 CREDIT B CAPTURE_ID SEK: -2000");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aTaxRateThatIsCorrectedPostsThoughNoDecisionChanges() {
    feed.captures(DAY, capture("o1", "A").lineOf(shoe(100_00, 600)));
    feed.refunds(DAY, refund("o1", "r1").of(25_00).line("shoe", 25_00));
    nightly(DAY);
    feed.captures(DAY, capture("o1", "A").lineOf(shoe(100_00, 2500)));
    nightly(DAY);

    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A REFERENCE SEK 600: 2500, tax 142",
            "2 2026-11-20 r1 CREDIT A REFERENCE SEK 600: -2500, tax -142",
            "3 2026-11-20 r1 CREDIT A REFERENCE SEK 2500: 2500, tax 500");
    assertThat(texts("select run_id from recredit.invoice_credit")).containsExactly("1");
    assertThat(texts("select credited_tax_amount from recredit.invoice_credit"))
        .containsExactly("500");
  }

  @Test
  void otherWordsAndAnotherMatchRulePostNothing() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00));
    nightly(DAY);
    feed.captures(DAY, capture("o1", "A").with("klarna_reference", "K-7"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00).ofCapture("A"));
    nightly(DAY);

    assertThat(texts("select match_rule from recredit.invoice_credit"))
        .containsExactly("CAPTURE_ID");
    assertThat(entries()).containsExactly("1 2026-11-20 r1 CREDIT A SOLE_CAPTURE SEK: 2500");
  }

  @Test
  void whatAnAccountantResolvesLeavesTheUnallocated() {
    feed.captures(DAY, capture("o1", "A"), capture("o1", "B"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00));
    nightly(DAY);
    resolved(byHand("r1", "A"));

    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 UNALLOCATED NO_ORDER_LINES SEK: 2500",
            "2 2026-11-20 r1 CREDIT A MANUAL SEK: 2500",
            "3 2026-11-20 r1 UNALLOCATED NO_ORDER_LINES SEK: -2500");
  }

  @Test
  void whatIsMadeAfterTheRunStartedIsPostedOnItsDay() {
    clock.set("2026-11-21T02:00:00Z");
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00).at("2026-11-23T12:00:00Z"));
    nightly(DAY);
    assertThat(entries()).containsExactly("1 2026-11-21 r1 CREDIT A SOLE_CAPTURE SEK: 2500");
  }

  /** As after an update from a version that kept none. */
  @Test
  void whatWasDecidedBeforeThereWasAJournalIsPostedByTheFirstRunThatHasOne() {
    feed.captures(DAY, capture("o1", "A").lineOf(shoe(100_00, 600)));
    feed.refunds(DAY, refund("o1", "r1").of(25_00).line("shoe", 25_00));
    nightly(DAY);
    sql("delete from journal; delete from book_line; update run set keeps_books = false");
    assertThat(proof.ofEverything()).isEmpty();
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(entries())
        .containsExactly("1 2026-11-20 r1 CREDIT A REFERENCE SEK 600: 2500, tax 142");
    assertThat(texts("select run_id from recredit.journal")).containsExactly("2");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aRunThatDoesNotFinishPostsNothingAndLeavesNoGap() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(25_00), refund("o1", "r2").of(5_00));
    failAtRow("journal", 2);
    nightlyFails(DAY);
    assertThat(number("select count(*) from journal")).isZero();

    failNoMore();
    nightly(DAY);
    assertThat(entries())
        .containsExactly(
            "1 2026-11-20 r1 CREDIT A SOLE_CAPTURE SEK: 2500",
            "2 2026-11-20 r2 CREDIT A SOLE_CAPTURE SEK: 500");
  }

  private List<String> entries() {
    return texts(
        """
        select concat_ws(' ', entry_id, posting_date, refund_id, account, capture_id, decision, currency, tax_rate) || ': ' || amount
          || coalesce(', tax ' || tax_amount, '')
        from recredit.journal
        order by entry_id
        """);
  }
}
