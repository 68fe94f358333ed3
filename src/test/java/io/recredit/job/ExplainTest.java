package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import io.recredit.explain.Explanations;
import io.recredit.explain.Finder;
import io.recredit.explain.OrderStory;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.ShownOrder.ShownDecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a support agent is told of a refund and its order. */
class ExplainTest extends JobTest {

  @Autowired private Explanations explanations;
  @Autowired private Finder finder;

  @Test
  void everyRefundOfTheSampleIsExplainedAsTheTablesShowIt() {
    feed = new Feed(Path.of("jobs", "sample"));
    nightly(DAY);
    nightly(NEXT_DAY);

    var refundIds = texts("select refund_id from recredit.decision_history");
    assertThat(refundIds).hasSizeGreaterThan(40);
    for (var refundId : refundIds) {
      var story = story(refundId);
      assertThat(shown(story)).isEqualTo(explained(story));
      assertThat(text(refundId)).doesNotContain("But ").contains("How it was decided, run by run:");
      assertThat(text(refundId).lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
  }

  @Test
  void whatOtherOrdersSayOfARefundIsHintedAtWhereItIsReadAndExplained() {
    feed.captures(
        DAY,
        capture("7f1c2a3b-aaaa", "A"),
        capture("o2", "AbCd-1"),
        capture("o3", "C").with("merchant_reference1", "shop-3"),
        capture("o4", "D").with("merchant_reference1", "shop-4"),
        capture("o5", "E").with("merchant_reference1", "shop-4"),
        capture("O6", "F").at("2026-11-20T20:00:00Z"),
        capture("o6", "G"));
    feed.refunds(
        DAY,
        refund("7F1C2A3B-AAAA", "r1"),
        refund("o1", "r2").with("capture_id", "AbCd-1"),
        refund("o8", "r8").with("capture_id", "AbCd-1"),
        refund("shop-3", "r4"),
        refund("shop-4", "r5"),
        refund("O6", "r6"),
        refund("o2", "r7").with("capture_id", "abcd-2"));
    nightly(DAY);

    hints(
        "r1",
        "Order 7f1c2a3b-aaaa has captures, and its id is the same but for upper and lower case.");
    hints(
        "r4",
        "shop-3 is the order reference of order o3, which has captures: a refund names the order_id.");
    assertThat(suggestions())
        .as("of two orders none, of one with captures of its own none, of a capture nowhere none")
        .filteredOn(
            line -> line.startsWith("r5 ") || line.startsWith("r6 ") || line.startsWith("r7 "))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).doesNotContain("o4", "o6", "is one of order"));

    hints(
        "r8",
        "Capture AbCd-1 is one of order o2: check which of the two ids the refund should name.");
    feed.captures(NEXT_DAY, capture("o1", "X"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    hints(
        "r2",
        "Capture AbCd-1 is one of order o2: check which of the two ids the refund should name.");
  }

  private void hints(String refundId, String hint) {
    assertThat(suggestions())
        .filteredOn(line -> line.startsWith(refundId + " "))
        .singleElement()
        .asString()
        .endsWith(". " + hint);
    assertThat(text(refundId).replaceAll("\\s+", " ")).contains(hint);
    assertThat(StoryJson.of(story(refundId), List.of(refundId))).contains(hint);
  }

  private List<String> suggestions() {
    return texts("select refund_id || ' ' || suggestion from recredit.refund_exception");
  }

  @Test
  void aRefundThatMovedToAnotherOrderIsSaidToBeThere() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o1", "r2").of(1));
    nightly(DAY);
    feed.captures(NEXT_DAY, capture("o2", "B"));
    feed.refunds(NEXT_DAY, refund("o2", "r1"));
    nightly(NEXT_DAY);

    var before = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join(" ", StoryText.of(before, before.refundIds())).replaceAll("\\s+", " "))
        .contains(
            "Refund r1 is not of this order any more: the files, as they were last read, name it under order o2 (explain --order o2).");
    assertThat(StoryJson.of(before, before.refundIds())).contains("\"now_of_order_id\":\"o2\"");
    assertThat(text("r1")).contains("Where       100.00 SEK on capture B.");
  }

