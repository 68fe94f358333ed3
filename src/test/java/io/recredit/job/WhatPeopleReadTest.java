package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.ShownTables;
import io.recredit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The schema recredit: when it changes, who may read it, what it says of itself. */
class WhatPeopleReadTest extends JobTest {

  /** The relations of the contract and the columns that each must have. */
  private static final Map<String, String> CONTRACT =
      Map.ofEntries(
          Map.entry(
              "invoice_credit",
              "refund_id, order_id, capture_id, invoice_reference, refund_reference, capture_reference, currency, credited_amount, credited_tax_amount, return_fee_amount, match_rule, order_reference, purchase_country, refunded_at, business_date, decided_on, run_id"),
          Map.entry(
              "refund_exception",
              "refund_id, order_id, refund_reference, currency, refunded_amount, reason, explanation, suggestion, proposed, why_proposed, blocking_refund_id, root_refund_id, only_invoice, order_reference, purchase_country, refunded_at, business_date, decided_on, run_id, status, case_id, note"),
          Map.entry(
              "refund_duplicate",
              "refund_id, duplicate_of, order_id, currency, refunded_amount, duplicate_of_amount, business_date, run_id"),
          Map.entry(
              "invoice_balance",
              "order_id, order_reference, purchase_country, capture_id, invoice_reference, currency, captured_amount, credited_amount, remaining_amount, unallocated_on_order, captured_at"),
          Map.entry(
              "daily_reconciliation",
              "business_date, currency, refunds, refunded_amount, credited_refunds, credited_amount, assumed_amount, exceptions, unallocated_amount, write_offs, written_off_amount, duplicates, duplicate_amount, difference"),
          Map.entry(
              "refund_write_off",
              "refund_id, order_id, order_reference, currency, refunded_amount, written_off_amount, business_date, decided_on, run_id"),
          Map.entry(
              "over_refunded",
              "order_id, order_reference, currency, captured_amount, refunded_amount, beyond"),
          Map.entry(
              "resolution",
              "refund_id, kind, resolved_amount, capture_id, amount, written_off_amount, note, resolved_by, resolved_at, void, run_id"),
          Map.entry("rejected_record", "file_name, line_number, error, raw, run_id"),
          Map.entry(
              "input_file",
              "file_name, kind, file_date, sha256, lines, accepted, repeated, rejected, withdrawn, read_at, run_id"),
          Map.entry(
              "run",
              "run_id, kind, from_date, to_date, started_at, ended_at, status, spanning, ambiguous, return_fee_countries, time_zone, resolved, rules_version, refunds_read, rejected, credited, excepted, changed"));

