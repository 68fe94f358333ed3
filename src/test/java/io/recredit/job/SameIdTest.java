package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same id in files of several days, and several times in one. */
class SameIdTest extends JobTest {

  // In files of several days

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRecordOfTheLatestFileDateCountsWhicheverIsReadFirst(boolean earlierFirst) {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r1").of(20_00));
    nightly(earlierFirst ? DAY : NEXT_DAY);
    nightly(earlierFirst ? NEXT_DAY : DAY);

    assertThat(credits()).containsExactly("r1 to A: 2000 by SOLE_CAPTURE");
    assertThat(
            texts("select refunds || ' of ' || refunded_amount from recredit.daily_reconciliation"))
        .containsExactly("1 of 2000");
  }

  @Test
  void theRecordOfTheLatestFileDateCountsInARerunToo() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    feed.nothing(NEXT_DAY);
    feed.captures(DAY_AFTER);
    feed.refunds(DAY_AFTER, refund("o1", "r1").of(20_00));
    rerun(DAY, DAY_AFTER);

    assertThat(credits()).containsExactly("r1 to A: 2000 by SOLE_CAPTURE");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withdrawnFromTheLaterFileTheEarlierRecordCountsAgain(boolean earlierFirst) {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o2", "r1").of(20_00));
    nightly(earlierFirst ? DAY : NEXT_DAY);
    nightly(earlierFirst ? NEXT_DAY : DAY);
    assertThat(credits()).containsExactly("r1 to B: 2000 by SOLE_CAPTURE");

    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
    assertThat(balances())
        .containsExactly(
            "A: 10000 - 1000 = 9000, unallocated 0", "B: 10000 - 0 = 10000, unallocated 0");
    assertThat(texts("select refund_id || ' ' || capture_id from recredit.invoice_credit_as_of(2)"))
        .containsExactly("r1 B");
  }

  @Test
  void aRefundThatMovesToAnotherOrderLeavesNothingBehind() {
    feed.captures(DAY, capture("a", "A"), capture("b", "B"));
    feed.refunds(
        DAY, refund("b", "r1").of(10_00), refund("b", "r2").of(95_00).at("2026-11-20T13:00:00Z"));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to B: 1000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r2: EXCEEDS_REMAINING_AMOUNT");

    feed.refunds(
        DAY, refund("a", "r1").of(10_00), refund("b", "r2").of(95_00).at("2026-11-20T13:00:00Z"));
    nightly(DAY);
    assertThat(credits())
        .containsExactly("r1 to A: 1000 by SOLE_CAPTURE", "r2 to B: 9500 by SOLE_CAPTURE");

    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("b", "r1").of(10_00));
    nightly(NEXT_DAY);
    assertThat(credits()).containsExactly("r1 to B: 1000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r2: EXCEEDS_REMAINING_AMOUNT");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void twoRefundsThatChangePlacesAreDecidedOnTheirNewOrders() {
    feed.captures(DAY, capture("a", "A"), capture("b", "B"));
    feed.refunds(DAY, refund("a", "r1"), refund("b", "r2"));
    nightly(DAY);
    feed.refunds(DAY, refund("b", "r1"), refund("a", "r2"));
    nightly(DAY);

    assertThat(credits())
        .containsExactly("r1 to B: 10000 by SOLE_CAPTURE", "r2 to A: 10000 by SOLE_CAPTURE");
  }

