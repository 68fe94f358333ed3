package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedDocument.line;
import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies.Evidence;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people are told of Klarna's record: advice, a run's summary, the report. */
class WhatTheRecordTellsTest extends ReportingTest {

  @Autowired private RunSummary summary;

  /** A has the shoe, B the hat; what of the refunds stands on each is Klarna's doing. */
  private static FeedDocument order(String readAt, long onA, long onB) {
    return document("o1")
        .with("merchant_reference1", "shop-1")
        .readAt(readAt)
        .capture("A", 100_00, onA, List.of(line("shoe", 100_00)))
        .capture("B", 50_00, onB, List.of(line("hat", 50_00)));
  }

  /** With r2, of which nothing says where it belongs. */
  private static FeedDocument otherOrder(String readAt, long onC, long onD) {
    return document("o2")
        .readAt(readAt)
        .capture("C", 90_00, onC)
        .capture("D", 9_00, onD)
        .refund("r2", 5_00);
  }

  private static FeedDocument withShoe(FeedDocument order) {
    return order.refund("r1", 30_00, "2026-11-20T12:00:00Z", List.of(line("shoe", 30_00)));
  }

  private static FeedDocument withoutLines(FeedDocument order) {
    return order.refund("r1", 30_00);
  }

  @Test
  void anExceptionThatLandedIsProposedToStandWhereTheRecordProvesItToBe() {
    feed.orders(DAY, withoutLines(order("2026-11-21T03:00:00Z", 0, 30_00)));
    nightly(DAY);

    assertThat(
            texts(
                "select concat_ws(' ', reason, proposed, verdict, certainty, stands_on) from recredit.refund_exception"))
        .containsExactly("NO_ORDER_LINES B LANDED PROVEN {\"B\": 3000}");
    assertThat(texts("select suggestion from recredit.refund_exception").get(0))
        .startsWith(
            "Klarna's record shows it on capture B (30.00 SEK). Where that is right, nothing is to be asked of Klarna; where it is not: Have Klarna put it on its invoice.")
        .contains(
            "Proposed: capture B. Klarna's record shows it there, and its snapshots leave no other place",
            "resolve --recorded --note TEXT --by NAME");
    resolved(byHand("r1", "B"));
    assertThat(credits()).containsExactly("r1 to B: 3000 by MANUAL");
    assertThat(texts("select verdict from recredit.refund_evidence")).containsExactly("AS_DECIDED");
  }

  @Test
  void whatOnlyLooksSoIsToldAndNotProposed() {
    feed.orders(
        DAY,
        order("2026-11-21T03:00:00Z", 20_00, 30_00)
            .refund("r0", 20_00, "2026-11-20T11:00:00Z", List.of(line("shoe", 20_00)))
            .refund("r1", 30_00));
    nightly(DAY);

    assertThat(
            texts(
                "select concat_ws(' ', verdict, certainty, stands_on, proposed) from recredit.refund_exception"))
        .containsExactly("LANDED INFERRED {\"B\": 3000}");
    assertThat(texts("select suggestion from recredit.refund_exception").get(0))
        .contains(
            "Klarna's record shows it on capture B (30.00 SEK). This is inferred, not proven.")
        .doesNotContain("Proposed");
  }

  @Test
  void whereTheRecordShowsMoreThanAnInvoiceHasRoomForNothingIsProposed() {
    feed.captures(DAY, capture("o1", "A").of(100_00), capture("o1", "B").of(20_00));
    feed.refunds(DAY, refund("o1", "r1").of(30_00));
    feed.orders(DAY, withoutLines(order("2026-11-21T03:00:00Z", 0, 30_00)));
    nightly(DAY);

    assertThat(texts("select coalesce(proposed, 'none') from recredit.refund_exception"))
        .containsExactly("none");
    assertThat(texts("select suggestion from recredit.refund_exception").get(0))
        .contains("Klarna's record shows it on capture B (30.00 SEK).");
  }

  @Test
  void whatFollowsFromARefundThatWasFollowedIsNotToldToWaitForIt() {
    policy(policies -> policies.with(Evidence.FOLLOW));
    feed.orders(
        DAY,
        withoutLines(order("2026-11-21T03:00:00Z", 0, 30_00)),
        withoutLines(order("2026-11-22T03:00:00Z", 0, 30_00))
            .refund("r2", 10_00, "2026-11-21T12:00:00Z", List.of(line("shoe", 10_00))));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to B: 3000 by KLARNA_RECORD");
    assertThat(exceptions()).containsExactly("r2: PRIOR_ALLOCATION_FAILED");
    assertThat(texts("select suggestion from recredit.refund_exception").get(0))
        .startsWith(
            "Klarna's record shows nothing of it on an invoice. Refund r1 is on its invoice by now, and still keeps later ones from being allocated: have Klarna put this one on its invoice, whose references are on capture A.");
  }

