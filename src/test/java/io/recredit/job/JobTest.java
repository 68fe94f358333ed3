package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recredit.ShownTables;
import io.recredit.TestDatabase;
import io.recredit.allocation.Policies;
import io.recredit.app.RecreditApplication;
import io.recredit.ledger.ClosedPeriods;
import io.recredit.ledger.PolicyStore;
import io.recredit.proof.Proof;
import io.recredit.pull.Manners;
import io.recredit.resolution.ResolutionInput;
import io.recredit.resolution.ResolutionRequest;
import io.recredit.resolution.ResolutionRequests;
import io.recredit.resolution.ResolveAs;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import io.recredit.run.RunSummary;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The words that the tests of runs speak: a feed, commands, and what people read. Files are written
 * to a folder of the test's own, the program runs in this process on a real PostgreSQL, and every
 * test finds its tables empty.
 */
@SpringBootTest(
    classes = RecreditApplication.class,
    webEnvironment = WebEnvironment.NONE,
    properties = {
      "recredit.company-name=Skor \"Ł\" & Så AB",
      "recredit.company-number=556677-8899",
      "spring.datasource.hikari.connection-init-sql=set search_path = recredit_store, recredit_read; set work_mem = '64MB'; set jit = off; "
          + TestDatabase.SESSION_IN_ODD_TIME_ZONE
    })
@Import(JobTest.Beans.class)
abstract class JobTest {

  static final String DAY = "2026-11-20";
  static final String NEXT_DAY = "2026-11-21";
  static final String DAY_AFTER = "2026-11-22";

  @TempDir private Path folder;

  @Autowired TestDatabase database;
  @Autowired Proof proof;
  @Autowired PolicyStore policyStore;
  @Autowired ClosedPeriods closedPeriods;
  @Autowired SetClock clock;
  @Autowired Interlude interlude;
  @Autowired JdbcClient jdbc;
  @Autowired private Reconciliation reconciliation;
  @Autowired private RunSummary runSummary;

  @Autowired private ResolutionInput resolutionInput;

  /** What the person who waits was told in the last command. */
  final List<String> said = new ArrayList<>();

  Feed feed;

  @TestConfiguration(proxyBeanMethods = false)
  static class Beans {

    @Bean
    TestDatabase database() {
      return TestDatabase.fresh();
    }

    /** The job's user works; the owner makes the tables. */
    @Bean
    JdbcConnectionDetails connectionDetails(TestDatabase database) {
      var job = database.asJob();
      return new JdbcConnectionDetails() {
        @Override
        public String getUsername() {
          return job.username();
        }

        @Override
        public String getPassword() {
          return job.password();
        }

        @Override
        public String getJdbcUrl() {
          return job.url();
        }
      };
    }

    @Bean
    FlywayConnectionDetails owner(TestDatabase database) {
      return new FlywayConnectionDetails() {
        @Override
        public String getUsername() {
          return database.username();
        }

        @Override
        public String getPassword() {
          return database.password();
        }

        @Override
        public String getJdbcUrl() {
          return database.url();
        }
      };
    }

    @Bean
    @Primary
    SetClock setClock() {
      return new SetClock();
    }

    /** In a hurry, since no real Klarna is asked. */
    @Bean
    @Primary
    Manners hurried() {
      return new Manners(1000, Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofSeconds(5));
    }

    @Bean
    @Primary
    Interlude interlude() {
      return new Interlude();
    }
  }

  @BeforeEach
  void startWithNothing() {
    database.clear();
    interlude.none();
    clock.set("2026-11-23T03:00:00Z");
    feed = new Feed(folder);
  }

  // Commands

  final Run nightly(String day) {
    return done(nightlyOf(day));
  }

  final Run rerun(String from, String to) {
    return done(rerunOf(from, to));
  }

  final String nightlyFails(String day) {
    return fails(nightlyOf(day));
  }

  final Reconciliation reconciliation() {
    return reconciliation;
  }

  final Run done(RunRequest request) {
    var finished = new ArrayList<Run>();
    command(request, finished);
    assertThat(finished).hasSize(1);
    return finished.get(0);
  }

  final String fails(RunRequest request) {
    var finished = new ArrayList<Run>();
    var refused = refused(() -> command(request, finished));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(finished).isEmpty();
    return isSentence(refused.getMessage());
  }

