package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.ShownTables;
import io.recredit.erasing.Erasing;
import io.recredit.resolution.NoteRequest;
import io.recredit.resolution.ResolutionRequest;
import io.recredit.resolution.ResolutionRequests;
import io.recredit.resolution.ResolveAs;
import io.recredit.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was personal of an erased order is nowhere any more, and all that is proved still holds. */
class ErasingTest extends JobTest {

  /** In everything that could be personal of the order, and nowhere else. */
  private static final String PERSONAL = "Frida";

  private static final String CALLED = "Wedding dress of " + PERSONAL;

  @Autowired private Erasing erasing;

  private Run erase(String order) {
    var finished = new ArrayList<Run>();
    asOwner(
        () ->
            reconciliation()
                .runOnce(
                    Run.Kind.ERASURE,
                    () -> Optional.of(erasing.input(order, "Karin", "asked to")),
                    said::add,
                    finished::add));
    return finished.get(0);
  }

  private static Map<String, Object> dress(String reference, long amount) {
    return Map.of("reference", reference, "name", CALLED + " \"XL\"", "total_amount", amount);
  }

  /** With exceptions that quote what things are called, and a history. */
  private void aHistory() {
    files(100_00);
    nightly(DAY);
    files(90_00);
    rerun(DAY, DAY);
    takeIn(
        Run.Kind.NOTE,
        ResolutionRequests.of(
            new NoteRequest("", "r2", "asked", "4711", PERSONAL + " rang", "Anna", null)));
    takeIn(
        Run.Kind.RESOLUTION,
        ResolutionRequests.of(
            new ResolutionRequest(
                "", "r3", ResolveAs.WRITE_OFF, PERSONAL + " is cross", "Anna", null)));
  }

  private void files(long refunded) {
    feed.captures(
        DAY,
        capture("o1", "A")
            .with("reference", "shipment to " + PERSONAL)
            .with("merchant_reference1", "number-1")
            .with("merchant_reference2", PERSONAL)
            .lineOf(dress("SKU-1", 100_00)),
        capture("o1", "B").of(50_00).lineOf(dress("SKU-2", 50_00)),
        capture("o2", "C").lineOf(Map.of("name", "Hat", "total_amount", 100_00)));
    feed.refunds(
        DAY,
        refund("o1", "r1")
            .of(refunded)
            .with("reference", "return of " + PERSONAL)
            .with("description", PERSONAL + " did not like it")
            .lineOf(dress("SKU-1", refunded)),
        refund("o1", "r2").of(10_00).lineOf(dress("sku-2", 10_00)),
        refund("o1", "r3").of(20_00).lineOf(dress("SKU-9", 20_00)),
        refund("o2", "r4").lineOf(Map.of("name", "Hat", "total_amount", 100_00)));
    feed.orders(
        DAY,
        document("o1")
            .readAt("2026-11-20T20:00:00Z")
            .with("merchant_reference2", PERSONAL)
            .capture("A", 100_00, 0L, List.of(dress("SKU-1", 100_00)))
            .capture("B", 50_00, refunded, List.of(dress("SKU-2", 50_00)))
            .refund("r1", refunded, "2026-11-20T12:00:00Z", List.of(dress("SKU-1", refunded))));
    feed.lines(
        "releases",
        DAY,
        List.of(
            "{\"order_id\":\"o1\",\"released_at\":\"yesterday, says %s\"}".formatted(PERSONAL)));
  }

  /** As a dump has them: every row of every table. */
  private Map<String, List<String>> dump() {
    var dump = new LinkedHashMap<String, List<String>>();
    for (var table :
        texts(
            "select schemaname || '.' || tablename from pg_tables where schemaname like 'recredit%'")) {
      dump.put(table, database.rows(ShownTables.rows(table, List.of())));
    }
    return dump;
  }

  private List<String> rowsThatName(String what) {
    return dump().entrySet().stream()
        .flatMap(
            table ->
                table.getValue().stream()
                    .filter(row -> row.contains(what))
                    .map(row -> table.getKey() + " " + row))
        .toList();
  }

  /** What no erasing changes. */
  private List<String> facts() {
    return texts(
        """
        select to_jsonb(d)::text from decision d
        union all select to_jsonb(c)::text from credit c
        union all select to_jsonb(j)::text from journal j
        union all (select distinct (to_jsonb(b) - 'name' - 'digest' - 'since_run' - 'until_run')::text from book_line b)
        union all select (to_jsonb(e) - 'explanation' - 'until_run')::text from refund_evidence e where since_run < 5
        union all select concat(capture_id, since_run, until_run, captured_amount, merchant_reference1) from capture
        union all select concat(refund_id, since_run, until_run, refunded_amount) from refund
        order by 1
        """);
  }