  @Test
  void aCaptureThatMovesToAnotherOrderTakesItsRoomAlong() {
    feed.captures(DAY, capture("a", "A"));
    feed.refunds(DAY, refund("a", "r1").of(60_00), refund("b", "r2").of(70_00));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 6000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r2: NO_CAPTURE");

    feed.captures(NEXT_DAY, capture("b", "A"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(credits()).containsExactly("r2 to A: 7000 by SOLE_CAPTURE");
    assertThat(exceptions()).containsExactly("r1: NO_CAPTURE");
    assertThat(
            texts(
                "select format('%s %s %s', order_id, credited_amount, unallocated_on_order) from recredit.invoice_balance"))
        .containsExactly("b 7000 0");

    feed.captures(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(credits()).containsExactly("r1 to A: 6000 by SOLE_CAPTURE");
    assertThat(
            texts(
                "select format('%s %s %s', order_id, credited_amount, unallocated_on_order) from recredit.invoice_balance_as_of(2)"))
        .containsExactly("b 7000 0");
  }

  @Test
  void ofThreeFilesTheLatestThatIsLeftCounts() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00));
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r1").of(2_00));
    feed.captures(DAY_AFTER);
    feed.refunds(DAY_AFTER, refund("o1", "r1").of(3_00));
    nightly(NEXT_DAY);
    nightly(DAY_AFTER);
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 300 by SOLE_CAPTURE");

    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(credits()).containsExactly("r1 to A: 300 by SOLE_CAPTURE");

    feed.refunds(DAY_AFTER);
    nightly(DAY_AFTER);
    assertThat(credits()).containsExactly("r1 to A: 100 by SOLE_CAPTURE");

    feed.refunds(NEXT_DAY, refund("o1", "r1").of(4_00));
    nightly(NEXT_DAY);
    assertThat(credits()).containsExactly("r1 to A: 400 by SOLE_CAPTURE");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aCorrectionInAnEarlierFileChangesNothingThatIsShown() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00));
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r1").of(2_00));
    nightly(DAY);
    nightly(NEXT_DAY);
    feed.refunds(DAY, refund("o1", "r1").of(5_00));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 200 by SOLE_CAPTURE");
    assertThat(number("select count(*) from decision where since_run = 3 or until_run = 3"))
        .isZero();
  }

  @Test
  void aRejectedRecordDoesNotShadowThatOfAnEarlierFile() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    nightly(DAY);
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r1").of(-20_00));
    nightly(NEXT_DAY);

    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
    assertThat(rejected()).containsExactly("refunds-2026-11-21.ndjson line 1");
  }

  // Several times in one file

  @Test
  void anEqualRecordAgainInAFileIsARepeatedDelivery() {
    feed.captures(DAY, capture("o1", "A").line("TSHIRT", 1), capture("o1", "A").line("TSHIRT", 1));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(10_00),
        refund("o1", "r1").of(10_00).at("2026-11-20T13:00:00+01:00"),
        refund("o1", "r1").of(10_00).with("color", "blue"));
    var run = nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
    assertThat(files())
        .containsExactly(
            "captures-2026-11-20.ndjson: 2 lines, 1 accepted, 1 repeated, 0 rejected, 0 withdrawn",
            "refunds-2026-11-20.ndjson: 3 lines, 1 accepted, 2 repeated, 0 rejected, 0 withdrawn");
    assertThat(texts("select repeated from recredit.run where run_id = ?", run.runId()))
        .containsExactly("3");
    assertThat(rejected()).isEmpty();
  }

  @Test
  void aDifferentRecordWithTheIdOfAnEarlierLineIsRejectedAndTheFirstOneCounts() {
    feed.captures(DAY, capture("o1", "A"));
    var second = refund("o1", "r1").of(20_00);
    feed.refunds(DAY, refund("o1", "r1").of(10_00), second, refund("o1", "r1").of(10_00));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
    assertThat(rejected()).containsExactly("refunds-2026-11-20.ndjson line 2");
    assertThat(texts("select raw from recredit.rejected_record")).containsExactly(second.json());
    assertThat(isSentence("Refund: " + texts("select error from recredit.rejected_record").get(0)))
        .contains("refund_id r1", "line 1");
    assertThat(files().get(1))
        .isEqualTo(
            "refunds-2026-11-20.ndjson: 3 lines, 1 accepted, 1 repeated, 1 rejected, 0 withdrawn");
  }

  @Test
  void linesInAnotherOrderMakeADifferentRecord() {
    feed.captures(
        DAY,
        capture("o1", "A").line("TSHIRT", 40_00).line("MUG", 60_00),
        capture("o1", "A").line("MUG", 60_00).line("TSHIRT", 40_00));
    feed.refunds(DAY);
    nightly(DAY);

    assertThat(rejected()).containsExactly("captures-2026-11-20.ndjson line 2");
  }

  @Test
  void repetitionsAreFoundHoweverFarApart() {
    var lines = new ArrayList<String>();
    for (var i = 0; i < 9_000; i++) {
      lines.add(refund("o" + i, "r" + i).json());
    }
    lines.add(refund("o0", "r0").json());
    lines.add(refund("o4", "r4").of(1).json());
    lines.add(refund("o8999", "r8999").of(2).json());
    feed.captures(DAY);
    feed.lines("refunds", DAY, lines);
    nightly(DAY);

    assertThat(files().get(1))
        .isEqualTo(
            "refunds-2026-11-20.ndjson: 9003 lines, 9000 accepted, 1 repeated, 2 rejected, 0 withdrawn");
    assertThat(texts("select raw from recredit.rejected_record order by line_number"))
        .containsExactly(lines.get(9_001), lines.get(9_002));
  }

  @Test
  void whenTheFirstLineIsRejectedTheSecondOneCounts() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(0), refund("o1", "r1").of(10_00));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
    assertThat(rejected()).containsExactly("refunds-2026-11-20.ndjson line 1");
  }

  @Test
  void rejectedRecordsAreThoseOfTheLastReading() {
    feed.captures(DAY);
    feed.lines("refunds", DAY, List.of("no json", "{\"refund_id\":\"r1\"}"));
    nightly(DAY);
    assertThat(rejected()).hasSize(2);

    feed.lines("refunds", DAY, List.of("{}", refund("o1", "r1").json()));
    nightly(DAY);
    assertThat(rejected()).containsExactly("refunds-2026-11-20.ndjson line 1");
    assertThat(texts("select run_id from recredit.rejected_record")).containsExactly("2");

    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    assertThat(rejected()).isEmpty();
  }
}