  static UserException refused(ThrowingCallable command) {
    return catchThrowableOfType(UserException.class, command);
  }

  final void command(RunRequest request, List<Run> finished) {
    said.clear();
    reconciliation.run(() -> List.of(request), said::add, finished::add);
  }

  final Run resolved(ResolutionRequest... asked) {
    var finished = new ArrayList<Run>();
    resolve(finished, asked);
    return finished.get(0);
  }

  /** The sentences, one for each that cannot be. */
  final List<String> refusedToResolve(ResolutionRequest... asked) {
    var finished = new ArrayList<Run>();
    var refused = refused(() -> resolve(finished, asked));
    assertThat(finished).isEmpty();
    var sentences = refused.getMessage().lines().toList();
    sentences.forEach(JobTest::isSentence);
    assertThat(sentences).last().isEqualTo("Nothing was resolved.");
    return sentences.subList(0, sentences.size() - 1);
  }

  final void resolve(List<Run> finished, ResolutionRequest... asked) {
    said.clear();
    finished.addAll(takeIn(Run.Kind.RESOLUTION, ResolutionRequests.of(asked)));
  }

  final List<Run> takeIn(Run.Kind kind, ResolutionRequests requests) {
    var finished = new ArrayList<Run>();
    reconciliation.runOnce(kind, () -> resolutionInput.of(requests), said::add, finished::add);
    return finished;
  }

  /** "A" or "A=12.50". */
  static ResolutionRequest byHand(String refundId, String... parts) {
    return new ResolutionRequest(
        "", refundId, ResolveAs.of(List.of(parts), null), "seen on the invoice", "Anna", null);
  }

  static ResolutionRequest writtenOff(String refundId) {
    return new ResolutionRequest(
        "", refundId, ResolveAs.WRITE_OFF, "too small to chase", "Anna", null);
  }

  static ResolutionRequest withdrawn(String refundId) {
    return new ResolutionRequest("", refundId, ResolveAs.WITHDRAW, "a mistake", "Bo", null);
  }

  final RunRequest nightlyOf(String day) {
    return request(Run.Kind.NIGHTLY, day, day, false);
  }

  final RunRequest rerunOf(String from, String to) {
    return request(Run.Kind.RERUN, from, to, false);
  }

  static RunRequest meantToWithdraw(RunRequest request) {
    return new RunRequest(
        request.kind(),
        request.from(),
        request.to(),
        request.input(),
        request.folderMayBeGone(),
        true,
        request.catchesUp());
  }

  private RunRequest request(Run.Kind kind, String from, String to, boolean withdraw) {
    return new RunRequest(
        kind, LocalDate.parse(from), LocalDate.parse(to), feed.folder(), false, withdraw, false);
  }

  final void timeZone(String zone) {
    policy(
        policies ->
            Policies.of(
                policies.spanning(),
                policies.ambiguous(),
                policies.returnFeeCountries(),
                ZoneId.of(zone)));
  }

  final void policy(UnaryOperator<Policies> change) {
    policyStore.change(change.apply(policyStore.current()), true, "tester", clock.instant());
  }

  static String isSentence(String text) {
    assertThat(text)
        .matches("[A-Z/].*(\\.|It says: .*)")
        .doesNotContain("Exception", "null", "!", "..");
    return text;
  }

  // What people read

  /** "r1 to A: 10000 by REFERENCE". */
  final List<String> credits() {
    return texts(
        """
        select format('%s to %s: %s by %s', refund_id, capture_id, credited_amount, match_rule)
        from recredit.invoice_credit order by refund_id collate "C", capture_id collate "C"
        """);
  }

  /** "r1: NO_CAPTURE". */
  final List<String> exceptions() {
    return texts(
        """
        select format('%s: %s', refund_id, reason) from recredit.refund_exception order by refund_id collate "C"
        """);
  }

  /** "r2 of r1". */
  final List<String> duplicates() {
    return texts(
        """
        select format('%s of %s', refund_id, duplicate_of) from recredit.refund_duplicate
        order by refund_id collate "C"
        """);
  }

  /** "A: 10000 - 2000 = 8000, unallocated 0"; the latter of the order's oldest capture only. */
  final List<String> balances() {
    return texts(
        """
        select format('%s: %s - %s = %s%s', capture_id, captured_amount, credited_amount, remaining_amount,
          ', unallocated ' || unallocated_on_order)
        from recredit.invoice_balance order by capture_id collate "C"
        """);
  }

