package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The schema recredit: when it changes, who may read it, what it says of itself. */
class WhatPeopleReadTest extends JobTest {

  /** The relations of the contract and the columns that each must have. */
  private static final Map<String, String> CONTRACT =
      Map.of(
          "invoice_credit",
          "refund_id, order_id, capture_id, invoice_reference, refund_reference, capture_reference, currency, credited_amount, credited_tax_amount, return_fee_amount, match_rule, refunded_at, business_date, decided_on, run_id",
          "refund_exception",
          "refund_id, order_id, refund_reference, currency, refunded_amount, reason, explanation, suggestion, blocking_refund_id, refunded_at, business_date, decided_on, run_id",
          "refund_duplicate",
          "refund_id, duplicate_of, order_id, currency, refunded_amount, duplicate_of_amount, business_date, run_id",
          "invoice_balance",
          "order_id, capture_id, invoice_reference, currency, captured_amount, credited_amount, remaining_amount, unallocated_on_order, captured_at",
          "daily_reconciliation",
          "business_date, currency, refunds, refunded_amount, credited_refunds, credited_amount, assumed_amount, exceptions, unallocated_amount, duplicates, duplicate_amount, difference",
          "rejected_record",
          "file_name, line_number, error, raw, run_id",
          "input_file",
          "file_name, kind, file_date, sha256, lines, accepted, repeated, rejected, withdrawn, read_at, run_id",
          "run",
          "run_id, kind, from_date, to_date, started_at, ended_at, status, spanning, ambiguous, return_fee_countries, time_zone, refunds_read, rejected, credited, excepted, changed");

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
