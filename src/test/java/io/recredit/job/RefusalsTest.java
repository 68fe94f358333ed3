package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import io.recredit.erasing.Erasing;
import io.recredit.explain.Explanations;
import io.recredit.explain.Finder;
import io.recredit.explain.Found;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Refund requests that Klarna refused: what is kept of them, and what the rules say of each. */
class RefusalsTest extends JobTest {

  @Autowired private RunSummary summary;
  @Autowired private Erasing erasing;
  @Autowired private Finder finder;
  @Autowired private Explanations explanations;

  /** Of an order, at a time, with a body. */
  private static String refusal(String order, String at, String id, String request) {
    return "{'order_id':'%s','attempted_at':'%s','correlation_id':'%s','request':%s}"
        .formatted(order, at, id, request);
  }

  private static String noon(String order, String id, String request) {
    return refusal(order, "2026-11-20T12:00:00Z", id, request);
  }

  /** "x1: REFERENCE, then r1". */
  private List<String> refused() {
    return texts(
        """
        select format('%s: %s%s', refusal_id, coalesce(would_be, 'no refund'), ', then ' || followed_by)
        from recredit.refused_refund order by refusal_id
        """);
  }

  @Test
  void whatKlarnaSaidIsKeptInItsOwnWordsWithWhatWasSent() {
    feed.captures(DAY, capture("o1", "A").with("merchant_reference1", "shop-1"));
    feed.refunds(DAY);
    feed.refusals(
        DAY,
        "{'payment_transaction_id':'o1','attempted_at':'2026-11-20T13:00:00+01:00','http_status':403,"
            + "'error_code':'REFUND_NOT_ALLOWED','error_messages':['Too much.','Try less.'],'correlation_id':'c-1',"
            + "'request':{'refunded_amount':20000,'payment_refund_reference':'ret-1','description':'too small',"
            + "'line_items':[{'line_item_reference':'shoe','total_line_amount':20000}],'customer':'Frida'}}",
        "{'order_id':'o1','attempted_at':'2026-11-20T12:30:00Z','http_status':401}",
        "{'order_id':'o1','attempted_at':'2026-11-20T12:31:00Z','error_message':['Not found.','Not found.']}");
    var run = nightly(DAY);

    assertThat(
            texts(
                """
                select concat_ws(' ', refusal_id, order_reference, http_status, error_code, error_message, correlation_id,
                  refunded_amount, currency, refund_reference, would_be, file_name, line_number)
                from recredit.refused_refund order by attempted_at
                """))
        .containsExactly(
            "c-1 shop-1 403 REFUND_NOT_ALLOWED Too much. Try less. c-1 20000 SEK ret-1 EXCEEDS_CAPTURED_AMOUNT refusals-2026-11-20.ndjson 1",
            "o1 2026-11-20T12:30:00Z shop-1 401 SEK refusals-2026-11-20.ndjson 2",
            "o1 2026-11-20T12:31:00Z shop-1 Not found. SEK refusals-2026-11-20.ndjson 3");
    assertThat(texts("select refusal_id from recredit.refused_refund where error_message is null"))
        .containsExactly("o1 2026-11-20T12:30:00Z");
    assertThat(
            texts(
                "select request::text from recredit.refused_refund where correlation_id is not null"))
        .singleElement()
        .asString()
        .contains("\"description\": \"too small\"", "\"total_amount\": 20000", "\"shoe\"")
        .doesNotContain("Frida");
    assertThat(summary.lines(run))
        .anyMatch(line -> line.contains("0 refunds, 0 releases; 3 refused requests"));
  }