  @Test
  void whatWasResolvedIsToldWithWhoAndWhenAndWhy() {
    feed.captures(DAY, capture("o1", "A").with("klarna_reference", "K-1"), capture("o1", "B"));
    feed.refunds(
        DAY, refund("o1", "r1").of(30_00), refund("o1", "r2").of(20_00).at("2026-11-20T13:00:00Z"));
    nightly(DAY);
    resolved(byHand("r1", "A=10.00", "B"));
    clock.set("2026-11-24T03:00:00Z");
    resolved(writtenOff("r1"));

    assertThat(text("r1"))
        .containsSubsequence(
            "Refund r1 of 30.00 SEK is on no invoice: an accountant wrote it off.",
            "Who         Anna wrote it off at 2026-11-24 03:00:00 UTC: \"too small to chase\".",
            "What accountants decided:",
            "run 2    Anna allocated it by hand to capture A (10.00 SEK), capture B (20.00 SEK)",
            "superseded by run 3",
            "run 3    Anna wrote it off",
            "How it was decided, run by run:",
            "run 1    2026-11-23  exception, NO_ORDER_LINES; superseded by run 2",
            "credited, 10.00 SEK on capture A, 20.00 SEK on capture B; superseded by run 3",
            "run 3    2026-11-24  written off; in force");
    assertThat(text("r2")).doesNotContain("What accountants decided");
    var resolutions = json("r1").get("refunds").get(0).get("resolutions");
    assertThat(resolutions).hasSize(2);
    assertThat(resolutions.get(0).toString())
        .contains("\"kind\":\"by_hand\"", "\"resolved_by\":\"Anna\"", "\"superseded_by\":3");

    resolved(withdrawn("r1"));
    assertThat(text("r1"))
        .contains("is on no invoice: NO_ORDER_LINES", "Bo took the resolution back")
        .doesNotContain("Who  ");
  }

  @Test
  void theStoryTellsTheAnswerThenWhatHappenedThenWhy() {
    feed.captures(
        DAY,
        capture("o1", "A").line("shoe", 100_00).with("klarna_reference", "K-1"),
        capture("o1", "B").line("shoe", 100_00).at("2026-11-20T09:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(60_00).line("shoe", 60_00).with("reference", "return 7"),
        refund("o1", "r2").of(60_00).line("shoe", 60_00).at("2026-11-20T13:00:00Z"));
    nightly(DAY);

    assertThat(text("r2"))
        .containsSubsequence(
            "Refund r2 of 60.00 SEK is credited.",
            "60.00 SEK on capture B",
            "Order o1, as run 1 shows it.",
            "2026-11-20 08:00:00  Capture A (invoice K-1): 100.00 SEK captured.",
            "2026-11-20 12:00:00  Refund r1 of 60.00 SEK, the shop's reference return 7.",
            "Credited: 60.00 SEK on capture A (invoice K-1), 40.00 SEK left of it.",
            "> 2026-11-20 13:00:00  Refund r2 of 60.00 SEK.",
            "Left now             40.00 SEK on capture A (invoice K-1), 40.00 SEK on capture B",
            "8  Lines sum            The lines sum to 60.00 SEK, the refund is 60.00 SEK: equal.",
            "13  One capture for all  2 captures carry the refund's reference \"shoe\".",
            "- Capture A (invoice K-1): 40.00 SEK left, not enough",
            "- Capture B: 100.00 SEK left, enough",
            "It goes to capture B",
            "run 1    2026-11-23  credited, 60.00 SEK on capture B; in force");
  }

  @Test
  void howTheDecisionChangedIsToldRunByRun() {
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    clock.set("2026-11-24T03:00:00Z");
    feed.captures(NEXT_DAY, capture("o1", "A"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(text("r1"))
        .containsSubsequence(
            "run 1    2026-11-23  exception, NO_CAPTURE; superseded by run 2 on 2026-11-24",
            "run 2    2026-11-24  credited, 100.00 SEK on capture A; in force");
  }

  @Test
  void whatAnUnfinishedRunWroteIsNotSeen() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o1", "r2").of(1_00));
    nightly(DAY);
    var before = List.of(text("r1"), text("r2"));
    feed.captures(DAY, capture("o1", "A").of(50_00), capture("o2", "B"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r3"));
    var meanwhile = new ArrayList<String>();
    interlude.whenDone(
        Interlude.DECIDING,
        () -> {
          meanwhile.addAll(List.of(text("r1"), text("r2")));
          assertThat(finder.byRefundId("r3").isEmpty()).isTrue();
          assertThat(explanations.ofOrder("o2")).isEmpty();
        });
    rerun(DAY, DAY);

    assertThat(meanwhile).isEqualTo(before);
    assertThat(text("r1")).contains("EXCEEDS_CAPTURED_AMOUNT", "superseded by run 2");
    assertThat(text("r2")).contains("Refund r2 is in no file any more").contains("superseded");
    assertThat(story("r3")).isNotNull();
  }

  @Test
  void aPolicyChangedSinceTheLastRunIsToldWhereItDecidesOtherwise() {
    feed.captures(
        DAY,
        capture("o1", "A").line("shoe", 100_00),
        capture("o1", "B").line("shoe", 100_00),
        capture("o2", "C"));
    feed.refunds(DAY, refund("o1", "r1").line("shoe", 100_00), refund("o2", "r2"));
    nightly(DAY);
    policy(
        p ->
            Policies.of(
                p.spanning(), Policies.Ambiguous.REJECT, p.returnFeeCountries(), p.timeZone()));

    assertThat(text("r1").replaceAll("\\s+", " "))
        .contains("Refund r1 of 100.00 SEK is credited.")
        .contains(
            "The policies were changed since run 1: by them the next run will decide otherwise: exception, AMBIGUOUS_CAPTURE.");
    assertThat(text("r2")).doesNotContain("policies were changed");
  }

  @Test
  void allRefundsOfAnOrderAreToldOnOneTimeline() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00), refund("o1", "r2").of(2_00));
    nightly(DAY);

    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join("\n", StoryText.of(story, story.refundIds())))
        .containsOnlyOnce("Left now")
        .contains("Refund r1 of 1.00 SEK is credited.", "Refund r2 of 2.00 SEK is credited.");
  }