  /** "captures-2026-11-20.ndjson: 3 lines, 1 accepted, 1 repeated, 1 rejected, 0 withdrawn". */
  final List<String> files() {
    return texts(
        """
        select format('%s: %s lines, %s accepted, %s repeated, %s rejected, %s withdrawn',
          file_name, lines, accepted, repeated, rejected, withdrawn)
        from recredit.input_file order by file_date, kind
        """);
  }

  /** "captures-2026-11-20.ndjson line 2". */
  final List<String> rejected() {
    return texts(
        "select file_name || ' line ' || line_number from recredit.rejected_record order by file_date, kind, line_number");
  }

  /**
   * All that is the same however it came about: without the run, the date of the decision, and the
   * line at which that run read what is still as it was.
   */
  final Map<String, List<String>> everything() {
    var everything = relations("recredit.%s", List.of("run_id", "decided_on"));
    for (var answers : List.of("refused_refund", "refund_event")) {
      everything.put(
          answers,
          texts(ShownTables.rows("recredit." + answers, List.of("run_id", "line_number"))));
    }
    return everything;
  }

  /** What a run's summary says newly does not fit of events: "1 EVENT_WITHOUT_REFUND". */
  final List<String> newDifferences(Run run) {
    return runSummary.lines(run).stream()
        .filter(line -> line.contains("feed_difference where kind"))
        .map(
            line ->
                line.replaceAll(".*?([\\d,]+) (?:new|refund).*'(\\w+)'.*", "$1 $2")
                    .replace(",", ""))
        .toList();
  }

  final Map<String, List<String>> everythingShownAsOf(long run) {
    return relations("recredit.%s_as_of(" + run + ")", List.of());
  }

  private Map<String, List<String>> relations(String relation, List<String> without) {
    var relations = new LinkedHashMap<String, List<String>>();
    for (var table : ShownTables.OF_DECISIONS) {
      relations.put(table, texts(ShownTables.rows(relation.formatted(table), without)));
    }
    return relations;
  }

  /** "nightly done", by run. */
  final List<String> runs() {
    return texts("select kind || ' ' || status from recredit.run order by run_id");
  }

  final List<String> texts(String query, Object... parameters) {
    return jdbc.sql(query).params(Arrays.asList(parameters)).query(String.class).list();
  }

  final long number(String query) {
    return jdbc.sql(query).query(Long.class).single();
  }

  /** In a session of its own. */
  final void sql(String statement) {
    try (var connection = database.connect();
        var executing = connection.createStatement()) {
      connection.setSchema("recredit_store");
      executing.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The job's user owns the tables meanwhile, as whoever runs such a command does. */
  final void asOwner(Runnable command) {
    sql("grant %s to recredit_job".formatted(database.username()));
    try {
      command.run();
    } finally {
      sql("revoke %s from recredit_job".formatted(database.username()));
    }
  }

  // What goes wrong

  /** The table refuses its nth row and all behind it, until it is told otherwise. */
  final void failAtRow(String table, int n) {
    sql(
        """
        create sequence rows_so_far;
        create function fail_at_row() returns trigger language plpgsql security definer as $$
        begin
          if nextval('recredit_store.rows_so_far') >= %d then raise exception 'no more room'; end if;
          return new;
        end $$;
        create trigger fail_at_row before insert on %s for each row execute function fail_at_row()
        """
            .formatted(n, table));
  }

  final void failNoMore() {
    sql("drop function if exists fail_at_row cascade; drop sequence if exists rows_so_far");
  }

  /** What failed is as if its process had died before it could say so. */
  final void processDied() {
    sql(
        "update run set status = 'running', failure = null, ended_at = null where status = 'failed'");
    sql(
        "update recredit_batch.batch_job_execution set status = 'STARTED', exit_code = 'UNKNOWN', end_time = null where status = 'FAILED' and job_execution_id = (select max(job_execution_id) from recredit_batch.batch_job_execution)");
    sql(
        "update recredit_batch.batch_step_execution set status = 'UNKNOWN', end_time = null where status = 'FAILED' and job_execution_id = (select max(job_execution_id) from recredit_batch.batch_job_execution)");
  }
}