  @Test
  void theOrderAndTheTimeThatARequestNamesAreKeptThoughTheLinesCount() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").at("2026-11-20T13:00:00Z"));
    var one = "{'refunded_amount':700,'refunded_at':'2026-11-20T14:00:00Z','order_id':'o2'}";
    feed.refusals(
        DAY,
        noon("o1", "x", one),
        noon(
            "o1",
            "x",
            one.replace(
                "refunded_at':'2026-11-20T14:00:00Z", "refunded_at':'2026-11-20T15:00:00+01:00")),
        noon("o1", "x", one.replace("o2", "o3")),
        noon("o1", "x", one.replace("T14", "T15")),
        noon("o1", "x", "{'refunded_amount':700,'refunded_at':'now','order_id':'o2'}"));
    nightly(DAY);
    assertThat(refused()).containsExactly("x: SOLE_CAPTURE");
    assertThat(
            texts(
                """
                select concat_ws(' ', order_id, request ->> 'order_id',
                  (request ->> 'refunded_at')::timestamptz at time zone 'UTC')
                from recredit.refused_refund
                """))
        .containsExactly("o1 o2 2026-11-20 14:00:00");
    assertThat(files())
        .contains(
            "refusals-2026-11-20.ndjson: 5 lines, 1 accepted, 1 repeated, 3 rejected, 0 withdrawn");
  }

  @Test
  void whatIsWrongInARequestTellsTwoApart() {
    feed.nothing(DAY);
    feed.refusals(
        DAY,
        noon("o1", "x", "{'refunded_amount':'7'}"),
        noon("o1", "x", "{'refunded_amount':'7','other':1}"),
        noon("o1", "x", "{'refunded_amount':'8'}"));
    nightly(DAY);
    assertThat(files())
        .contains(
            "refusals-2026-11-20.ndjson: 3 lines, 1 accepted, 1 repeated, 1 rejected, 0 withdrawn");
  }

  @Test
  void theRulesSayWhatTheRequestWouldHaveBeenAfterTheRefundsOfItsMoment() {
    feed.captures(
        DAY,
        capture("o1", "A").line("shoe", 100_00),
        capture("o1", "B").of(50_00).line("hat", 50_00));
    feed.refunds(DAY, refund("o1", "zz").of(60_00).line("shoe", 60_00));
    feed.refusals(
        DAY,
        noon("o1", "fits", body(40_00, "shoe", 40_00)),
        noon("o1", "too much", body(41_00, "shoe", 41_00)),
        refusal("o1", "2026-11-20T11:59:59Z", "before", body(41_00, "shoe", 41_00)),
        noon("o1", "elsewhere", body(10_00, "HAT", 10_00)),
        noon("o1", "off", body(10_00, "hat", 9_00)),
        refusal("o1", "2026-11-20T07:00:00Z", "early", body(10_00, "hat", 10_00)),
        noon("o2", "unknown", "{'refunded_amount':5}"));
    nightly(DAY);

    assertThat(refused())
        .containsExactly(
            "before: REFERENCE",
            "early: NO_CAPTURE",
            "elsewhere: REFERENCE_NOT_CAPTURED",
            "fits: REFERENCE",
            "off: LINES_SUM_MISMATCH",
            "too much: EXCEEDS_REMAINING_AMOUNT",
            "unknown: NO_CAPTURE");
    assertThat(credits()).containsExactly("zz to A: 6000 by REFERENCE");
    assertThat(proof.ofEverything()).isEmpty();
  }

  private static String body(long amount, String reference, long ofLine) {
    return "{'refunded_amount':%d,'order_lines':[{'reference':'%s','total_amount':%d}]}"
        .formatted(amount, reference, ofLine);
  }

  @Test
  void aBodyThatIsNoRefundIsNoFaultOfTheRecord() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(700).at("2026-11-20T13:00:00Z"));
    feed.refusals(
        DAY,
        noon("o1", "a", "{'refunded_amount':700,'order_lines':'none'}"),
        noon("o1", "b", "{'refunded_amount':7.5}"),
        noon("o1", "c", "'refund'"),
        noon("o1", "d", "{}"),
        noon("o1", "e", "{'refunded_amount':700,'capture_id':'A','order_id':'another'}"));
    nightly(DAY);
    assertThat(refused())
        .containsExactly(
            "a: no refund, then r1",
            "b: no refund",
            "c: no refund",
            "d: no refund",
            "e: CAPTURE_ID, then r1");
    assertThat(rejected()).isEmpty();
    assertThat(
            texts(
                "select request_faults from recredit.refused_refund where would_be is null order by refusal_id"))
        .containsExactly(
            "order_lines is \"none\": it must be a JSON array.",
            "refunded_amount is 7.5: it must be a JSON whole number, without fraction, exponent or quotes.",
            "request is \"refund\": it must be a JSON object.",
            "refunded_amount is missing.");
  }

  @Test
  void aRequestWithTheKeyOfAnEarlierRefundWouldHaveBeenADuplicate() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(700).with("idempotency_key", "k"));
    var body = "{'refunded_amount':700,'idempotency_key':'k'}";
    feed.refusals(
        DAY, noon("o1", "after", body), refusal("o1", "2026-11-20T11:00:00Z", "before", body));
    nightly(DAY);
    assertThat(refused()).containsExactly("after: DUPLICATE", "before: SOLE_CAPTURE, then r1");
  }

  @Test
  void itIsFollowedByTheFirstLaterRefundOfTheAmountThatIsNoDuplicate() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(
        DAY,
        refund("o1", "same time").of(100),
        refund("o1", "first").of(100).at("2026-11-20T12:01:00Z").with("idempotency_key", "k"),
        refund("o1", "again").of(100).at("2026-11-20T12:02:00Z").with("idempotency_key", "k"),
        refund("o1", "next").of(100).at("2026-11-20T12:03:00Z"),
        refund("o2", "other order").of(200).at("2026-11-20T12:03:00Z"));
    feed.refusals(
        DAY,
        noon("o1", "a", "{'refunded_amount':100}"),
        noon("o1", "b", "{'refunded_amount':100}"),
        refusal("o1", "2026-11-20T12:01:00Z", "c", "{'refunded_amount':100}"),
        noon("o1", "d", "{'refunded_amount':200}"));
    nightly(DAY);
    assertThat(refused())
        .containsExactly(
            "a: SOLE_CAPTURE, then first",
            "b: SOLE_CAPTURE, then first",
            "c: SOLE_CAPTURE, then next",
            "d: SOLE_CAPTURE");
  }

  @Test
  void whatComesLaterChangesWhatItWouldHaveBeen() {
    feed.nothing(DAY);
    feed.refusals(DAY, noon("o1", "x", body(10_00, "shoe", 10_00)));
    nightly(DAY);
    assertThat(refused()).containsExactly("x: NO_CAPTURE");
    assertThat(number("select count(*) from decision")).isZero();

    feed.captures(NEXT_DAY, capture("o1", "A").line("shoe", 100_00));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(refused()).containsExactly("x: REFERENCE");

    feed.captures(DAY_AFTER);
    feed.refunds(
        DAY_AFTER, refund("o1", "early").of(95_00).line("shoe", 95_00).at("2026-11-20T10:00:00Z"));
    var last = nightly(DAY_AFTER);
    assertThat(refused()).containsExactly("x: EXCEEDS_REMAINING_AMOUNT");

    feed.nothing(DAY_AFTER);
    done(meantToWithdraw(rerunOf(DAY_AFTER, DAY_AFTER)));
    assertThat(refused()).containsExactly("x: REFERENCE");
    assertThat(
            texts("select would_be from recredit.refused_refund_as_of(%d)".formatted(last.runId())))
        .containsExactly("EXCEEDS_REMAINING_AMOUNT");
  }

  @Test
  void aReleaseAndThePolicyCountAsForARefund() {
    feed.captures(DAY, capture("o1", "A").with("order_amount", 200_00));
    feed.refunds(DAY);
    feed.refusals(
        DAY,
        noon(
            "o1",
            "x",
            "{'refunded_amount':900,'order_lines':[{'reference':'s','total_amount':1000},{'type':'return_fee','total_amount':-100}]}"));
    nightly(DAY);
    assertThat(refused()).containsExactly("x: RETURN_FEE_NOT_ELIGIBLE");

    feed.nothing(NEXT_DAY);
    feed.releases(NEXT_DAY, release("o1"));
    nightly(NEXT_DAY);
    assertThat(refused()).containsExactly("x: SOLE_CAPTURE");

    policy(
        policies ->
            Policies.of(
                policies.spanning(), policies.ambiguous(), List.of("DE"), policies.timeZone()));
    feed.nothing(DAY_AFTER);
    nightly(DAY_AFTER);
    assertThat(refused()).containsExactly("x: RETURN_FEE_NOT_ELIGIBLE");
  }

  @Test
  void resolutionsAndWhatIsFollowedDoNotCount() {
    policy(policies -> policies.with(Resolved.UNBLOCKS).with(Evidence.FOLLOW));
    feed.captures(
        DAY,
        capture("o1", "A").line("shoe", 100_00),
        capture("o1", "B").of(50_00).line("hat", 50_00));
    feed.refunds(DAY, refund("o1", "r1").of(100_00));
    feed.refusals(
        DAY,
        refusal("o1", "2026-11-20T13:00:00Z", "x", body(10_00, "shoe", 10_00)),
        refusal("o1", "2026-11-20T11:00:00Z", "y", body(10_00, "shoe", 10_00)));
    nightly(DAY);
    assertThat(refused()).containsExactly("x: PRIOR_ALLOCATION_FAILED", "y: REFERENCE");

    resolved(byHand("r1", "A"));
    assertThat(refused()).containsExactly("x: PRIOR_ALLOCATION_FAILED", "y: REFERENCE");
  }

  @Test
  void itIsTheSameInWhateverOrderTheDaysAreRead() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(50_00));
    feed.refusals(DAY, noon("o1", "x", "{'refunded_amount':5000}"));
    feed.captures(NEXT_DAY, capture("o1", "B").of(60_00).at("2026-11-20T11:00:00Z"));
    feed.refunds(NEXT_DAY, refund("o1", "r2").of(50_00).at("2026-11-20T14:00:00Z"));
    feed.refusals(NEXT_DAY, refusal("o1", "2026-11-20T15:00:00Z", "x", "{'refunded_amount':1}"));

    nightly(DAY);
    nightly(NEXT_DAY);
    var oneWay = everything();
    assertThat(refused()).containsExactly("x: PRIOR_ALLOCATION_FAILED");
    database.clear();
    nightly(NEXT_DAY);
    nightly(DAY);
    assertThat(everything()).isEqualTo(oneWay);
  }

  @Test
  void theSameAgainIsARepeatedDeliveryAndOtherContentIsRejected() {
    feed.nothing(DAY);
    var one = noon("o1", "x", "{'refunded_amount':1}");
    feed.refusals(
        DAY,
        one,
        one.replace("2026-11-20T12:00:00Z", "2026-11-20T13:00:00+01:00"),
        noon("o1", "x", "{'refunded_amount':2}"),
        "{'order_id':'o1'}",
        "{'order_id':'o1','attempted_at':'2026-11-20T12:00:00Z','http_status':'403','request':{'description':'D','email':'E'}}");
    nightly(DAY);
    assertThat(files())
        .contains(
            "refusals-2026-11-20.ndjson: 5 lines, 1 accepted, 1 repeated, 3 rejected, 0 withdrawn");
    assertThat(texts("select error from recredit.rejected_record order by line_number"))
        .containsExactly(
            "refusal_id x is already in line 1 of this file, with other content; the first one counts.",
            "attempted_at is missing.",
            "http_status is \"403\": it must be a JSON whole number, without fraction, exponent or quotes.");
    assertThat(texts("select raw from recredit.rejected_record where error like 'http_status%'"))
        .containsExactly(
            "{\"order_id\":\"o1\",\"attempted_at\":\"2026-11-20T12:00:00Z\",\"http_status\":\"403\",\"request\":{\"description\":\"D\"}}");
  }

  @Test
  void aLaterFileCountsAndWhatIsGoneIsWithdrawn() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(DAY);
    feed.refusals(DAY, noon("o1", "x", "{'refunded_amount':1}"));
    nightly(DAY);
    feed.nothing(NEXT_DAY);
    feed.refusals(NEXT_DAY, noon("o2", "x", "{'refunded_amount':99999}"));
    var moved = nightly(NEXT_DAY);
    assertThat(texts("select order_id || ' ' || would_be from recredit.refused_refund"))
        .containsExactly("o2 EXCEEDS_CAPTURED_AMOUNT");
    assertThat(summary.lines(moved))
        .anyMatch(
            line ->
                line.contains(
                    "refusal x: from order o1 (refusals-2026-11-20.ndjson line 1) to order o2"))
        .anyMatch(line -> line.contains("refusal x corrected: refusals-2026-11-20.ndjson line 1"));

    feed.refusals(NEXT_DAY);
    rerun(NEXT_DAY, NEXT_DAY);
    assertThat(texts("select order_id || ' ' || would_be from recredit.refused_refund"))
        .containsExactly("o1 SOLE_CAPTURE");

    feed.refusals(DAY);
    rerun(DAY, DAY);
    assertThat(refused()).isEmpty();
    assertThat(number("select count(*) from refusal_decision where until_run is null")).isZero();
  }

  @Test
  void aFileThatIsSomethingElseStopsTheRun() {
    feed.nothing(DAY);
    feed.lines("refusals", DAY, List.of("{\"capture_id\":\"A\"}"));
    assertThat(nightlyFails(DAY))
        .contains(
            "a JSON object with order_id or payment_transaction_id", "It looks like captures.");
    feed.refunds(DAY);
    feed.lines(
        "refunds",
        DAY,
        List.of(noon("o1", "x", "{}").replace('\'', '"').replace("correlation_id", "c")));
    feed.refusals(DAY);
    assertThat(nightlyFails(DAY)).contains("It looks like refusals.");
  }

  @Test
  void aRunThatDoesNotFinishLeavesNothingOfThem() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY);
    feed.refusals(DAY, noon("o1", "x", "{'refunded_amount':1}"));
    nightly(DAY);
    var before = everything();

    feed.captures(NEXT_DAY, capture("o1", "B"));
    feed.refunds(NEXT_DAY);
    feed.refusals(NEXT_DAY, noon("o1", "y", "{'refunded_amount':1}"));
    failAtRow("refusal_decision", 2);
    nightlyFails(NEXT_DAY);
    assertThat(everything()).isEqualTo(before);
    failNoMore();
    rerun(DAY, DAY);
    assertThat(runs()).contains("nightly undone");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void whatCouldBePersonalOfARequestIsErased() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY);
    var request =
        "{'refunded_amount':700,'description':'Frida','reference':'Frida 2','merchant_reference1':'Frida 6','merchant_reference2':'Frida 3',"
            + "'order_lines':[{'reference':'s','name':'Frida 4','total_amount':700}]}";
    var faulty = noon("o1", "z", "{'refunded_amount':'Frida 5'}");
    feed.refusals(DAY, noon("o1", "x", request), noon("o2", "y", "{'refunded_amount':1}"), faulty);
    nightly(DAY);
    erase("o1");
    assertThat(texts("select row_to_json(r)::text from refusal r where r::text like '%Frida%'"))
        .isEmpty();
    assertThat(refused()).containsExactly("x: SOLE_CAPTURE", "y: NO_CAPTURE", "z: no refund");

    feed.refusals(DAY, noon("o2", "y", "{'refunded_amount':2}"), noon("o1", "x", request), faulty);
    rerun(DAY, DAY);
    assertThat(texts("select row_to_json(r)::text from refusal r where r::text like '%Frida%'"))
        .isEmpty();
    assertThat(number("select count(*) from refusal where refusal_id in ('x', 'z')")).isEqualTo(2);
  }

  @Test
  void explainTellsWhatWasRefusedAndFindsItByKlarnasNumber() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(700).at("2026-11-20T13:00:00Z"));
    feed.refusals(
        DAY,
        "{'order_id':'o1','attempted_at':'2026-11-20T12:00:00Z','http_status':403,'error_code':'NOT_ALLOWED',"
            + "'error_messages':['Too much.'],'correlation_id':'c-1','request':{'refunded_amount':700}}",
        noon("o2", "c-2", "{}"));
    nightly(DAY);

    assertThat(finder.byWord("c-1").targets())
        .extracting(Found.Target::orderId)
        .containsExactly("o1");
    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join(" ", StoryText.of(story, List.of("r1"))).replaceAll("\\s+", " "))
        .contains(
            "Klarna refused a request of 7.00 SEK: 403 NOT_ALLOWED \"Too much.\" (correlation_id c-1).",
            "By the rules alone it would be SOLE_CAPTURE",
            "The first later refund of that amount is r1.",
            "A request of its amount was sent before");
    assertThat(StoryJson.of(story, List.of("r1")))
        .contains("\"error_code\":\"NOT_ALLOWED\"", "\"would_be\":\"SOLE_CAPTURE\"");
    var alone = explanations.ofOrder("o2").orElseThrow();
    assertThat(String.join("\n", StoryText.of(alone, alone.refundIds())))
        .contains("What was sent could not be read as a refund: refunded_amount is missing.");
    assertThat(StoryJson.of(alone, alone.refundIds()))
        .contains("\"request_faults\":\"refunded_amount is missing.\"");
  }

  private void erase(String order) {
    asOwner(
        () ->
            reconciliation()
                .runOnce(
                    Run.Kind.ERASURE,
                    () -> Optional.of(erasing.input(order, "Karin", "asked to")),
                    said::add,
                    new ArrayList<Run>()::add));
  }
}