  @Test
  void readersSeeNothingOfARunBeforeItIsProved() throws SQLException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(40_00), refund("o2", "r2"));
    nightly(DAY);
    var before = everything();
    var filesBefore = files();
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.lines("refunds", DAY, List.of(refund("o1", "r1").json(), refund("o2", "r2").json(), "{}"));

    interlude.whenDone(
        Interlude.DECIDING,
        () -> {
          assertThat(number("select count(*) from decision where since_run = 2")).isEqualTo(2);
          assertThat(everything()).isEqualTo(before);
          assertThat(files()).isEqualTo(filesBefore);
          assertThat(rejected()).isEmpty();
          assertThat(texts("select status from recredit.run where run_id = 2"))
              .containsExactly("running");
          assertThat(texts("select refund_id from recredit.invoice_credit_as_of(2)")).isEmpty();
          assertThat(proof.ofEverything()).isEmpty();
          sql("insert into staging_of_run values (-1)");
        });
    nightly(DAY);

    assertThat(texts("select run_id from staging_of_run")).as("seen meanwhile").contains("-1");
    assertThat(credits())
        .containsExactly("r1 to A: 10000 by SOLE_CAPTURE", "r2 to B: 10000 by SOLE_CAPTURE");
    assertThat(rejected()).hasSize(1);
  }

  @Test
  void allOfARunIsShownAtOneMoment() throws Exception {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"));
    try (var reader = database.connect()) {
      // Whoever holds the run's row keeps it from being published.
      interlude.whenDone(Interlude.DECIDING, () -> holdRuns(reader));
      var run = CompletableFuture.supplyAsync(() -> nightly(DAY));
      while (number("select count(*) from pg_locks where not granted") == 0) {
        assertThat(run).isNotDone();
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(credits()).isEmpty();
      assertThat(exceptions()).isEmpty();
      assertThat(balances()).isEmpty();
      assertThat(files()).isEmpty();

      reader.rollback();
      run.get(30, TimeUnit.SECONDS);
      assertThat(credits()).hasSize(1);
      assertThat(exceptions()).hasSize(1);
      assertThat(balances()).hasSize(1);
      assertThat(files()).hasSize(2);
    }
  }

  private static void holdRuns(Connection reader) {
    try (var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("lock table recredit_store.run in share mode");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theReaderRoleReadsAllOfItAndNothingElse() throws SQLException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    try (var reader = database.connect();
        var statement = reader.createStatement()) {
      statement.execute("set role recredit_reader");
      for (var relation : relations("recredit")) {
        statement.execute("select * from " + relation);
      }
      for (var function :
          texts(
              "select p.oid::regproc::text from pg_proc p where pronamespace = 'recredit'::regnamespace and proname like '%\\_as\\_of'")) {
        statement.execute("select * from %s(1)".formatted(function));
      }
      var hidden = new ArrayList<>(relations("recredit_store"));
      hidden.addAll(relations("recredit_batch"));
      assertThat(hidden).hasSizeGreaterThan(10);
      for (var relation : hidden) {
        assertThatThrownBy(() -> statement.execute("select * from " + relation))
            .as(relation)
            .hasMessageContaining("permission denied");
      }
      assertThatThrownBy(() -> statement.execute("create table recredit.mine ()"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aReaderSeesEveryRelationAsOfTheRunThatTheSettingNames() throws SQLException {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"));
    nightly(DAY);
    feed.captures(NEXT_DAY, capture("o2", "B"));
    feed.lines("refunds", NEXT_DAY, List.of("{\"refund_id\":\"r9\"}"));
    nightly(NEXT_DAY);
    try (var reader = database.connect();
        var statement = reader.createStatement()) {
      statement.execute("set role recredit_reader");
      var now = everythingIn(reader, "recredit.%s");
      statement.execute("set recredit.as_of = 1");
      var then = everythingIn(reader, "recredit.%s");
      assertThat(then).isNotEqualTo(now);
      assertThat(TestDatabase.rows(reader, "select run_id from recredit.run_change"))
          .containsOnly("1");
      // A function leaves the setting as it was, that of the session and that of a transaction.
      assertThat(everythingIn(reader, "recredit.%s_as_of(2)")).isEqualTo(now);
      assertThat(everythingIn(reader, "recredit.%s")).isEqualTo(then);
      statement.execute("begin");
      statement.execute("set local recredit.as_of = 2");
      assertThat(everythingIn(reader, "recredit.%s_as_of(1)")).isEqualTo(then);
      assertThat(everythingIn(reader, "recredit.%s")).isEqualTo(now);
      statement.execute("commit");
      assertThat(everythingIn(reader, "recredit.%s")).isEqualTo(then);
      statement.execute("reset recredit.as_of");
      assertThat(everythingIn(reader, "recredit.%s_as_of(1)")).isEqualTo(then);
      assertThat(everythingIn(reader, "recredit.%s")).isEqualTo(now);

      statement.execute("set recredit.as_of = 3");
      assertThat(everythingIn(reader, "recredit.%s").values()).allMatch(List::isEmpty);
      assertThat(everythingIn(reader, "recredit.%s_as_of(null)").values()).allMatch(List::isEmpty);
    }
  }

  private Map<String, List<String>> everythingIn(Connection reader, String relation)
      throws SQLException {
    var everything = new TreeMap<String, List<String>>();
    for (var function :
        texts(
            "select replace(proname, '_as_of', '') from pg_proc where pronamespace = 'recredit'::regnamespace and proname like '%\\_as\\_of'")) {
      everything.put(
          function,
          TestDatabase.rows(reader, ShownTables.rows(relation.formatted(function), List.of())));
    }
    assertThat(everything).hasSizeGreaterThan(8);
    return everything;
  }

  @Test
  void otherWordsAreNoOtherDecision() {
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1"));
    clock.set("2026-11-23T03:00:00Z");
    nightly(DAY);
    var words = texts("select explanation from recredit.refund_exception");
    clock.set("2026-12-01T03:00:00Z");
    nightly(DAY);
    sql("update exception_text set until_run = 2");
    sql(
        "insert into exception_text values ('r1', 2, null, 'Other words.', 'Do it.', 'write-off', 'Why.')");

    assertThat(
            texts(
                "select concat_ws(' ', explanation, suggestion, proposed, why_proposed, decided_on, run_id) from recredit.refund_exception"))
        .containsExactly("Other words. Do it. write-off Why. 2026-11-23 1");
    assertThat(texts("select explanation from recredit.refund_exception_as_of(1)"))
        .isEqualTo(words);
    assertThat(texts("select explanation from recredit.decision_history"))
        .containsExactly("Other words.");
    assertThat(texts("select run_id from recredit.run_change")).containsExactly("1");
  }

  @Test
  void aRefundThatIsPartlyWrittenOffIsCreditedWithItsAmountsInBoth() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1").of(60_00));
    nightly(DAY);
    sql("update credit set credited_amount = 4500");
    sql("update decision set written_off_amount = 1500");
    for (var table : List.of("book_line", "journal")) {
      sql("update " + table + " set amount = 4500");
    }
    sql(
        "insert into book_line (refund_id, since_run, order_id, n, digest, business_date, purchase_country, currency, decision, account, amount, tax_source) select refund_id, since_run, order_id, 1, digest, business_date, purchase_country, currency, decision, 'WRITE_OFF', 1500, 'UNKNOWN' from book_line");
    sql(
        "insert into journal (entry_id, posting_date, run_id, refund_id, order_id, purchase_country, account, decision, tax_source, currency, amount, business_date, sales_tax_amount) select 2, posting_date, run_id, refund_id, order_id, purchase_country, 'WRITE_OFF', decision, tax_source, currency, 1500, business_date, 0 from journal");

    assertThat(proof.ofEverything()).isEmpty();
    assertThat(
            texts(
                "select concat_ws(' ', refunds, refunded_amount, credited_refunds, credited_amount, write_offs, written_off_amount, difference) from recredit.daily_reconciliation"))
        .containsExactly("1 6000 1 4500 0 1500 0");
    assertThat(
            texts(
                "select concat_ws(' ', refund_id, refunded_amount, written_off_amount) from recredit.refund_write_off"))
        .containsExactly("r1 6000 1500");
    assertThat(
            texts(
                "select concat_ws(' ', outcome, credited_amount, written_off_amount) from recredit.refund_outcome"))
        .containsExactly("credited 4500 1500");
    sql("update decision set written_off_amount = 1499");
    assertThat(proof.ofEverything()).hasSize(3);
  }

  @Test
  void whatAColumnOfAnOrderSumsToIsThereOnce() {
    feed.captures(
        DAY,
        capture("o1", "B").at("2026-11-20T08:00:00Z"),
        capture("o1", "A").at("2026-11-20T08:00:00Z"),
        capture("o1", "C").at("2026-11-19T08:00:00Z"),
        capture("o2", "D"));
    feed.refunds(DAY, refund("o1", "r1").of(7_00), refund("o1", "r2").of(5_00));
    nightly(DAY);

    assertThat(exceptions()).hasSize(2);
    assertThat(balances())
        .containsExactly(
            "A: 10000 - 0 = 10000",
            "B: 10000 - 0 = 10000",
            "C: 10000 - 0 = 10000, unallocated 1200",
            "D: 10000 - 0 = 10000, unallocated 0");
  }

  @Test
  void anOrderIsKnownByTheShopsOwnNumberAndItsCountry() {
    deliverOrders(null, null, null);
    nightly(DAY);
    assertThat(orders()).containsExactly("r1 refund r2 SE -", "r2 refund r2 SE -", "r3 7 - C");

    deliverOrders("A", "B", null);
    nightly(DAY);
    assertThat(orders()).containsExactly("r1 B SE -", "r2 B SE -", "r3 7 - C");

    deliverOrders("A", null, null);
    nightly(DAY);
    assertThat(orders()).containsExactly("r1 A SE -", "r2 A SE -", "r3 7 - C");
    assertThat(
            texts(
                "select concat_ws(' ', capture_id, order_reference, purchase_country) from recredit.invoice_balance order by 1"))
        .containsExactly("A A SE", "B A DE", "C 7 SE");

    deliverOrders("A", null, "C");
    nightly(DAY);
    assertThat(orders()).containsExactly("r1 A SE -", "r2 A SE -", "r3 C - C");
    assertThat(
            texts(
                "select concat_ws(' ', refund_id, merchant_reference1, merchant_reference2) from refund where until_run is null order by 1"))
        .containsExactly("r1 refund r1", "r2 refund r2 second", "r3 7");
  }

  /** Two orders, whose captures have these references of the shop, and all refunds some. */
  private void deliverOrders(@Nullable String a, @Nullable String b, @Nullable String c) {
    feed.captures(
        DAY,
        known(capture("o1", "A").at("2026-11-20T08:00:00Z"), a),
        known(capture("o1", "B").at("2026-11-20T09:00:00Z").with("purchase_country", "DE"), b),
        known(capture("o2", "C").at("2026-11-20T13:00:00Z"), c));
    feed.refunds(
        DAY,
        refund("o1", "r1")
            .with("capture_id", "B")
            .at("2026-11-20T12:00:00Z")
            .with("merchant_reference1", "refund r1"),
        refund("o1", "r2")
            .of(1)
            .with("capture_id", "B")
            .at("2026-11-20T12:00:00Z")
            .with("merchant_reference1", "refund r2")
            .with("merchant_reference2", "second"),
        refund("o2", "r3").at("2026-11-20T12:00:00Z").with("merchant_reference1", 7));
  }

  private static FeedRecord known(FeedRecord record, @Nullable String reference) {
    return reference == null ? record : record.with("merchant_reference1", reference);
  }

  private List<String> orders() {
    return texts(
        """
        select concat_ws(' ', refund_id, coalesce(order_reference, '-'), coalesce(purchase_country, '-'), coalesce(only_invoice, '-'))
        from (
          select refund_id, order_reference, purchase_country, null as only_invoice from recredit.invoice_credit
          union all
          select refund_id, order_reference, purchase_country, only_invoice from recredit.refund_exception
        ) x
        order by refund_id
        """);
  }

  @Test
  void ordersAreOverRefundedInTheirOwnCurrencyWhereTheyHaveCaptures() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"), capture("o4", "D"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(60_00),
        refund("o1", "r2").of(40_01),
        refund("o2", "r3").of(60_00).with("idempotency_key", "k"),
        refund("o2", "r4").of(60_00).with("idempotency_key", "k"),
        refund("o3", "r5"),
        refund("o4", "r6").of(200_00).in("EUR"));
    var run = nightly(DAY);

    assertThat(
            texts(
                "select concat_ws(' ', order_id, currency, captured_amount, refunded_amount, beyond) from recredit.over_refunded"))
        .containsExactly("o1 SEK 10000 10001 1");
    assertThat(texts("select orders_over_refunded from recredit.run where run_id = ?", run.runId()))
        .containsExactly("1");
  }

  private List<String> relations(String schema) {
    return texts(
        "select format('%I.%I', table_schema, table_name) from information_schema.tables where table_schema = ?",
        schema);
  }

  @Test
  void everyRelationAndColumnAndFunctionSaysWhatItIs() {
    assertThat(
            texts(
                """
                select c.relname from pg_class c
                where c.relnamespace = 'recredit'::regnamespace and c.relkind in ('r', 'v', 'm')
                  and obj_description(c.oid, 'pg_class') is null
                union all
                select c.relname || '.' || a.attname from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'recredit'::regnamespace and c.relkind in ('r', 'v', 'm')
                  and coalesce(col_description(c.oid, a.attnum), '') = ''
                union all
                select p.proname || '()' from pg_proc p
                where p.pronamespace = 'recredit'::regnamespace and obj_description(p.oid, 'pg_proc') is null
                """))
        .isEmpty();
  }

  @Test
  void everyColumnOfTheContractIsThere() {
    CONTRACT.forEach(
        (relation, columns) ->
            assertThat(
                    number(
                        "select count(*) from (select %s from recredit.%s) x"
                            .formatted(columns, relation)))
                .isZero());
  }
}