  @Test
  void nothingPersonalIsLeftAndEveryProofHolds() {
    aHistory();
    assertThat(rowsThatName(PERSONAL))
        .extracting(row -> row.replaceAll(" .*", ""))
        .contains(
            "recredit_store.capture",
            "recredit_store.refund",
            "recredit_store.document",
            "recredit_store.book_line",
            "recredit_store.exception_text",
            "recredit_store.rejected_record",
            "recredit_store.resolution",
            "recredit_store.exception_note");
    var facts = facts();

    var run = erase("o1");

    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(facts()).isEqualTo(facts);
    assertThat(rowsThatName("Hat")).as("of the other order").isNotEmpty();
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(
            texts("select order_id || ' ' || erased_by || ' ' || note from recredit.erased_order"))
        .containsExactly("o1 Karin asked to");
    assertThat(texts("select error || raw from recredit.rejected_record"))
        .containsExactly("Erased.Erased.");
    assertThat(runs()).last().isEqualTo("erasure done");
    assertThat(number("select changed from recredit.run where run_id = " + run.runId())).isZero();
  }

  @Test
  void whatWasSaidIsSaidAnewAndInHistoryItIsGone() {
    aHistory();
    erase("o1");

    assertThat(texts("select distinct explanation from exception_text where until_run is not null"))
        .containsExactly("Erased.");
    assertThat(texts("select explanation from recredit.refund_exception where refund_id = 'r2'"))
        .singleElement()
        .asString()
        .contains("sku-2")
        .doesNotContain("Erased", PERSONAL);
    assertThat(
            texts(
                "select explanation from recredit.refund_exception_as_of(1) where order_id = 'o1'"))
        .containsOnly("Erased.");
  }

  @Test
  void laterReadingsBringNothingBackAndChangeNothing() {
    aHistory();
    erase("o1");
    sql("update input_file set read_by = '0.0.1'"); // so that the same files are read again
    var before = number("select count(*) from capture") + number("select count(*) from document");
    rerun(DAY, DAY);

    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(number("select count(*) from capture") + number("select count(*) from document"))
        .isEqualTo(before);
    assertThat(number("select count(*) from refund where since_run > 5")).isZero();

    feed.captures(NEXT_DAY, capture("o1", "D").lineOf(dress("SKU-3", 100_00)));
    feed.lines(
        "refunds",
        NEXT_DAY,
        List.of(
            refund("o1", "r7").of(1_00).with("description", PERSONAL).json(),
            refund("o1", "r7").of(2_00).with("description", PERSONAL).json(),
            "{\"order_id\":\"o1\",\"description\":\"%s\"}".formatted(PERSONAL)));
    nightly(NEXT_DAY);
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(rejected())
        .contains("refunds-2026-11-21.ndjson line 2", "refunds-2026-11-21.ndjson line 3");
    assertThat(texts("select distinct error || raw from recredit.rejected_record"))
        .as("as it would read if it had been read before")
        .containsExactly("Erased.Erased.");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void ofARefusedRequestTheBodyIsErasedAndOfAnEventThereIsNothingTo() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    feed.refusals(
        DAY,
        "{'order_id':'o1','attempted_at':'2026-11-20T11:00:00Z','error_code':'NOT_ALLOWED','request':{"
            + "'refunded_amount':'%s','description':'%s','merchant_reference1':'%s'}}"
                .formatted(PERSONAL, PERSONAL, PERSONAL));
    feed.events(
        DAY,
        "{'metadata':{'event_id':'e1','event_type':'payment.transaction.refunded','occurred_at':'2026-11-20T12:00:00Z'},"
            + "'payload':{'payment_transaction_id':'o1','customer':'%s'}}".formatted(PERSONAL));
    nightly(DAY);
    assertThat(rowsThatName(PERSONAL)).isNotEmpty();
    erase("o1");
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(
            texts(
                "select concat_ws(' ', error_code, request, request_faults) from recredit.refused_refund"))
        .containsExactly("NOT_ALLOWED {}");
    assertThat(texts("select refund_id from recredit.refund_event")).containsExactly("r1");
  }

  @Test
  void whatIsErasedStaysSoThoughItsRunFailsAndTheNextOneSaysItAnew() {
    aHistory();
    failAtRow("proved_range", 1);
    assertThat(refused(() -> erase("o1")).getMessage()).contains("no more room");
    failNoMore();
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(texts("select explanation from recredit.refund_exception where refund_id = 'r2'"))
        .containsExactly("Erased.");

    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(texts("select explanation from recredit.refund_exception where refund_id = 'r2'"))
        .singleElement()
        .asString()
        .contains("sku-2");
    assertThat(rowsThatName(PERSONAL)).isEmpty();
  }

