package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is said of an exception may change; the decision, and the day on which it was made, stay.
 */
class WordsAreNoFactsTest extends JobTest {

  @BeforeEach
  void aRefundThatSaysNotWhichInvoice() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00),
        capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z"));
    feed.refunds(DAY, refund("o1", "r1").of(30_00).at("2026-11-20T12:00:00Z"));
    nightly(DAY);
  }

  @Test
  void whenAnotherVersionSaysItInOtherWordsTheDecisionStays() {
    var words = explanation();
    sql("update recredit_store.exception_text set explanation = 'Old words.'");
    sql("update recredit_store.run set words = 'other'");
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY);

    nightly(NEXT_DAY);

    assertThat(explanation()).isEqualTo(words);
    assertThat(decidedBy()).isEqualTo("1");
    assertThat(texts("select refund_id from recredit.run_change where run_id = 2")).isEmpty();
    assertThat(texts("select explanation from recredit.refund_exception_as_of(1)"))
        .containsExactly("Old words.");
  }

  @Test
  void anotherVersionThatSaysItInTheSameWordsSaysNothingAnew() {
    sql("update recredit_store.exception_text set explanation = 'Old words.'");
    sql("update recredit_store.run set made_by = '0.0.1'");
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY);

    nightly(NEXT_DAY);

    assertThat(explanation()).isEqualTo("Old words.");
  }

  @Test
  void aDecisionWhoseWordsStayHasThemInItsHistory() {
    timeZone("Pacific/Auckland");
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY);

    nightly(NEXT_DAY);

    assertThat(
            texts(
                "select business_date || ' ' || (explanation is not null) from recredit.decision_history order by run_id"))
        .containsExactly("2026-11-20 true", "2026-11-21 true");
  }

  @Test
  void anInvoiceNumberThatComesLaterIsShownAndMakesNoDecision() {
    feed.refunds(
        DAY, refund("o1", "r1").of(30_00).at("2026-11-20T12:00:00Z").with("capture_id", "A"));
    rerun(DAY, DAY);
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).with("klarna_reference", "K-1").with("reference", "S-1"),
        capture("o1", "B").of(50_00).at("2026-11-20T09:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1")
            .of(30_00)
            .at("2026-11-20T12:00:00Z")
            .with("capture_id", "A")
            .with("reference", "R-1"));

    rerun(DAY, DAY);

    assertThat(
            texts(
                "select run_id || ' ' || invoice_reference || ' ' || capture_reference || ' ' || refund_reference from recredit.invoice_credit"))
        .containsExactly("2 K-1 S-1 R-1");
    assertThat(texts("select invoice_reference from recredit.invoice_credit_as_of(2)"))
        .containsExactly("A");
  }

  @Test
  void whenOnlyTheRoomOnAnInvoiceIsAnotherTheDecisionStays() {
    assertThat(suggestion()).contains("100.00 SEK on capture A");
    feed.captures(NEXT_DAY);
    feed.refunds(
        NEXT_DAY, refund("o1", "r0").of(40_00).at("2026-11-20T11:00:00Z").with("capture_id", "A"));

    nightly(NEXT_DAY);

    assertThat(suggestion()).contains("60.00 SEK on capture A");
    assertThat(decidedBy()).isEqualTo("1");
    assertThat(texts("select refund_id from recredit.run_change where run_id = 2"))
        .containsExactly("r0");
  }

  private String explanation() {
    return texts("select explanation from recredit.refund_exception").get(0);
  }

  private String suggestion() {
    return texts("select suggestion from recredit.refund_exception").get(0);
  }

  private String decidedBy() {
    return texts("select run_id::text from recredit.refund_exception").get(0);
  }
}
