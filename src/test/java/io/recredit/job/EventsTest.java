package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.explain.Explanations;
import io.recredit.explain.Finder;
import io.recredit.explain.Found;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.run.RunSummary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Events of Klarna's webhook: to which refund each belongs, and what of them does not fit. */
class EventsTest extends JobTest {

  @Autowired private RunSummary summary;
  @Autowired private Finder finder;
  @Autowired private Explanations explanations;

  private static String event(String id, String at, String payload) {
    return ("{'metadata':{'event_id':'%s','event_type':'payment.transaction.refunded','occurred_at':'%s'},"
            + "'payload':%s}")
        .formatted(id, at, payload);
  }

  private static String noon(String id, String payload) {
    return event(id, "2026-11-20T12:00:00Z", payload);
  }

  /** "e1 of r1 by REFUND_ID". */
  private List<String> events() {
    return texts(
        """
        select format('%s of %s by %s', event_id, coalesce(refund_id, 'none'), coalesce(matched_by, 'nothing'))
        from recredit.refund_event order by event_id
        """);
  }

  private List<String> differences() {
    return texts("select kind || ' ' || id from recredit.feed_difference order by 1");
  }

  private void refundsAndEvents(FeedRecord[] refunds, String... events) {
    feed.captures(DAY, capture("o1", "A").of(1000_00), capture("o2", "B").of(1000_00));
    feed.refunds(DAY, refunds);
    feed.events(DAY, events);
    nightly(DAY);
  }

  private static FeedRecord[] refunds(FeedRecord... refunds) {
    return refunds;
  }

  @Test
  void anEventBelongsToTheRefundThatItNamesAndAnyNumberDo() {
    refundsAndEvents(
        refunds(refund("o1", "r1").of(100), refund("o1", "r2").of(100)),
        noon("a", "{'payment_transaction_id':'o1','payment_refund_id':'r2','refunded_amount':100}"),
        noon("b", "{'payment_refund_id':'r2'}"),
        noon(
            "c", "{'payment_transaction_id':'o1','payment_refund_id':'r9','refunded_amount':100}"));
    assertThat(events())
        .containsExactly("a of r2 by REFUND_ID", "b of r2 by REFUND_ID", "c of none by nothing");
    assertThat(differences()).containsExactly("EVENT_WITHOUT_REFUND c", "REFUND_WITHOUT_EVENT r1");
    assertThat(texts("select explanation from recredit.feed_difference order by kind"))
        .containsExactly(
            "Event c tells of a refund r9 of 1.00 SEK on order o1, and no file or document has one that it could be.",
            "Refund r1 of 1.00 SEK was made while Klarna told of refunds by events, and none tells of it.");
    assertThat(texts("select order_id from recredit.refund_event where event_id = 'b'"))
        .containsExactly("o1");
  }

  @Test
  void elseTheFirstOfItsOrderAndAmountBelongsToTheFirstAndDuplicatesComeLast() {
    refundsAndEvents(
        refunds(
            refund("o1", "r1").of(100).with("idempotency_key", "k"),
            refund("o1", "r2").of(100).at("2026-11-20T12:01:00Z").with("idempotency_key", "k"),
            refund("o1", "r3").of(100).at("2026-11-20T12:02:00Z"),
            refund("o1", "r4").of(200),
            refund("o2", "r5").of(100)),
        event("z", "2026-11-20T12:00:00Z", "{'payment_transaction_id':'o1','refunded_amount':100}"),
        event("y", "2026-11-20T12:00:01Z", "{'payment_transaction_id':'o1','refunded_amount':100}"),
        event("x", "2026-11-20T12:00:02Z", "{'payment_transaction_id':'o1','refunded_amount':100}"),
        event("w", "2026-11-20T12:05:00Z", "{'payment_transaction_id':'o1','refunded_amount':100}"),
        event(
            "v", "2026-11-20T12:00:00Z", "{'payment_transaction_id':'o1','refunded_amount':300}"));
    assertThat(events())
        .containsExactly(
            "v of none by nothing",
            "w of none by nothing",
            "x of r2 by ORDER_AND_AMOUNT",
            "y of r3 by ORDER_AND_AMOUNT",
            "z of r1 by ORDER_AND_AMOUNT");
    assertThat(differences())
        .containsExactly(
            "EVENT_WITHOUT_REFUND v",
            "EVENT_WITHOUT_REFUND w",
            "REFUND_WITHOUT_EVENT r4",
            "REFUND_WITHOUT_EVENT r5");
  }