  @Test
  void machinesGetTheSameInTheWordsOfTheTables() {
    feed.captures(DAY, capture("o1", "A").line("shoe", 100_00));
    feed.refunds(DAY, refund("o1", "r1").of(60_00).line("shoe", 60_00));
    nightly(DAY);

    var json = json("r1");
    assertThat(json.at("/order_id").asString()).isEqualTo("o1");
    assertThat(json.at("/timeline/0/event").asString()).isEqualTo("capture");
    assertThat(json.at("/timeline/1/remaining/0/remaining_amount").asLong()).isEqualTo(40_00);
    var told = json.at("/refunds/0");
    assertThat(told.at("/outcome").asString()).isEqualTo("credited");
    assertThat(told.at("/match_rule").asString()).isEqualTo("REFERENCE");
    assertThat(told.at("/credits/0/credited_amount").asLong()).isEqualTo(60_00);
    assertThat(told.at("/credits/0/currency").asString()).isEqualTo("SEK");
    assertThat(told.at("/decided_by_step").asInt()).isEqualTo(13);
    assertThat(told.at("/steps/12/captures/0/room").asLong()).isEqualTo(100_00);
    assertThat(told.at("/steps/12/captures/0/fits_on_the_lines").asBoolean()).isTrue();
    assertThat(told.at("/decision_history/0/run_id").asLong()).isEqualTo(1);
    assertThat(told.at("/decision_history/0/superseded_by").isNull()).isTrue();
  }

  /** Names come from files: none may steer the terminal. */
  @Test
  void controlCharactersOfNamesAreNotPrinted() {
    feed.captures(DAY, capture("o1", "A").line("shoe\u001b[2J", 100_00));
    feed.refunds(DAY, refund("o1", "r1").line("shoe\u001b[2J", 100_00));
    nightly(DAY);

    assertThat(text("r1")).contains("shoe\\u001B[2J").doesNotContain("\u001b");
  }

  /** Half a second apart, and so told: a refund at noon has no capture that was made after it. */
  @Test
  void timesOfOneSecondAreToldApart() {
    feed.captures(DAY, capture("o1", "A").at("2026-11-20T12:00:00.500Z"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00));
    nightly(DAY);

    assertThat(text("r1").replaceAll("\\s+", " "))
        .contains("refunded at 2026-11-20 12:00:00.000000 UTC, when the order had no capture yet")
        .contains("of 2026-11-20 12:00:00.500000 UTC")
        .contains("> 2026-11-20 12:00:00.000000 Refund r1")
        .contains("2026-11-20 12:00:00.500000 Capture A");
  }

  private OrderStory story(String refundId) {
    var found = finder.byRefundId(refundId).targets().get(0);
    return explanations.ofOrder(found.orderId()).orElseThrow();
  }

  private String text(String refundId) {
    return String.join("\n", StoryText.of(story(refundId), List.of(refundId)));
  }

  private JsonNode json(String refundId) {
    return JsonMapper.builder().build().readTree(StoryJson.of(story(refundId), List.of(refundId)));
  }

  private static List<DecisionRow> shown(OrderStory story) {
    return story.order().decisions().stream()
        .filter(shown -> shown.supersededBy() == null)
        .map(ShownDecision::decision)
        .sorted(Comparator.comparing(DecisionRow::refundId))
        .toList();
  }

  private static List<DecisionRow> explained(OrderStory story) {
    return story.decided().stream()
        .map(decided -> DecisionRow.of(decided.decision(), story.order().policies()))
        .sorted(Comparator.comparing(DecisionRow::refundId))
        .toList();
  }
}
