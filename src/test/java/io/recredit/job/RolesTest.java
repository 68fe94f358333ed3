package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.ShownTables;
import io.recredit.TestDatabase;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The job's user tries to rewrite what was shown, with each right that it has. All tests of this
 * package run as this user; that it can do what it must is theirs.
 */
class RolesTest extends JobTest {

  /** Whose rows are of runs, each with a run's number in since_run. */
  private static final List<String> OF_RUNS =
      List.of(
          "capture",
          "refund",
          "release",
          "document",
          "input_file",
          "rejected_record",
          "decision",
          "credit",
          "exception_text",
          "rules_decision",
          "refund_evidence",
          "book_line",
          "resolution",
          "exception_note",
          "refusal",
          "event",
          "refusal_decision",
          "payout_file",
          "payout_rejected",
          "payout_part",
          "payout_row",
          "payout",
          "payout_type",
          "payout_match");

  @Autowired private Runs runs;

  private Map<String, List<String>> before = Map.of();

  @BeforeEach
  void someHistory() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B").of(50_00));
    feed.refunds(DAY, refund("o1", "r1"), refund("o3", "r3"));
    feed.lines("releases", DAY, List.of("{\"order_id\":\"o1\"}"));
    nightly(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(20_00), refund("o3", "r3"));
    rerun(DAY, DAY);
    sql(
        """
        insert into closed_period (closing_id, until, closed_by, closed_at, entries, totals, sha256)
        values (1, '2026-11-19', 'Karin', now(), 0, '[]', 'x')
        """);
    before = everyRow();
  }

  /** Rows that are in the tables, whatever is shown. */
  private Map<String, List<String>> everyRow() {
    var everything = new LinkedHashMap<String, List<String>>();
    for (var table : texts("select tablename from pg_tables where schemaname = 'recredit_store'")) {
      everything.put(table, database.rows(ShownTables.rows("recredit_store." + table, List.of())));
    }
    return everything;
  }

  private void beginARun() {
    var day = LocalDate.parse(NEXT_DAY);
    runs.begin(
        Run.Kind.NIGHTLY, day, day, false, policyStore.current(), clock.instant(), List.of(), null);
  }

  /** In one transaction, as whoever has the job's password; what it says in the end. */
  private String attack(String... statements) {
    var job = database.as("recredit_job");
    try (var connection = job.connect();
        var statement = connection.createStatement()) {
      connection.setSchema("recredit_store");
      connection.setAutoCommit(false);
      for (var one : statements) {
        statement.execute(one);
      }
      connection.commit();
      return "done";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void cannot(String... statements) {
    assertThat(attack(statements))
        .as(String.join("; ", statements))
        .matches(
            "(?s)ERROR: (recredit_job may .*|Run \\d+ is over, and recredit_job may not .*|Run \\d+ opened days .*|permission denied .*|must be owner .*)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasShownCannotBeRewritten(boolean aRunIsAtWork) {
    if (aRunIsAtWork) {
      beginARun();
      before = everyRow();
    }
    for (var table : OF_RUNS) {
      cannot("truncate " + table);
      cannot("drop table " + table);
      cannot("alter table " + table + " disable trigger all");
      cannot("alter table " + table + " owner to recredit_job");
      cannot(
          "create trigger mine before insert on "
              + table
              + " for each row execute function refuse()");
      cannot("update " + table + " set since_run = 1");
      if (!rowsOf(table).isEmpty()) {
        cannot("delete from " + table);
        cannot(
            "with gone as (delete from %s returning 1) select count(*) from gone".formatted(table));
      }
    }
    assertThat(everyRow()).isEqualTo(before);
  }

  private List<String> rowsOf(String table) {
    return before.getOrDefault(table, List.of());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatARunClosedStaysClosedAndNothingIsClosedForAnotherRun(boolean aRunIsAtWork) {
    if (aRunIsAtWork) {
      beginARun();
    }
    cannot("update decision set until_run = 7 where until_run is null");
    cannot("update book_line set until_run = null where until_run is not null");
    cannot("update refund set until_run = null where until_run is not null");
    cannot("update refund set until_run = 1 where until_run is null");
    cannot("update refund set until_run = 7 where until_run is null");
    cannot("update refund set counts = not counts where since_run = 1");
    cannot("update book_line set until_run = 9 where until_run is null");
    cannot("update input_file set until_run = null");
    cannot("update input_file set bytes = 0 where until_run is not null");
    cannot("update decision set reason = null");
    cannot("update credit set credited_amount = 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsAddedToAnEarlierRun(boolean aRunIsAtWork) {
    if (aRunIsAtWork) {
      beginARun();
    }
    for (var run : List.of(0, 1, 2, 7)) {
      cannot("insert into credit values ('r1', %d, 'A', 1, null, 0)".formatted(run));
      cannot(
          "insert into release (order_id, file_date, since_run, counts, line_number, released_at) values ('o1', '2026-11-01', %d, true, 1, now())"
              .formatted(run));
      cannot(
          "insert into journal select entry_id + 100, posting_date, %d, refund_id, order_id, order_reference, purchase_country, account, capture_id, invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount from journal limit 1"
              .formatted(run));
    }
    cannot(
        "insert into run_file (run_id, kind, file_date, path, file_name, sha256, reading) values (1, 'captures', '2026-11-01', 'x', 'x', 'x', 'first')");
    cannot("insert into run_amount values (1, 'NOK', 1, 1)");
    cannot("update run_file set sha256 = 'mine' where run_id = 1");
    cannot(
        "insert into release (order_id, file_date, since_run, until_run, counts, line_number, released_at) select 'o1', '2026-11-01', run_id, run_id + 1, true, 1, now() from run where status <> 'undone' order by run_id desc limit 1");
  }

  @Test
  void aRunThatIsOverStaysAsItIs() {
    cannot("update run set status = 'running' where run_id = 2");
    cannot("update run set credited = 0");
    cannot("update run set run_id = 9 where run_id = 2");
    cannot("delete from run");
    cannot("truncate run cascade");
    var columns =
        "kind, from_date, to_date, started_at, made_by, rules_version, words, spanning, ambiguous, return_fee_countries, time_zone, resolved, evidence, decided_on";
    cannot(
        "insert into run (run_id, status, %1$s) select 3, 'done', %1$s from run where run_id = 2"
            .formatted(columns));
    cannot(
        "insert into run (run_id, status, %1$s) select 0, 'running', %1$s from run where run_id = 2"
            .formatted(columns));
  }

  @Test
  void theJournalTheClosingsAndExportsAreOnlyAddedTo() {
    for (var table :
        List.of(
            "journal",
            "closed_period",
            "ledger_export",
            "ledger_export_entry",
            "policy_change",
            "skipped_day",
            "run_amount",
            "report",
            "report_file",
            "pull")) {
      cannot("delete from " + table);
      cannot("truncate " + table + " cascade");
    }
    cannot("update journal set amount = 0");
    cannot("update closed_period set until = '2030-01-01'");
    cannot("update closed_period set reopened_run = 2, reopened_by = 'x', reopened_at = now()");
    cannot("update ledger_export set content = ''");
    cannot("update policy_change set spanning = 'reject'");
    cannot("insert into report select * from report");
  }

  /** The run at work may post only when it is shown, in the same transaction. */
  @Test
  void theJournalTakesWhatTheRunThatIsShownPosts() {
    beginARun();
    var post =
        "insert into journal select 100, posting_date, 3, refund_id, order_id, order_reference, purchase_country, account, capture_id, invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount from journal limit 1";
    cannot(post);
    var show = "update run set status = 'done', decided_on = '2026-11-23' where run_id = 3";
    cannot(post, show);
    assertThat(attack(show)).isEqualTo("done");
    cannot(post);
    assertThat(runs()).containsExactly("nightly done", "rerun done", "nightly done");
  }

  /** Names of its own do not lead the owner's functions anywhere else. */
  @Test
  void aSearchPathOfItsOwnLeadsNowhere() {
    cannot("create schema mine");
    cannot("create table recredit_store.mine ()");
    cannot("create function recredit.mine() returns int language sql as 'select 1'");
    cannot(
        "create temporary table run (run_id bigint, status text)",
        "insert into run values (1, 'running')",
        "set local search_path = pg_temp, recredit_store",
        "insert into recredit_store.credit values ('r1', 1, 'A', 1, null, 0)");
    cannot(
        "set local search_path = pg_temp, recredit_store",
        "create function pg_temp.may_rewrite() returns boolean language sql as 'select true'",
        "delete from decision");
    cannot("set session_replication_role = replica");
    cannot("set role postgres");
    cannot("set session authorization postgres");
    assertThat(everyRow()).isEqualTo(before);
  }

  /** Types and casts of its own are found before pg_catalog's by a function that looks there. */
  @Test
  void typesAndCastsOfItsOwnLeadNowhere() {
    beginARun();
    before = everyRow();
    cannot(
        "create type pg_temp.xid as enum ('x')",
        "create function pg_temp.of8(xid8) returns pg_temp.xid language sql as $$ select 'x'::pg_temp.xid $$",
        "create cast (xid8 as pg_temp.xid) with function pg_temp.of8(xid8)",
        "create function pg_temp.hit(pg_temp.xid) returns pg_catalog.xid language plpgsql as $$ begin update recredit_store.run set credited = 99 where run_id = 1; return '1'; end $$",
        "create cast (pg_temp.xid as pg_catalog.xid) with function pg_temp.hit(pg_temp.xid) as implicit",
        "insert into recredit_store.journal select * from recredit_store.journal where false",
        "delete from decision where since_run = 1");
    cannot(
        "create type pg_temp.regclass as enum ('recredit_store.run')",
        "create temporary table mine ()",
        "create function pg_temp.of(pg_temp.regclass) returns oid language sql as $$ select 'pg_temp.mine'::pg_catalog.regclass::oid $$",
        "create cast (pg_temp.regclass as oid) with function pg_temp.of(pg_temp.regclass) as implicit",
        "delete from recredit_store.capture");
    assertThat(
            texts(
                "select proname from pg_proc where pronamespace in ('recredit_store'::regnamespace, 'recredit_read'::regnamespace) and (prosecdef or prorettype = 'trigger'::regtype or proname in ('may_rewrite', 'run_at_work', 'run_shown_here', 'refuse')) and proconfig is distinct from array['search_path=pg_catalog, pg_temp']"))
        .as("functions that look elsewhere first")
        .isEmpty();
    assertThat(everyRow()).isEqualTo(before);
  }

  /** Not even within a statement, by a function of its own that the statement calls. */
  @Test
  void aRunThatIsOverIsNotAtWorkForAMoment() {
    cannot(
        "create function pg_temp.f() returns boolean language plpgsql as $$ begin delete from recredit_store.decision where false; return true; end $$",
        """
        create function pg_temp.pose(run bigint) returns boolean language plpgsql as $$
        begin
          begin
            execute 'update recredit_store.run set status = ''running'' where run_id = $1 returning pg_temp.f()' using run;
          exception when others then null;
          end;
          return true;
        end $$
        """,
        "delete from capture where since_run = 1 and pg_temp.pose(1)");
    assertThat(everyRow()).isEqualTo(before);
  }

  /** A statement that began before a run and ends behind it. */
  @Test
  void aStatementThatOutlivesARunWritesNothingForIt() throws Exception {
    sql("create table public.gate (open boolean); grant all on public.gate to public");
    try {
      var late =
          Executors.newSingleThreadExecutor()
              .submit(
                  () ->
                      attack(
                          """
                          create function pg_temp.late() returns bigint language plpgsql as $$
                          begin
                            while not exists (select from public.gate) loop perform pg_sleep(0.02); end loop;
                            begin
                              delete from recredit_store.decision where false;
                              raise exception 'lock given back';
                            exception when others then null;
                            end;
                            while not exists (select from public.gate where open) loop perform pg_sleep(0.02); end loop;
                            return 3;
                          end $$
                          """,
                          "insert into credit select 'r1', pg_temp.late(), 'A', 1, null, 0"));
      beginARun();
      sql("insert into public.gate values (false)");
      TimeUnit.MILLISECONDS.sleep(200);
      assertThat(
              attack("update run set status = 'done', decided_on = '2026-11-23' where run_id = 3"))
          .isEqualTo("done");
      sql("insert into public.gate values (true)");
      assertThat(late.get(30, TimeUnit.SECONDS)).contains("only what is of the run at work");
    } finally {
      sql("drop table public.gate");
    }
  }

  /** Neither on closed days nor before the last entry, though the run is shown with it. */
  @Test
  void theJournalIsPostedBehindAllEntriesAndOnOpenDays() {
    beginARun();
    var show = "update run set status = 'done', decided_on = '2026-11-23' where run_id = 3";
    var post =
        "insert into journal select %s, %s, 3, refund_id, order_id, order_reference, purchase_country, account, capture_id, invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount from journal limit 1";
    var next = "(select max(entry_id) + 1 from journal)";
    cannot(show, post.formatted(next, "date '2026-11-19'"));
    cannot(show, post.formatted("-1", "date '2026-11-23'"));
    cannot(show, post.formatted("1000", "date '2026-11-23'"));
    cannot(
        "set transaction isolation level repeatable read",
        show,
        post.formatted(next, "date '2026-11-23'"));
    assertThat(attack(show, post.formatted(next, "date '2026-11-23'"))).isEqualTo("done");
  }

  /** Who posts and who closes wait for each other, and see what the other one did. */
  @Test
  void whoClosesWaitsForWhoPosts() throws SQLException {
    beginARun();
    try (var posting = database.as("recredit_job").connect();
        var statement = posting.createStatement()) {
      posting.setAutoCommit(false);
      statement.execute(
          "update recredit_store.run set status = 'done', decided_on = '2026-11-23' where run_id = 3");
      statement.execute(
          "insert into recredit_store.journal select (select max(entry_id) + 1 from recredit_store.journal), '2026-11-23', 3, refund_id, order_id, order_reference, purchase_country, account, capture_id, invoice_reference, decision, tax_source, currency, tax_rate, amount, tax_amount, business_date, sales_tax_amount from recredit_store.journal limit 1");
      assertThat(
              attack(
                  "set local lock_timeout = '200ms'",
                  "insert into closed_period (closing_id, until, closed_by, closed_at, entries, totals, sha256) values (2, '2026-12-05', 'x', now(), 0, '[]', 'x')"))
          .contains("lock timeout");
      posting.rollback();
    }
  }

  @Test
  void aRunThatOpensClosedDaysIsNotUndoneWithoutClosingThem() {
    cannot("update closed_period set reopened_note = 'forged'");
    beginARun();
    sql("update closed_period set reopened_run = 3, reopened_by = 'x', reopened_at = now()");
    cannot("update run set status = 'undone' where run_id = 3");
    assertThat(
            attack(
                "update closed_period set reopened_run = null, reopened_by = null, reopened_at = null where reopened_run = 3",
                "update run set status = 'undone' where run_id = 3"))
        .isEqualTo("done");
  }

  @Test
  void numbersAreCountedAndNotChosen() {
    cannot(
        "insert into policy_change overriding system value select 9000000000000000000, now(), 'x', 'reject', 'reject', '{}', 'UTC', 'blocks', 'compare', true");
    var closing =
        "insert into closed_period (closing_id, until, closed_by, closed_at, entries, totals, sha256) values (%d, '%s', 'x', now(), 0, '[]', 'x')";
    cannot(closing.formatted(7, "2026-11-20"));
    cannot(closing.formatted(2, "2026-11-18"));
    assertThat(attack(closing.formatted(2, "2026-11-20"))).isEqualTo("done");
    var export =
        "insert into ledger_export values (%d, 'csv', '2026-11-20', '2026-11-20', 'SEK', 'x', now(), 0, 'x', '')";
    cannot(export.formatted(7));
    assertThat(
            attack(
                export.formatted(1),
                "insert into ledger_export_entry select entry_id, 1 from journal order by entry_id limit 1"))
        .isEqualTo("done");
    cannot("insert into ledger_export_entry select max(entry_id), 1 from journal");
  }

  @Test
  void everyTableOfRunsHasItsTriggers() {
    assertThat(
            texts(
                """
                select c.relname || ': ' || (select string_agg(t.tgname, ', ' order by t.tgname) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and t.tgname like '%at\\_work')
                from pg_class c
                where c.relnamespace = 'recredit_store'::regnamespace and c.relkind = 'r'
                  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'since_run')
                order by 1
                """))
        .containsExactlyInAnyOrderElementsOf(
            OF_RUNS.stream()
                .map(
                    table ->
                        table
                            + ": adds_to_run_at_work, "
                            + (List.of("credit", "payout_row").contains(table)
                                ? ""
                                : "ends_by_run_at_work, ")
                            + "takes_of_run_at_work")
                .toList());
  }

  /** What they do for the job they do to the tables of the ledger only, and to no run. */
  @Test
  void theOwnersFunctionsAreOfNoOtherUse() {
    assertThat(attack("select look_at('pg_authid', 'rolname')")).contains("does not exist");
    assertThat(attack("select look_at('run', 'run_id); drop table credit; --')"))
        .contains("does not exist");
    assertThat(attack("select check_run()")).contains("trigger functions can only be called");
    assertThat(attack("select summarize('pg_class_oid_index')")).isEqualTo("done");
    assertThat(attack("select recredit_read.complete_report(1)")).isEqualTo("done");
    assertThat(everyRow()).isEqualTo(before);
  }

  /** A session that wrote for a run that is over by now is no way in. */
  @Test
  void aSessionThatOutlivesItsRunWritesNothingMore() throws SQLException {
    beginARun();
    var job = database.as("recredit_job");
    try (var connection = job.connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into recredit_store.credit values ('r1', 3, 'A', 1, null, 0)");
      assertThat(
              attack("update run set status = 'done', decided_on = '2026-11-23' where run_id = 3"))
          .isEqualTo("done");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "insert into recredit_store.credit values ('r1', 3, 'A', 1, null, 0)"))
          .hasMessageContaining("only what is of the run at work");
      assertThatThrownBy(
              () -> statement.execute("delete from recredit_store.credit where since_run = 3"))
          .hasMessageContaining("only what is of the run at work");
    }
  }

  /** A run is not shown while somebody is still writing for it. */
  @Test
  void whatIsBeingWrittenForARunKeepsItFromBeingShown() throws SQLException {
    beginARun();
    var job = database.as("recredit_job");
    try (var writing = job.connect();
        var statement = writing.createStatement()) {
      writing.setAutoCommit(false);
      statement.execute("insert into recredit_store.credit values ('r1', 3, 'A', 1, null, 0)");
      assertThat(
              attack(
                  "set local lock_timeout = '200ms'",
                  "update run set status = 'done', decided_on = '2026-11-23' where run_id = 3"))
          .contains("lock timeout");
      writing.rollback();
    }
  }

  /** Nothing of the rest of the server is the job's. */
  @Test
  void everyRightThatTheJobHasIsListed() throws SQLException {
    var granted = new ArrayList<String>();
    try (Connection owner = database.connect()) {
      granted.addAll(
          TestDatabase.rows(
              owner,
              """
              select lower(a.privilege_type) || ' on ' || n.nspname || '.' || c.relname
              from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
              where a.grantee = 'recredit_job'::regrole
              except
              select r.privilege || ' on ' || r.name from recredit_read.needed_right r where r.role = 'recredit_job'
              """));
    }
    assertThat(granted).isEmpty();
    assertThat(
            texts(
                "select missing from recredit_read.missing_right('recredit_job', 'recredit_job')"))
        .isEmpty();
  }
}