  @Test
  void elseTheFirstOfItsOrderAndWhatNamesNoneBelongsToNone() {
    refundsAndEvents(
        refunds(
            refund("o1", "r1").of(100),
            refund("o1", "r2").of(200),
            refund("o1", "r3").of(300),
            refund("o1", "r4").of(400)),
        noon("a", "{'payment_transaction_id':'o1'}"),
        noon("b", "{'payment_transaction_id':'o1'}"),
        noon("c", "{'payment_transaction_id':'o1','refunded_amount':100}"),
        noon("d", "{'payment_transaction_id':'o1','payment_refund_id':'r2'}"),
        noon("e", "{'refunded_amount':100}"),
        noon("f", "{}"));
    assertThat(events())
        .containsExactly(
            "a of r3 by ORDER",
            "b of r4 by ORDER",
            "c of r1 by ORDER_AND_AMOUNT",
            "d of r2 by REFUND_ID",
            "e of none by nothing",
            "f of none by nothing");
    assertThat(differences()).containsExactly("EVENT_WITHOUT_REFUND e", "EVENT_WITHOUT_REFUND f");
  }

  @Test
  void onlyRefundsFromTheFirstEventToTheNewestLackOne() {
    refundsAndEvents(
        refunds(
            refund("o1", "before").at("2026-11-20T11:59:59Z"),
            refund("o1", "first").at("2026-11-20T12:00:00Z"),
            refund("o1", "last").at("2026-11-20T14:00:00Z"),
            refund("o1", "after").at("2026-11-20T14:00:01Z")),
        event("a", "2026-11-20T12:00:00Z", "{'payment_transaction_id':'o2'}"),
        event("b", "2026-11-20T14:00:00Z", "{'payment_transaction_id':'o2'}"),
        "{'metadata':{'event_id':'c','event_type':'payment.captured','occurred_at':'2026-11-20T10:00:00Z'}}");
    assertThat(differences())
        .containsExactly(
            "EVENT_WITHOUT_REFUND a",
            "EVENT_WITHOUT_REFUND b",
            "REFUND_WITHOUT_EVENT first",
            "REFUND_WITHOUT_EVENT last");
  }

  @Test
  void withoutEventsNothingIsSaidOfThem() {
    refundsAndEvents(
        refunds(refund("o1", "r1")),
        "{'metadata':{'event_id':'c','event_type':'payment.captured','occurred_at':'2026-11-20T10:00:00Z'}}");
    assertThat(differences()).isEmpty();
  }

  @Test
  void itNeedsNeitherSnapshotNorFileOfRefunds() {
    feed.orders(
        DAY,
        FeedDocument.document("o1")
            .readAt("2026-11-21T03:00:00Z")
            .capture("A", 100_00, null, List.of())
            .refund("r1", 30_00, "2026-11-20T12:00:00Z", List.of()));
    feed.events(
        DAY, noon("a", "{'payment_refund_id':'r1'}"), noon("b", "{'payment_refund_id':'r2'}"));
    nightly(DAY);
    assertThat(events()).containsExactly("a of r1 by REFUND_ID", "b of none by nothing");
    assertThat(differences()).containsExactly("EVENT_WITHOUT_REFUND b");
  }