  /** However JSON writes it; and what is cut off may have named it. */
  @Test
  void rejectedLinesThatNameTheOrderAreErasedHoweverTheyDo() {
    feed.captures(DAY, capture("köp/1", "A").lineOf(dress("SKU-1", 100_00)));
    var lines =
        List.of(
            "{\"order_id\":\"k\\u00f6p\\/1\",\"refund_id\":\"r1\",\"description\":\"Frida\"}",
            "{\"order_id\":\"köp/1\",\"refund_id\":\"r1\",\"description\":\"Frida\"}",
            "{\"order_id\":\"köp/12\",\"refund_id\":\"r2\",\"description\":\"Hat\"}",
            "{\"refund_id\":\"r3\",\"description\":\"%s\",\"order_id\":\"köp/1\"}"
                .formatted("Frida ".repeat(1_000)));
    feed.lines("refunds", DAY, lines);
    nightly(DAY);
    assertThat(rowsThatName(PERSONAL)).hasSizeGreaterThan(3);
    erase("köp/1");
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(rowsThatName("Hat")).hasSize(1);

    feed.lines("refunds", NEXT_DAY, lines);
    feed.captures(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(rowsThatName("Hat")).hasSize(2);
  }

  /** A refund that belongs to another order by now, and an order that has no exception. */
  @Test
  void whatMovedToAnotherOrderIsErasedTooAndOnlyCreditsAreSaidAnew() {
    feed.captures(DAY, capture("o1", "A").lineOf(dress("SKU-1", 100_00)), capture("o2", "B"));
    feed.refunds(DAY, refund("o1", "r1").of(1_00).with("description", PERSONAL));
    nightly(DAY);
    feed.refunds(DAY, refund("o2", "r1").of(1_00).with("description", PERSONAL));
    rerun(DAY, DAY);
    erase("o1");
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(credits()).hasSize(1);

    feed.refunds(DAY, refund("o2", "r1").of(1_00));
    rerun(DAY, DAY);
    erase("o2");
    var before = number("select count(*) from book_line");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(number("select count(*) from book_line")).isEqualTo(before);
    assertThat(texts("select order_id from recredit.erased_order order by 1"))
        .containsExactly("o1", "o2");
  }

  /** What stands on an invoice is called as its lines are, and so is a near miss of it. */
  @Test
  void whatIsSaidOfTheOrderThatACaptureMovedToIsErasedToo() {
    var moved = capture("o2", "A").lineOf(dress("SKU-1", 100_00));
    feed.captures(DAY, capture("o1", "A").lineOf(dress("SKU-1", 100_00)), capture("o2", "B"));
    feed.refunds(
        DAY, refund("o2", "r1").ofCapture("A"), refund("o2", "r2").of(10_00).line("sku-1", 10_00));
    nightly(DAY);
    feed.captures(DAY, moved, capture("o2", "B"));
    rerun(DAY, DAY);
    assertThat(texts("select distinct name from recredit.credit_line"))
        .contains(CALLED + " \"XL\"");
    erase("o1");
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(texts("select name from recredit.credit_line")).isNotEmpty().containsOnlyNulls();
    assertThat(texts("select explanation from recredit.refund_exception"))
        .isNotEmpty()
        .noneMatch(explanation -> explanation.contains("Erased"));
  }

  /** It counts where no file has it, and would come back with the order's next document. */
  @Test
  void whatTheDocumentOfAnotherOrderHasStaysThere() {
    feed.nothing(DAY);
    feed.orders(
        DAY,
        document("o1")
            .readAt("2026-11-20T20:00:00Z")
            .capture("A", 100_00, 100_00L)
            .refund("r1", 100_00, "2026-11-20T12:00:00Z", List.of(dress("SKU-1", 100_00))),
        document("o0")
            .readAt("2026-11-20T20:00:00Z")
            .capture("B", 100_00, 100_00L)
            .refund(
                "r1",
                100_00,
                "2026-11-20T12:00:00Z",
                List.of(Map.of("reference", "SKU-1", "name", "Hat", "total_amount", 100_00))));
    nightly(DAY);
    var lines = texts("select to_jsonb(l)::text from recredit.credit_line l");
    assertThat(lines).singleElement().asString().contains("Hat");
    erase("o1");
    assertThat(rowsThatName(PERSONAL)).isEmpty();
    assertThat(texts("select to_jsonb(l)::text from recredit.credit_line l")).isEqualTo(lines);
  }

  @Test
  void anOrderThatNobodyKnowsIsNotErased() {
    aHistory();
    for (var unknown : List.of("", " ", "o", "100")) {
      assertThat(refused(() -> erase(unknown)).getMessage()).contains("was ever read");
    }
    assertThat(texts("select raw from recredit.rejected_record")).doesNotContain("Erased.");
    assertThat(refused(() -> erase("o99")).getMessage())
        .isEqualTo("Nothing of order o99 was ever read. Check the id.");
    assertThat(texts("select order_id from recredit.erased_order")).isEmpty();
  }
}
