package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import io.recredit.explain.CheckJson;
import io.recredit.explain.CheckText;
import io.recredit.explain.CheckedRefund;
import io.recredit.explain.RefundCheck;
import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import java.io.ByteArrayInputStream;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Whether a refund would be allocated, before it is sent. */
class CheckTest extends JobTest {

  private static final String WITHOUT_ID_AND_TIME =
      """
      {
        "order_id": "o1",
        "refunded_amount": 4000,
        "order_lines": [{"reference": "shoe", "total_amount": %d}]
      }

      """;

  @Autowired private RefundCheck check;

  @BeforeEach
  void anOrderOfOneShoe() {
    feed.captures(DAY, capture("o1", "A").line("shoe", 100_00));
    feed.refunds(DAY, refund("o1", "r1").of(50_00).line("shoe", 50_00));
    nightly(DAY);
  }

  @Test
  void aRefundWithoutIdAndTimeIsCheckedBehindAllThatIsKnown() {
    clock.set("2026-11-19T00:00:00Z");
    var checked = check(WITHOUT_ID_AND_TIME.formatted(40_00));

    assertThat(checked.isAllocated()).isTrue();
    assertThat(text(checked))
        .contains("The refund of 40.00 SEK on order o1 would be allocated.")
        .contains("40.00 SEK on capture A.")
        .contains("As of run 1, as a refund made at 2026-11-20 12:00:00 UTC.");
    clock.set("2026-11-25T08:00:00Z");
    assertThat(text(check(WITHOUT_ID_AND_TIME.formatted(40_00)))).contains("2026-11-25 08:00:00");
  }

  @Test
  void whatWouldNotBeAllocatedSaysWhyAndWhatItWouldBlock() {
    var checked = check(WITHOUT_ID_AND_TIME.formatted(39_99));

    assertThat(checked.isAllocated()).isFalse();
    assertThat(text(checked)).doesNotContain("Proposed", "jobs/recredit resolve");
    assertThat(CheckJson.of(checked)).doesNotContain("Proposed", "jobs/recredit resolve");
    assertThat(text(checked))
        .contains("would not be allocated: LINES_SUM_MISMATCH.")
        .contains("The order lines sum to 39.99 SEK, the refund is 40.00 SEK")
        .contains("with capture_id it would be allocated as it is on capture A.")
        .contains(
            "Every later refund of this order that is matched by its order lines; none is known yet.");
  }

  @Test
  void theKnownLaterRefundsThatItWouldBlockAreCounted() {
    var checked =
        check(refund("o1", "r0").of(1_00).line("shoe", 99).at("2026-11-20T11:00:00Z").json());

    assertThat(checked.wouldBlock()).containsExactly("r1");
    assertThat(text(checked)).contains("of the known ones 1: r1.");
  }

  @Test
  void anOrderThatIsBlockedAlreadyIsNotBlockedMore() {
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r2").of(1_00).line("shoe", 99).at("2026-11-21T11:00:00Z"));
    nightly(NEXT_DAY);

    assertThat(text(check(WITHOUT_ID_AND_TIME.formatted(40_00))))
        .contains("PRIOR_ALLOCATION_FAILED", "Nothing more than refund r2 does already.");
  }

  @Test
  void aRefundThatKlarnaWouldRefuseBlocksNothing() {
    assertThat(text(check(refund("o1", "r2").of(1_00).in("NOK").json())))
        .contains("CURRENCY_MISMATCH", "No other refund: Klarna would refuse this one.");
  }

  @Test
  void aKnownRefundIsCheckedInItsOwnPlace() {
    var checked = check(refund("o1", "r1").of(100_00).line("shoe", 100_00).json());

    assertThat(checked.isAllocated()).isTrue();
    assertThat(text(checked)).contains("in the place of refund r1, which is known already");
  }

  @Test
  void aRefundSentTwiceIsNotAllocated() {
    feed.refunds(DAY, refund("o1", "r1").of(50_00).with("idempotency_key", "k"));
    rerun(DAY, DAY);
    var checked = check("{\"order_id\":\"o1\",\"refunded_amount\":100,\"idempotency_key\":\"k\"}");

    assertThat(checked.isAllocated()).isFalse();
    assertThat(text(checked)).contains("it repeats another one", "Refund r1 has the same");
  }

  @Test
  void thePoliciesAreThoseOfTheNextRun() {
    feed.captures(
        NEXT_DAY,
        capture("o2", "B").line("hat", 10_00).of(10_00),
        capture("o2", "C").line("hat", 10_00).of(10_00));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    var request = refund("o2", "r2").of(10_00).line("hat", 10_00).at("2026-11-22T00:00:00Z").json();
    assertThat(check(request).isAllocated()).isTrue();
    policy(
        p ->
            Policies.of(
                p.spanning(), Policies.Ambiguous.REJECT, p.returnFeeCountries(), p.timeZone()));

    var rejected = check(request);
    assertThat(rejected.isAllocated()).isFalse();
    assertThat(text(rejected)).contains("AMBIGUOUS_CAPTURE", "on capture B, capture C.");
  }

  @Test
  void anOrderThatWasNeverReadIsUnknown() {
    assertThat(check.check(request(refund("o9", "r9").json()))).isEmpty();
  }

  @Test
  void aRefundThatIsResolvedIsCheckedAsIfItWereNot() {
    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r2").of(1_00).line("shoe", 99).at("2026-11-21T11:00:00Z"));
    nightly(NEXT_DAY);
    resolved(writtenOff("r2"));

    var resolvedOne = check(refund("o1", "r2").of(1_00).line("shoe", 1_00).json());
    assertThat(resolvedOne.isAllocated()).isTrue();
    assertThat(text(resolvedOne))
        .contains(
            "Resolved Anna wrote it off at", "This answer is what the rules say without that.");
    assertThat(text(check(WITHOUT_ID_AND_TIME.formatted(40_00))))
        .contains("PRIOR_ALLOCATION_FAILED")
        .doesNotContain("Resolved ");
    policy(policies -> policies.with(Policies.Resolved.UNBLOCKS));
    assertThat(check(WITHOUT_ID_AND_TIME.formatted(40_00)).isAllocated()).isTrue();
  }