  @Test
  void aRunNamesWhatIsNotWhereItWasPutWhatLandedAndWhatKlarnaMoved() {
    feed.orders(
        DAY,
        withShoe(order("2026-11-21T03:00:00Z", 0, 30_00)),
        otherOrder("2026-11-21T03:00:00Z", 0, 0));
    assertThat(told(nightly(DAY)))
        .contains(
            "ELSEWHERE                     1  of which 1 proven",
            "ON_NO_INVOICE                 1  of which 1 proven",
            "1 refund is not where it was put:",
            "- r1 (30.00 SEK): Klarna's record shows it on capture B (30.00 SEK); it is credited on capture A (30.00 SEK).")
        .doesNotContain("r2");

    feed.orders(
        NEXT_DAY,
        withShoe(order("2026-11-22T03:00:00Z", 30_00, 0)),
        otherOrder("2026-11-22T03:00:00Z", 5_00, 0));
    assertThat(told(nightly(NEXT_DAY)))
        .contains(
            "1 refund stands on an invoice now:",
            "- r2 (5.00 SEK): Klarna's record shows it on capture C (5.00 SEK).",
            "1 refund stood elsewhere before:",
            "- r1 (30.00 SEK): Klarna's record shows it where it is credited: capture A (30.00 SEK).");
  }

  @Test
  void manyAreCountedAndSomeNamed() {
    var documents = new FeedDocument[8];
    for (var i = 0; i < documents.length; i++) {
      documents[i] =
          document("o" + i)
              .readAt("2026-11-21T03:00:00Z")
              .capture("c" + i, 90_00, 0L)
              .refund("r" + i, 5_00);
    }
    feed.orders(DAY, documents);
    assertThat(told(nightly(DAY)))
        .contains("8 refunds are not where they were put:", "- r4 (5.00 SEK)", "and 3 more")
        .doesNotContain("- r5");
  }

  @Test
  void whatToAskOfKlarnaIsReadyToSendUnderEitherPolicy() {
    feed.orders(
        DAY,
        withShoe(order("2026-11-21T03:00:00Z", 0, 30_00)),
        document("o2").readAt("2026-11-21T03:00:00Z").capture("C", 90_00, 0L).refund("r2", 5_00),
        document("o3")
            .readAt("2026-11-21T03:00:00Z")
            .capture("E", 90_00, 2_00L)
            .refund("r3", 5_00));
    nightly(DAY);
    var requests =
        List.of(
            "Please move refund r1 of 30.00 SEK, order o1 (our reference shop-1), from invoice B (30.00 SEK) to invoice A (30.00 SEK).",
            "Please put refund r2 of 5.00 SEK, order o2, on invoice C (5.00 SEK): Klarna's record shows it on no invoice.",
            "Please put refund r3 of 5.00 SEK, order o3, on invoice E (5.00 SEK): Klarna's record shows only a part of it on an invoice, invoice E (2.00 SEK).");
    assertThat(requests()).isEqualTo(requests);

    policy(policies -> policies.with(Evidence.FOLLOW));
    nightly(DAY);
    assertThat(credits()).containsExactly("r1 to B: 3000 by KLARNA_RECORD");
    assertThat(requests()).isEqualTo(requests);
    assertThat(texts("select request from recredit.refund_to_move_as_of(1) order by refund_id"))
        .isEqualTo(requests);
  }

  /** Whose amounts differ is another matter: nothing of it would be moved. */
  @Test
  void whatIsOfAnotherAmountInTheRecordIsNotAskedToBeMoved() {
    feed.captures(DAY, capture("o1", "A").of(200_00));
    feed.refunds(DAY, refund("o1", "r1").of(20_00));
    feed.orders(
        DAY,
        document("o1")
            .readAt("2026-11-21T03:00:00Z")
            .capture("A", 200_00, 30_00L)
            .refund("r1", 30_00));
    nightly(DAY);
    assertThat(texts("select verdict from recredit.refund_evidence")).containsExactly("ELSEWHERE");
    assertThat(requests()).isEmpty();
  }

  @Test
  void whatStandsInHalfAndThenWholeIsOnInvoicesNow() {
    var half = document("o1").readAt("2026-11-21T03:00:00Z").capture("A", 90_00, 2_00L);
    feed.orders(DAY, half.refund("r1", 5_00));
    nightly(DAY);
    var all = document("o1").readAt("2026-11-22T03:00:00Z").capture("A", 90_00, 5_00L);
    feed.orders(NEXT_DAY, all.refund("r1", 5_00));
    assertThat(told(nightly(NEXT_DAY)))
        .contains("1 refund stands on an invoice now:")
        .doesNotContain("elsewhere");
  }

