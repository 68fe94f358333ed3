package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedDocument.line;
import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies.Evidence;
import io.recredit.explain.Explanations;
import io.recredit.explain.Finder;
import io.recredit.explain.Found;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.resolution.KnownInvoices;
import io.recredit.resolution.KnownInvoices.By;
import io.recredit.resolution.KnownInvoices.Wanted;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Order documents: what in them is input, and what they show beside the decisions. */
class DocumentsTest extends JobTest {

  /** r1 is of A's goods, and Klarna put it on B. */
  private static FeedDocument elsewhere(String readAt) {
    return document("o1")
        .with("merchant_reference1", "shop-1")
        .readAt(readAt)
        .capture("A", 100_00, 0L, List.of(line("shoe", 100_00)))
        .capture("B", 50_00, 30_00L, List.of(line("hat", 50_00)))
        .refund("r1", 30_00, "2026-11-20T12:00:00Z", List.of(line("shoe", 30_00)));
  }

  @Test
  void aShopThatHasNothingButDocumentsIsReconciledByThem() {
    feed.orders(DAY, elsewhere("2026-11-21T03:00:00Z"));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to A: 3000 by REFERENCE");
    assertThat(balances())
        .containsExactly("A: 10000 - 3000 = 7000, unallocated 0", "B: 5000 - 0 = 5000");
    assertThat(evidence()).containsExactly("r1 ELSEWHERE PROVEN of REFERENCE");
    assertThat(places()).containsExactly("r1 on B: 3000");
    assertThat(
            texts(
                "select format('%s: %s %s %s %s', capture_id, credited_amount, klarna_refunded_amount, difference, newer_credited_amount) from recredit.invoice_comparison order by 1"))
        .containsExactly("A: 3000 0 -3000 0", "B: 0 3000 3000 0");
    assertThat(finder.byWord("shop-1").targets())
        .extracting(Found.Target::orderId)
        .containsExactly("o1");
    assertThat(
            texts(
                "select concat_ws(' ', captured_amount, klarna_captured_amount, refunded_amount, klarna_refunded_amount, difference, on_no_invoice) from recredit.order_comparison"))
        .containsExactly("15000 15000 3000 3000 0 0");
    assertThat(
            texts(
                "select concat_ws(' ', decision, verdict, certainty, currency, refunds, amount) from recredit.rule_agreement"))
        .containsExactly("REFERENCE ELSEWHERE PROVEN SEK 1 3000");
    assertThat(texts("select explanation from recredit.refund_evidence"))
        .containsExactly(
            "Klarna's record shows it on capture B (30.00 SEK); it is credited on capture A (30.00 SEK).");
    assertThat(files())
        .containsExactly(
            "orders-2026-11-20.ndjson: 1 lines, 1 accepted, 0 repeated, 0 rejected, 0 withdrawn");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void aFilesRecordTakesThePlaceOfTheDocumentsAndGivesItBack() {
    feed.captures(DAY, capture("o1", "A").of(90_00));
    feed.refunds(DAY, refund("o1", "r1").of(20_00));
    feed.orders(DAY, elsewhere("2026-11-21T03:00:00Z"));
    nightly(DAY);
    assertThat(balances())
        .containsExactly("A: 9000 - 0 = 9000, unallocated 2000", "B: 5000 - 0 = 5000");
    assertThat(exceptions()).containsExactly("r1: NO_ORDER_LINES");

    feed.captures(DAY);
    feed.refunds(DAY);
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 3000 by REFERENCE");
    assertThat(texts("select kind from recredit.feed_difference order by 1"))
        .containsExactly("CAPTURE_NOT_IN_FILES", "CAPTURE_NOT_IN_FILES", "REFUND_NOT_IN_FILES");
    var fromDocuments = everything();

    database.clear();
    feed.remove("captures", DAY);
    feed.remove("refunds", DAY);
    nightly(DAY);
    fromDocuments.put("feed_difference", List.of()); // where no file was ever read
    assertThat(everything()).isEqualTo(fromDocuments);
  }

  @Test
  void onlyTheLatestSnapshotIsInputInWhateverOrderTheyCome() {
    var first = elsewhere("2026-11-21T03:00:00Z");
    var later =
        elsewhere("2026-11-22T03:00:00Z").refund("r2", 20_00, "2026-11-21T12:00:00Z", List.of());
    feed.orders(DAY, first);
    feed.orders(NEXT_DAY, later);
    nightly(DAY);
    nightly(NEXT_DAY);
    var inOrder = everything();
    assertThat(exceptions()).containsExactly("r2: NO_ORDER_LINES");

    database.clear();
    nightly(NEXT_DAY);
    nightly(DAY);
    assertThat(everything()).isEqualTo(inOrder);

    feed.orders(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(exceptions()).isEmpty();
    assertThat(texts("select order_id from recredit.order_snapshot")).containsExactly("o1");
  }

  @Test
  void anOrderReadTwiceADayIsInputOnce() {
    feed.orders(
        DAY, elsewhere("2026-11-20T15:00:00Z"), elsewhere("2026-11-21T03:00:00Z"), document("o9"));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 3000 by REFERENCE");
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(
            texts(
                "select format('%s %s', order_id, on_invoices) from recredit.order_snapshot order by 1"))
        .containsExactly("o1 3000", "o1 3000", "o9 0");
  }

  @Test
  void aRefundWithoutIdIsNamedByItsOrderAndPlaceUnlessTheFilesHaveARefundOfTheOrder() {
    feed.orders(
        DAY,
        document("o1")
            .readAt("2026-11-21T03:00:00Z")
            .capture("A", 100_00, 50_00L)
            .refund(null, 0)
            .refund(null, 30_00, "2026-11-20T14:00:00Z", List.of())
            .refund(null, 20_00, "2026-11-20T13:00:00Z", List.of()));
    nightly(DAY);
    assertThat(credits())
        .containsExactly("o1#1 to A: 2000 by SOLE_CAPTURE", "o1#2 to A: 3000 by SOLE_CAPTURE");
    assertThat(evidence())
        .containsExactly(
            "o1#1 AS_DECIDED PROVEN of SOLE_CAPTURE", "o1#2 AS_DECIDED PROVEN of SOLE_CAPTURE");

    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(10_00));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to A: 1000 by SOLE_CAPTURE");
    assertThat(evidence()).isEmpty();

    feed.refunds(DAY);
    nightly(DAY);
    assertThat(credits()).hasSize(2);
  }

  @Test
  void anIdInSeveralOrdersSnapshotsBelongsToTheSmallest() {
    feed.orders(
        DAY,
        document("o2").readAt("2026-11-21T03:00:00Z").capture("A", 70_00, 0L),
        document("o1").readAt("2026-11-21T03:00:00Z").capture("A", 100_00, 0L));
    nightly(DAY);
    assertThat(texts("select order_id from recredit.invoice_balance")).containsExactly("o1");

    feed.orders(NEXT_DAY, document("o1").readAt("2026-11-22T03:00:00Z"));
    nightly(NEXT_DAY);
    assertThat(texts("select order_id from recredit.invoice_balance")).containsExactly("o2");
    feed.orders(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(texts("select order_id from recredit.invoice_balance")).containsExactly("o1");
  }

  @Test
  void followedARefundIsCreditedWhereTheRecordProvesItToBe() {
    policy(policies -> policies.with(Evidence.FOLLOW));
    feed.orders(
        DAY,
        elsewhere("2026-11-21T03:00:00Z"),
        document("o2")
            .readAt("2026-11-21T03:00:00Z")
            .capture("C", 100_00, 10_00L)
            .refund("r2", 40_00));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to B: 3000 by KLARNA_RECORD");
    assertThat(exceptions()).containsExactly("r2: ON_NO_INVOICE");
    assertThat(evidence())
        .containsExactly(
            "r1 ELSEWHERE PROVEN of REFERENCE", "r2 ON_NO_INVOICE PROVEN of SOLE_CAPTURE");
    assertThat(texts("select explanation from recredit.refund_exception"))
        .containsExactly(
            "Klarna's record, as read at 2026-11-21 03:00:00 UTC, proves that only a part of it stands on an invoice: capture C (10.00 SEK).");
    assertThat(proof.ofEverything()).isEmpty();

    policy(policies -> policies.with(Evidence.COMPARE));
    nightly(DAY);
    assertThat(credits())
        .containsExactly("r1 to A: 3000 by REFERENCE", "r2 to C: 4000 by SOLE_CAPTURE");
  }

  @Autowired private KnownInvoices knownInvoices;
  @Autowired private Explanations explanations;
  @Autowired private Finder finder;
  @Autowired private RunSummary summary;

  @Test
  void exceptionsWhosePlaceIsProvenWholeCanBeResolvedAtOnceAsFarAsThereIsRoom() {
    feed.orders(
        DAY,
        document("o1")
            .readAt("2026-11-21T03:00:00Z")
            .capture("A", 100_00, 20_00L)
            .capture("B", 50_00, 10_00L)
            .refund("r1", 30_00, "2026-11-20T12:00:00Z", List.of()),
        document("o2")
            .readAt("2026-11-21T03:00:00Z")
            .capture("C", 100_00, 20_00L)
            .capture("D", 50_00, 0L)
            .refund("r2", 30_00, "2026-11-20T12:00:00Z", List.of()));
    var run = nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: NO_ORDER_LINES", "r2: NO_ORDER_LINES");
    assertThat(evidence())
        .containsExactly(
            "r1 LANDED PROVEN of NO_ORDER_LINES", "r2 ON_NO_INVOICE PROVEN of NO_ORDER_LINES");
    assertThat(summary.lines(run))
        .contains(
            "  record      LANDED                        1  of which 1 proven",
            "              ON_NO_INVOICE                 1  of which 1 proven");
    var story = explanations.ofOrder("o1").orElseThrow();
    assertThat(String.join(" ", StoryText.of(story, List.of("r1"))).replaceAll("\\s+", " "))
        .contains(
            "Klarna's record shows it on capture A (20.00 SEK), capture B (10.00 SEK). How known As read at 2026-11-21 03:00:00 UTC, it was the only refund whose place was open, and this is what was left on the invoices. Read last 2026-11-21 03:00:00 UTC.");
    assertThat(StoryJson.of(story, List.of("r1")))
        .contains(
            "\"klarna_record\":{\"verdict\":\"LANDED\",\"certainty\":\"PROVEN\",\"read_at\":\"2026-11-21T03:00:00Z\",\"place\":{\"A\":2000,\"B\":1000}}");

    var found =
        knownInvoices.find(new Wanted(By.RECORDED, List.of(), null, "as Klarna has it", "Anna"));
    assertThat(found.said())
        .containsExactly("1 exception goes where Klarna's record proves it to be.");
    takeIn(Run.Kind.RESOLUTION, found.requests());
    assertThat(credits()).containsExactly("r1 to A: 2000 by MANUAL", "r1 to B: 1000 by MANUAL");
    assertThat(evidence()).contains("r1 AS_DECIDED PROVEN of MANUAL");
  }

  @Test
  void filesAndDocumentsAreHeldBesideEachOther() {
    feed.orders(
        DAY,
        elsewhere("2026-11-21T03:00:00Z").refund("r2", 5_00),
        document("o2")
            .readAt("2026-11-21T03:00:00Z")
            .capture("C", 100_00, 0L)
            .refund(null, 1_00)
            .refund("r8", 2_00));
    nightly(DAY);
    assertThat(differences()).as("no file was read").isEmpty();

    feed.captures(
        NEXT_DAY,
        capture("o1", "A").of(99_00).line("shoe", 100_00),
        capture("o2", "B").of(50_00),
        capture("o1", "D").at("2026-11-21T03:00:00Z"),
        capture("o1", "E").at("2026-11-21T03:00:01Z"),
        capture("o9", "F"));
    feed.refunds(
        NEXT_DAY,
        refund("o1", "r1").of(30_00).line("boot", 30_00),
        refund("o1", "r3"),
        refund("o2", "r4"));
    nightly(NEXT_DAY);

    assertThat(differences())
        .containsExactly(
            "o1 CAPTURE_AMOUNT A 9900 10000",
            "o1 CAPTURE_NOT_AT_KLARNA D 10000 -",
            "o1 CAPTURE_ORDER B o2 o1",
            "o1 REFUND_LINES r1 [[\"boot\", 3000]] [[\"shoe\", 3000]]",
            "o1 REFUND_NOT_AT_KLARNA r3 10000 -",
            "o1 REFUND_NOT_IN_FILES r2 - 500",
            "o2 CAPTURE_NOT_AT_KLARNA B 5000 -",
            "o2 CAPTURE_NOT_IN_FILES C - 10000");
    assertThat(
            texts(
                "select explanation from recredit.feed_difference where id in ('A', 'r3') order by 1"))
        .containsExactly(
            "Capture A is of 99.00 SEK in the files, and of 100.00 SEK in the document.",
            "Refund r3 of 100.00 SEK is in the files, and not in the document that was read after it.");
  }

  private List<String> differences() {
    return texts(
        "select concat_ws(' ', order_id, kind, id, coalesce(in_files, '-'), coalesce(at_klarna, '-')) from recredit.feed_difference order by 1");
  }

  @Test
  void nothingPersonalIsKeptOfADocumentBeItReadOrRejected() {
    var person = "PERSONAL";
    var lines =
        List.of(
            elsewhere("2026-11-21T03:00:00Z")
                .with("billing_address", Map.of("email", person))
                .with("customer", Map.of("date_of_birth", person))
                .with("order_lines", List.of(Map.of("name", person)))
                .with("merchant_data", person)
                .json(),
            elsewhere("yesterday").with("shipping_address", Map.of("city", person)).json(),
            document("o2").with("read_at", Map.of("name", person)).json(),
            document("o3").with("captures", Map.of("name", person)).json(),
            "{\"order_id\":\"o4\",\"email\":\"" + person + "\"",
            person,
            "{\"order_id\":\"o5\",\"email\":\"" + person + "\"} " + person);
    feed.lines("orders", DAY, lines);
    var run = nightly(DAY);

    assertThat(rejected()).hasSize(6);
    assertThat(texts("select raw from recredit.rejected_record where line_number >= 5"))
        .containsExactly("", "", "");
    for (var table :
        texts(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables where table_schema like 'recredit%'")) {
      assertThat(texts("select t::text from " + table + " t where t::text like '%PERSONAL%'"))
          .as(table)
          .isEmpty();
    }
    assertThat(String.join(" ", said)).doesNotContain(person);
    assertThat(run).isNotNull();
  }

  @Test
  void whatALaterSnapshotSaysAsTheOneBeforeIsNotWrittenAgain() {
    feed.orders(DAY, elsewhere("2026-11-21T03:00:00Z"));
    nightly(DAY);
    feed.orders(NEXT_DAY, elsewhere("2026-11-22T03:00:00Z"));
    nightly(NEXT_DAY);

    assertThat(texts("select run_id || ' ' || read_at::date from recredit.refund_evidence"))
        .containsExactly("1 2026-11-22");
    assertThat(number("select count(*) from capture") + number("select count(*) from refund"))
        .isEqualTo(3);
    assertThat(number("select count(*) from recredit.order_snapshot")).isEqualTo(2);
    assertThat(number("select orders_decided from recredit.run where run_id = 2")).isZero();
  }

  @Test
  void aLaterSnapshotWithTheSameContentTellsThatARefundBetweenTheTwoIsNotListed() {
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r2").of(5_00).ofCapture("A").at("2026-11-21T12:00:00Z"));
    feed.orders(DAY, elsewhere("2026-11-21T03:00:00Z"));
    nightly(DAY);
    assertThat(evidence())
        .containsExactly("r1 ELSEWHERE PROVEN of REFERENCE", "r2 NEWER of CAPTURE_ID");

    feed.captures(NEXT_DAY);
    feed.refunds(NEXT_DAY);
    feed.orders(NEXT_DAY, elsewhere("2026-11-21T12:00:00Z"));
    nightly(NEXT_DAY);
    assertThat(evidence())
        .containsExactly("r1 ELSEWHERE PROVEN of REFERENCE", "r2 NOT_LISTED of CAPTURE_ID");
  }

  /** "r1 ELSEWHERE PROVEN of REFERENCE". */
  private List<String> evidence() {
    return texts(
        "select concat_ws(' ', refund_id, verdict, certainty, 'of', decision) from recredit.refund_evidence order by 1");
  }

  private List<String> places() {
    return texts(
        "select format('%s on %s: %s', refund_id, capture_id, amount) from recredit.refund_place order by 1");
  }
}