  @Test
  void aRefundThatComesLaterGetsItsEvent() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY);
    feed.events(
        DAY, noon("a", "{'payment_refund_id':'r1'}"), noon("b", "{'payment_transaction_id':'o1'}"));
    var first = nightly(DAY);
    assertThat(events()).containsExactly("a of none by nothing", "b of none by nothing");

    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY, refund("o1", "r1").of(1), refund("o1", "r2").of(1));
    nightly(NEXT_DAY);
    assertThat(events()).containsExactly("a of r1 by REFUND_ID", "b of r2 by ORDER");
    assertThat(
            texts(
                "select refund_id from recredit.refund_event_as_of(%d) where refund_id is not null"
                    .formatted(first.runId())))
        .isEmpty();
    assertThat(
            number(
                "select count(*) from recredit.feed_difference_as_of(%d)".formatted(first.runId())))
        .isEqualTo(2);
  }

  @Test
  void explainAndTheSummaryTellOfEvents() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(100),
        refund("o1", "r2").of(200).at("2026-11-20T12:30:00Z"),
        refund("o1", "r3").of(200).at("2026-11-20T15:00:00Z"));
    feed.events(
        DAY,
        noon("a", "{'payment_refund_id':'r1'}"),
        event(
            "b",
            "2026-11-20T13:00:00Z",
            "{'payment_transaction_id':'o1','payment_refund_id':'r9'}"));
    var first = nightly(DAY);
    assertThat(summary.lines(first))
        .anyMatch(line -> line.contains("2 events"))
        .anyMatch(line -> line.contains("1 new one tells of a refund that no file or document has"))
        .anyMatch(line -> line.contains("1 refund that none tells of is new"));
    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join("\n", StoryText.of(story, List.of("r1"))))
        .contains(
            "Event a of refund r1, which it names.",
            "Event b of a refund r9 that no file or document has.",
            "a at 2026-11-20 12:00:00 UTC.");
    assertThat(StoryJson.of(story, List.of("r1"))).contains("\"event_ids\":[\"a\"]");
    assertThat(finder.byWord("a").targets())
        .extracting(Found.Target::orderId)
        .containsExactly("o1");

    feed.nothing(NEXT_DAY);
    feed.events(NEXT_DAY, event("c", "2026-11-21T12:00:00Z", "{'payment_refund_id':'r2'}"));
    var next = nightly(NEXT_DAY);
    assertThat(summary.lines(next))
        .noneMatch(line -> line.contains("tells of a refund"))
        .anyMatch(line -> line.contains("1 refund that none tells of is new"));
    assertThat(differences()).containsExactly("EVENT_WITHOUT_REFUND b", "REFUND_WITHOUT_EVENT r3");
  }

  @Test
  void theOrderThatAnEventNamesTellsOfItThoughItsRefundIsAnothers() {
    refundsAndEvents(
        refunds(refund("o1", "r1")),
        noon("a", "{'payment_transaction_id':'o3','payment_refund_id':'r1'}"));
    assertThat(texts("select order_id || ' ' || named_order_id from recredit.refund_event"))
        .containsExactly("o1 o3");
    assertThat(texts("select file_name || ' ' || line_number from recredit.refund_event"))
        .containsExactly("events-2026-11-20.ndjson 1");
    assertThat(finder.byWord("o3").targets())
        .extracting(Found.Target::orderId)
        .containsExactly("o3");
    var named = explanations.ofOrder("o3").orElseThrow();
    assertThat(String.join("\n", StoryText.of(named, named.refundIds())))
        .contains("Event a of refund r1 of order o1, which it names.");
    assertThat(StoryJson.of(named, named.refundIds())).contains("\"order_id\":\"o1\"");
    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join("\n", StoryText.of(story, List.of("r1"))))
        .contains("Event a of refund r1, which it names.");
  }

  @Test
  void anEventIsFoundByItsCorrelationId() {
    refundsAndEvents(
        refunds(refund("o1", "r1")),
        noon("a", "{'payment_refund_id':'r1'}").replace("'a',", "'a','correlation_id':'c-7',"));
    assertThat(finder.byWord("c-7").targets())
        .extracting(Found.Target::orderId)
        .containsExactly("o1");
  }

  @Test
  void theFirstRunThatReadsEventsSaysWhatOfEarlierOnesHasNone() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(1), refund("o1", "r2").of(2));
    assertThat(newDifferences(nightly(DAY))).isEmpty();
    feed.nothing(NEXT_DAY);
    feed.events(NEXT_DAY, noon("a", "{'payment_refund_id':'r1'}"));
    assertThat(newDifferences(nightly(NEXT_DAY))).containsExactly("1 REFUND_WITHOUT_EVENT");
    feed.nothing(DAY_AFTER);
    assertThat(newDifferences(nightly(DAY_AFTER))).isEmpty();
  }

  @Test
  void eventsOfAnOlderDayMakeRefundsNewThatNoneTellsOf() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(1).at("2026-11-20T09:59:59Z"),
        refund("o1", "r2").of(2).at("2026-11-20T10:00:00Z"),
        refund("o1", "r3").of(3),
        refund("o1", "r4").of(4));
    feed.events(DAY, noon("a", "{'payment_refund_id':'r3'}"));
    assertThat(newDifferences(nightly(DAY))).containsExactly("1 REFUND_WITHOUT_EVENT");
    feed.nothing(NEXT_DAY);
    feed.events(NEXT_DAY, event("b", "2026-11-20T10:00:00Z", "{'payment_refund_id':'r3'}"));
    assertThat(newDifferences(nightly(NEXT_DAY))).containsExactly("1 REFUND_WITHOUT_EVENT");
    assertThat(differences()).containsExactly("REFUND_WITHOUT_EVENT r2", "REFUND_WITHOUT_EVENT r4");
  }

  @Test
  void anEventThatIsCorrectedOrWithdrawnLeavesItsRefundNewWithoutOne() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"), refund("o2", "r3").of(3));
    var first = event("a", "2026-11-20T10:00:00Z", "{'payment_refund_id':'r2'}");
    var last = event("z", "2026-11-20T14:00:00Z", "{'payment_refund_id':'r2'}");
    var ofR3 = noon("c", "{'payment_transaction_id':'o2','refunded_amount':3}");
    feed.events(DAY, first, last, noon("b", "{'payment_refund_id':'r1'}"), ofR3);
    assertThat(newDifferences(nightly(DAY))).isEmpty();
    feed.events(DAY, first, last, noon("b", "{'payment_refund_id':'r2'}"), ofR3);
    assertThat(newDifferences(rerun(DAY, DAY))).containsExactly("1 REFUND_WITHOUT_EVENT");
    feed.events(DAY, first, last, noon("b", "{'payment_refund_id':'r2'}"));
    assertThat(newDifferences(rerun(DAY, DAY))).containsExactly("1 REFUND_WITHOUT_EVENT");
    assertThat(differences()).containsExactly("REFUND_WITHOUT_EVENT r1", "REFUND_WITHOUT_EVENT r3");
  }

  @Test
  void aRefundThatIsWithdrawnOrMovesLeavesItsEventNewWithoutOne() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"), capture("o3", "C"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"), refund("o3", "r3"));
    feed.events(
        DAY,
        noon("a", "{'payment_refund_id':'r1'}"),
        noon("b", "{'payment_transaction_id':'o2'}"),
        noon("c", "{'payment_transaction_id':'o9','payment_refund_id':'r3'}"));
    assertThat(newDifferences(nightly(DAY))).isEmpty();
    feed.refunds(DAY, refund("o2", "r2"), refund("o3", "r3"));
    assertThat(newDifferences(rerun(DAY, DAY))).containsExactly("1 EVENT_WITHOUT_REFUND");
    feed.refunds(DAY, refund("o1", "r2"), refund("o3", "r3"));
    assertThat(newDifferences(rerun(DAY, DAY)))
        .containsExactly("1 EVENT_WITHOUT_REFUND", "1 REFUND_WITHOUT_EVENT");
    feed.refunds(DAY, refund("o1", "r2"));
    assertThat(newDifferences(rerun(DAY, DAY))).containsExactly("1 EVENT_WITHOUT_REFUND");
    assertThat(differences())
        .containsExactly(
            "EVENT_WITHOUT_REFUND a",
            "EVENT_WITHOUT_REFUND b",
            "EVENT_WITHOUT_REFUND c",
            "REFUND_WITHOUT_EVENT r2");
  }

  @Test
  void whatDidNotFitBeforeIsNotNew() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(DAY, refund("o1", "r1").of(100));
    feed.events(
        DAY,
        noon("a", "{'payment_refund_id':'r8'}"),
        noon("b", "{'payment_transaction_id':'o2','refunded_amount':5}"));
    assertThat(newDifferences(nightly(DAY)))
        .containsExactly("2 EVENT_WITHOUT_REFUND", "1 REFUND_WITHOUT_EVENT");
    feed.refunds(DAY, refund("o2", "r1").of(200));
    feed.events(
        DAY,
        noon("a", "{'payment_transaction_id':'o1','payment_refund_id':'r9'}"),
        noon("b", "{'refunded_amount':5}"));
    assertThat(newDifferences(rerun(DAY, DAY))).isEmpty();
    assertThat(differences())
        .containsExactly(
            "EVENT_WITHOUT_REFUND a", "EVENT_WITHOUT_REFUND b", "REFUND_WITHOUT_EVENT r1");
  }

  @Test
  void otherTypesAreCountedAndLeft() {
    feed.nothing(DAY);
    feed.events(
        DAY,
        "{'metadata':{'event_id':'c','event_type':'payment.captured','occurred_at':'2026-11-20T10:00:00Z'},"
            + "'payload':{'refunded_amount':'none'}}",
        "{'metadata':{'event_id':'d','event_type':'payment.request.updated','occurred_at':'2026-11-20T10:00:00Z'},"
            + "'payload':'none'}",
        noon("a", "{'payment_refund_id':'r1'}"));
    var run = nightly(DAY);
    assertThat(events()).containsExactly("a of none by nothing");
    assertThat(texts("select events_read || ' ' || other_events_read from recredit.run"))
        .containsExactly("3 2");
    assertThat(summary.lines(run)).anyMatch(line -> line.contains("3 events (2 of other types)"));
  }

  @Test
  void whatIsDeliveredTwiceIsRepeatedAndWhatIsFaultyIsRejected() {
    feed.nothing(DAY);
    var one = noon("a", "{'payment_refund_id':'r1'}");
    feed.events(
        DAY,
        one,
        one,
        noon("a", "{'payment_refund_id':'r2'}"),
        noon("b", "{'refunded_amount':'100','customer':'Frida'}"),
        "{'metadata':{'event_id':'c','email':'Frida'},'payload':{}}",
        "{'payload':{}}");
    nightly(DAY);
    assertThat(files())
        .contains(
            "events-2026-11-20.ndjson: 6 lines, 1 accepted, 1 repeated, 4 rejected, 0 withdrawn");
    assertThat(texts("select error from recredit.rejected_record order by line_number"))
        .containsExactly(
            "event_id a is already in line 1 of this file, with other content; the first one counts.",
            "refunded_amount is \"100\": it must be a JSON whole number, without fraction, exponent or quotes.",
            "event_type is missing. occurred_at is missing.",
            "metadata is missing.");
    assertThat(texts("select raw from recredit.rejected_record where raw like '%Frida%'"))
        .isEmpty();
  }

  @Test
  void ofAnEventInSeveralFilesTheLatestCountsBeItThatItNamesNoOrder() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o1", "r2"));
    feed.events(DAY, noon("a", "{'payment_refund_id':'r1'}"));
    nightly(DAY);
    feed.nothing(NEXT_DAY);
    feed.events(NEXT_DAY, noon("a", "{'payment_refund_id':'r2'}"));
    nightly(NEXT_DAY);
    assertThat(events()).containsExactly("a of r2 by REFUND_ID");

    feed.events(NEXT_DAY);
    rerun(NEXT_DAY, NEXT_DAY);
    assertThat(events()).containsExactly("a of r1 by REFUND_ID");
  }

  @Test
  void aFileThatIsSomethingElseStopsTheRun() {
    feed.nothing(DAY);
    feed.lines("events", DAY, List.of("{\"event_id\":\"a\"}"));
    assertThat(nightlyFails(DAY)).contains("a JSON object with metadata.event_id");
    feed.events(DAY);
    feed.lines("refunds", DAY, List.of(noon("a", "{}").replace('\'', '"')));
    assertThat(nightlyFails(DAY)).contains("It looks like events.");
  }

  @Test
  void oneOrdersEventsAreLookedUpWithoutTheOthers() {
    refundsAndEvents(
        refunds(refund("o1", "r1")),
        noon("a", "{'payment_transaction_id':'o1','refunded_amount':10000}"));
    jdbc.sql("set enable_seqscan = off").update();
    try {
      assertThat(texts("explain select * from recredit.refund_event where order_id = 'o1'"))
          .noneMatch(
              line -> line.contains("Seq Scan on event") || line.contains("Seq Scan on decision"));
      assertThat(texts("explain select * from recredit.feed_difference where order_id = 'o1'"))
          .noneMatch(
              line -> line.contains("Seq Scan on event") || line.contains("Seq Scan on decision"));
    } finally {
      jdbc.sql("reset enable_seqscan").update();
    }
  }
}