  @Test
  void aRefundThatTakesTheRoomOfAResolvedOneSaysSo() {
    feed.captures(NEXT_DAY);
    feed.refunds(
        NEXT_DAY, refund("o1", "r2").of(50_00).line("shoe", 99).at("2026-11-21T11:00:00Z"));
    nightly(NEXT_DAY);
    resolved(byHand("r2", "A"));

    var checked = check(refund("o1", "r0").of(1_00).ofCapture("A").json());
    assertThat(checked.isAllocated()).isTrue();
    assertThat(checked.wouldVoid()).containsExactly("r2");
    assertThat(text(checked)).contains("refund r2 would be open again.");
  }

  @Test
  void machinesGetTheSame() {
    var json = JsonMapper.builder().build();
    var allocated = json.readTree(CheckJson.of(check(WITHOUT_ID_AND_TIME.formatted(40_00))));
    assertThat(allocated.at("/would_be_allocated").asBoolean()).isTrue();
    assertThat(allocated.at("/refund_id").isNull()).isTrue();
    assertThat(allocated.at("/credits/0/credited_amount").asLong()).isEqualTo(40_00);

    var not = json.readTree(CheckJson.of(check(WITHOUT_ID_AND_TIME.formatted(1))));
    assertThat(not.at("/would_be_allocated").asBoolean()).isFalse();
    assertThat(not.at("/reason").asString()).isEqualTo("LINES_SUM_MISMATCH");
    assertThat(not.at("/blocks_later_refunds").asBoolean()).isTrue();
    assertThat(not.at("/allocated_by_capture_id/0/capture_id").asString()).isEqualTo("A");
  }

  @Test
  void whatIsWrongIsSaidInTheFeedsOwnSentences() {
    assertThat(error("{\"order_id\":\"o1\",\"refunded_amount\":\"40.00\"}"))
        .isEqualTo(
            "refunded_amount is \"40.00\": it must be a JSON whole number, without fraction, exponent or quotes.");
    assertThat(error("{\"refunded_amount\":4000}")).isEqualTo("order_id is missing.");
    assertThat(error("")).isEqualTo("The line is not a JSON object in braces.");
    assertThat(error("{\"order_id\":\n\"o1\"}\n{}\n")).contains("Something follows");
    assertThat(error("{\"order_id\":\"o\n1\",\"refunded_amount\":4000}")).contains("not JSON");
    assertThat(check("\ufeff" + WITHOUT_ID_AND_TIME.formatted(40_00)).isAllocated()).isTrue();
  }

  private CheckedRefund check(String json) {
    return check.check(request(json)).orElseThrow();
  }

  private static String text(CheckedRefund checked) {
    return String.join(" ", CheckText.of(checked)).replaceAll("\\s+", " ");
  }

  private static Refund request(String json) {
    return ((Accepted<Refund>) parse(json)).content();
  }

  private static String error(String json) {
    return ((Rejected<Refund>) parse(json)).error();
  }

  private static ParsedLine<Refund> parse(String json) {
    return parse(json, null);
  }

  private static ParsedLine<Refund> parse(String json, @Nullable String orderId) {
    return RefundCheck.parse(
        FeedLine.allOf(new ByteArrayInputStream(json.getBytes(UTF_8))), orderId);
  }

  /** The order stands in the address that it is sent to. */
  @Test
  void theBodyIsTakenAsItIsSent() {
    var orderManagement =
        """
        {"refunded_amount": 4000, "description": "too small", "reference": "return 7",
         "order_lines": [{"reference": "shoe", "quantity": 1, "total_amount": 4000}]}
        """;
    var network =
        """
        {"refunded_amount": 4000, "payment_refund_reference": "return 7",
         "line_items": [{"line_item_reference": "shoe", "quantity": 1, "total_line_amount": 4000}]}
        """;
    for (var body : List.of(orderManagement, network)) {
      var refund = ((Accepted<Refund>) parse(body, "o1")).content();
      assertThat(refund.reference()).isEqualTo("return 7");
      assertThat(check.check(refund).orElseThrow().isAllocated()).isTrue();
      assertThat(error(body)).contains("order_id is missing");
    }
  }

  @Test
  void whatTheBodySaysOfItsOrderCounts() {
    assertThat(
            ((Accepted<Refund>) parse(WITHOUT_ID_AND_TIME.formatted(40_00), "other"))
                .content()
                .orderId())
        .isEqualTo("o1");
  }

  @Test
  void textInUtf16IsToldForWhatItIs() {
    for (var charset : List.of(UTF_16, UTF_16LE)) {
      assertThatThrownBy(() -> FeedLine.allOf(new ByteArrayInputStream("{}".getBytes(charset))))
          .hasMessageContaining("UTF-16");
    }
  }

  /** The next run decides by its own policies, and tells times in their zone. */
  @Test
  void timesAreToldInTheZoneThatTheNextRunDecidesBy() {
    policy(
        p ->
            Policies.of(
                p.spanning(), p.ambiguous(), p.returnFeeCountries(), ZoneId.of("Asia/Tokyo")));
    clock.set("2026-11-25T08:00:00Z");

    assertThat(text(check(WITHOUT_ID_AND_TIME.formatted(40_00))))
        .contains("2026-11-25 17:00:00 JST");
  }
}