  @Test
  void whereCluesAndTheRecordDifferNothingIsProposed() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).line("shoe", 100_00),
        capture("o1", "B").of(20_00).line("hat", 20_00));
    feed.refunds(DAY, refund("o1", "r1").of(30_00).line("Shoe", 30_00));
    feed.orders(DAY, withoutLines(order("2026-11-21T03:00:00Z", 0, 30_00)));
    nightly(DAY);
    assertThat(
            texts(
                "select concat_ws(' ', reason, stands_on, proposed) from recredit.refund_exception"))
        .containsExactly("REFERENCE_NOT_CAPTURED {\"B\": 3000}");
  }

  @Test
  void aReportHoldsTheRecordBesideTheDecisions() {
    feed.captures(
        DAY,
        capture("o1", "A").of(100_00).line("shoe", 100_00),
        capture("o1", "B").of(40_00).line("hat", 40_00));
    feed.refunds(DAY, refund("o1", "r1").of(30_00).line("shoe", 30_00));
    feed.orders(
        DAY,
        withShoe(order("2026-11-21T03:00:00Z", 0, 30_00)),
        otherOrder("2026-11-21T03:00:00Z", 0, 5_00));
    nightly(DAY);
    var files = report("all", DAY, DAY);

    assertThat(files.csv("rule_agreement"))
        .extracting(row -> row.get("decision") + " " + row.get("verdict") + " " + row.get("amount"))
        .containsExactly("NO_ORDER_LINES LANDED 5.00", "REFERENCE ELSEWHERE 30.00");
    assertThat(files.csv("ask_klarna_to_move"))
        .extracting(row -> row.get("stands_on") + " " + row.get("belongs_on"))
        .containsExactly("B=30.00 A=30.00");
    assertThat(files.csv("invoices_that_differ"))
        .extracting(row -> row.get("capture_id") + " " + row.get("difference"))
        .containsExactly("A -30.00", "B 30.00", "D 5.00");
    assertThat(files.csv("exceptions"))
        .extracting(row -> row.get("verdict") + " " + row.get("stands_on"))
        .containsExactly("LANDED D=5.00");
    assertThat(files.csv("feed_differences"))
        .extracting(row -> row.get("kind") + " " + row.get("id"))
        .contains("CAPTURE_AMOUNT B", "REFUND_NOT_IN_FILES r2");
    assertThat(files.csv("summary"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("item", "to ask Klarna to move")
                    .containsEntry("count", "1"));
    assertThat(page("all"))
        .contains(
            "Ask Klarna to move",
            "from invoice B (30.00 SEK) to invoice A (30.00 SEK).",
            "Invoices that differ",
            "Capture B is of 40.00 SEK in the files, and of 50.00 SEK in the document.");
  }

  @Test
  void nothingPersonalOfADocumentIsInAReport() throws IOException {
    var person = Map.of("given_name", "PERSONAL", "email", "PERSONAL@example.com");
    feed.lines(
        "orders",
        DAY,
        List.of(
            withShoe(order("2026-11-21T03:00:00Z", 0, 30_00))
                .with("billing_address", person)
                .with("customer", person)
                .json(),
            withShoe(order("yesterday", 0, 30_00)).with("billing_address", person).json(),
            "{\"order_id\": \"o9\", \"email\": \"PERSONAL\""));
    nightly(DAY);
    report("all", DAY, DAY);

    try (var files = Files.list(output.resolve("all"))) {
      for (var file : files.toList()) {
        assertThat(content(file)).as("%s", file).isNotEmpty().doesNotContain("PERSONAL");
      }
    }
  }

  /** Of a workbook what its parts hold, unpacked. */
  private static String content(Path file) throws IOException {
    if (!file.toString().endsWith(".xlsx")) {
      return Files.readString(file);
    }
    var content = new StringBuilder();
    try (var parts = new ZipFile(file.toFile())) {
      for (var part : Collections.list(parts.entries())) {
        content.append(new String(parts.getInputStream(part).readAllBytes(), UTF_8));
      }
    }
    return content.toString();
  }

  @Test
  void aReportOfAShopWithoutDocumentsSaysNothingOfTheRecord() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    report("all", DAY, DAY);
    assertThat(page("all")).doesNotContain("Klarna&#39;s record");
  }

  private String told(Run run) {
    return String.join("\n", summary.lines(run));
  }

  private List<String> requests() {
    return texts("select request from recredit.refund_to_move order by refund_id");
  }
}
