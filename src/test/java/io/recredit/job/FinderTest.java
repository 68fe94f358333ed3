package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.explain.AskedAmount;
import io.recredit.explain.Choices;
import io.recredit.explain.Explanations;
import io.recredit.explain.Finder;
import io.recredit.explain.Found;
import io.recredit.explain.Found.FoundOrder;
import io.recredit.explain.Found.FoundRefund;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** What is found by what people have: a customer's letter, a return slip, a bank statement. */
class FinderTest extends JobTest {

  private static final FoundOrder O1 = new FoundOrder("o1");
  private static final FoundOrder O2 = new FoundOrder("o2");
  private static final FoundRefund R1 = new FoundRefund("r1", "o1");
  private static final FoundRefund R2 = new FoundRefund("r2", "o1");
  private static final FoundRefund R3 = new FoundRefund("r3", "o2");

  @Autowired private Finder finder;
  @Autowired private Choices choices;
  @Autowired private Explanations explanations;

  @BeforeEach
  void twoOrders() {
    feed.captures(
        DAY,
        capture("o1", "A").with("klarna_reference", "KR7-1").with("reference", "parcel 41"),
        capture("o1", "B").with("klarna_reference", "KR7-2"),
        capture("o2", "C").with("klarna_reference", "KR8-1").of(5000_00).in("EUR"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(30_00).ofCapture("A").with("reference", "return 7"),
        refund("o1", "r2").of(20_00).ofCapture("B").with("reference", "return 71"),
        refund("o2", "r3").of(1894_00).with("reference", "return 8"),
        refund("o3", "r4").of(30_00).at("2026-11-19T12:00:00Z"));
    nightly(DAY);
    for (var table : List.of("capture", "refund")) {
      sql("update %s set merchant_reference1 = 'shop-' || order_id".formatted(table));
    }
  }

  @Test
  void anIdFindsItsRefundOrItsOrder() {
    assertThat(found("r1")).containsExactly(R1);
    assertThat(found("o1")).containsExactly(O1);
    assertThat(found("A")).containsExactly(O1);
    assertThat(found("KR8-1")).containsExactly(O2);
    assertThat(found("o3")).containsExactly(new FoundOrder("o3"));
    assertThat(found(" r1\n")).containsExactly(R1);
    assertThat(found("r9")).isEmpty();
    assertThat(found(" ")).isEmpty();
  }

  @Test
  void theShopsOwnNumbersFindWhatTheyStandOn() {
    assertThat(found("shop-o1")).containsExactly(O1);
    assertThat(found("parcel 41")).containsExactly(O1);
    assertThat(found("return 7")).as("not return 71: it is called so exactly").containsExactly(R1);
    assertThat(found("return 8")).containsExactly(R3);
  }

  @Test
  void theBeginningOfAReferenceWillDo() {
    assertThat(found("retur")).containsExactlyInAnyOrder(R1, R2, R3);
    assertThat(found("shop-")).hasSize(3);
    assertThat(found("parcel")).containsExactly(O1);
    assertThat(found("KR7")).as("Klarna's short reference of the order").containsExactly(O1);
    assertThat(found("retur%")).isEmpty();
  }

  @Test
  void whatIsTypedInAnotherCaseIsFoundWhereNothingIsCalledSo() {
    assertThat(found("kr8-1")).containsExactly(O2);
    assertThat(found("RETURN 8")).containsExactly(R3);
  }

  @Test
  void anOrderStandsForItsOwnRefundsThatCarryItsNumber() {
    sql("update refund set reference = 'shop-o1' where refund_id = 'r2'");
    assertThat(found("shop-o1")).containsExactly(O1);
    sql("update refund set reference = 'shop-o1' where refund_id = 'r3'");
    assertThat(found("shop-o1")).containsExactlyInAnyOrder(O1, R3);
  }

  @Test
  void anAmountFindsItsRefunds() {
    assertThat(byAmount("30.00", null, null)).containsExactly(R1, new FoundRefund("r4", "o3"));
    assertThat(byAmount("30,00", "SEK", null)).containsExactly(R1);
    assertThat(byAmount("30", null, LocalDate.parse("2026-11-20"))).containsExactly(R1);
    for (var written : List.of("1894", "1,894.00", "1.894,00", "1 894,00", "1894.0", "1,894")) {
      assertThat(byAmount(written, null, null)).as(written).containsExactly(R3);
    }
    assertThat(byAmount("30.00", "EUR", null)).isEmpty();
    assertThat(byAmount("189400", null, null)).isEmpty();
    assertThat(byAmount("99999999999999999999", null, null)).isEmpty();
  }

  @Test
  void anAmountIsOfItsCurrencysDecimals() {
    feed.captures(NEXT_DAY, capture("o5", "E").in("JPY"), capture("o6", "F").in("KWD"));
    feed.refunds(NEXT_DAY, refund("o5", "r5").of(777), refund("o6", "r6").of(7_770));
    nightly(NEXT_DAY);

    assertThat(byAmount("777", null, null)).containsExactly(new FoundRefund("r5", "o5"));
    assertThat(byAmount("7.77", null, null)).containsExactly(new FoundRefund("r6", "o6"));
  }

  @Test
  void severalAreAListWithTheCommandOfEach() {
    var found = finder.byWord("retur");
    assertThat(String.join("\n", choices.lines(found)))
        .contains(
            "Refund r1 of 30.00 SEK, 2026-11-20, of order o1 (order reference shop-o1): credited",
            "jobs/recredit explain --refund r3");
    assertThat(String.join("\n", choices.lines(finder.byWord("shop-"))))
        .contains(
            "order o1 (order reference shop-o1): 2 captures, 2 refunds",
            "jobs/recredit explain --order o1");
    var json = JsonMapper.builder().build().readTree(choices.json(found));
    assertThat(json.at("/choices")).hasSize(3);
    assertThat(json.at("/more").asBoolean()).isFalse();
    assertThat(json.at("/choices/0/order_reference").asString()).startsWith("shop-o");
  }

  @Test
  void aRefundThatIsInNoFileAnyMoreIsFoundByItsId() {
    feed.refunds(DAY, refund("o1", "r1").of(30_00).ofCapture("A"));
    rerun(DAY, DAY);

    assertThat(found("r3")).containsExactly(R3);
    assertThat(explanations.ofOrder("o2").orElseThrow().refundIds()).containsExactly("r3");
    assertThat(found("return 8")).isEmpty();
  }

  @Test
  void aRefundThatMovedIsFoundInTheOrderWhereItIs() {
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o2", "r1").of(30_00));
    nightly(NEXT_DAY);

    assertThat(found("r1")).containsExactly(new FoundRefund("r1", "o2"));
  }

  @Test
  void aLongListIsCutAndSaysSo() {
    var refunds = new FeedRecord[40];
    for (var i = 0; i < refunds.length; i++) {
      refunds[i] = refund("o1", "many-" + i).of(1_00).with("reference", "batch-" + i);
    }
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refunds);
    nightly(NEXT_DAY);

    var found = finder.byWord("batch-");
    assertThat(found.isCut()).isTrue();
    assertThat(found.targets()).hasSize(30);
    assertThat(String.join(" ", choices.lines(found))).contains("These are the first 30 of more.");
    assertThat(finder.byAmount(AskedAmount.parse("1.00"), null, null).isCut()).isTrue();
  }

  private List<Found.Target> found(String word) {
    return finder.byWord(word).targets();
  }

  private List<Found.Target> byAmount(
      String amount, @Nullable String currency, @Nullable LocalDate day) {
    return finder.byAmount(AskedAmount.parse(amount), currency, day).targets();
  }
}
