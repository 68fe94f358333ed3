package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import io.recredit.TestMigrations;
import io.recredit.database.EmbeddedServer;
import io.recredit.database.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as its users have it: processes, exit codes, sentences, kills. */
class CommandLineIT {

  private static final String DAY = "2026-11-20";
  private static final Path SAMPLE = Path.of("jobs", "sample").toAbsolutePath();
  @TempDir private static Path serverFolder;
  private static EmbeddedServer server;
  private static int databases;

  @TempDir private Path folder;
  private TestDatabase database;
  private Program program;

  @BeforeAll
  static void startServer() {
    server = TestServers.start(serverFolder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void emptyDatabase() {
    var name = "it" + ++databases;
    onServer(server.jdbcUrl()).rows("create database " + name);
    database = onServer(server.jdbcUrl().replaceFirst("/recredit(?=$|\\?)", "/" + name));
    program = programOn(database.url());
  }

  private static TestDatabase onServer(String url) {
    return new TestDatabase(url, server.username(), server.password());
  }

  private static TestDatabase databaseOf(EmbeddedServer its) {
    return new TestDatabase(its.jdbcUrl(), its.username(), its.password());
  }

  private Program programOn(String databaseUrl) {
    return new Program(folder)
        .with("SPRING_DATASOURCE_URL", databaseUrl)
        .with("SPRING_DATASOURCE_USERNAME", server.username())
        .with("SPRING_DATASOURCE_PASSWORD", server.password());
  }

  @Test
  void theSampleNightEndsWithThreeBecauseSomeLinesAreRejected() throws Exception {
    var first = program.run("nightly", "--date", DAY, "--input", SAMPLE.toString());
    var second = program.run("nightly", "--date", "2026-11-21", "--input", SAMPLE.toString());

    assertThat(first.exitCode()).as(first.said()).isEqualTo(3);
    assertThat(first.out()).contains("2 lines rejected", "proof", "captured_amount is \"100.0\"");
    assertThat(second.exitCode()).as(second.said()).isZero();
    assertThat(program.run("prove").exitCode()).isZero();
  }

  @Test
  void withoutADatabaseUrlItKeepsItsOwnDatabaseInItsDataFolder() throws Exception {
    var own = new Program(folder.resolve("Büro of its own"));

    assertThat(own.run("nightly", "--date", DAY, "--input", SAMPLE.toString()).exitCode())
        .isEqualTo(3);
    var again = own.run("rerun", "--from", DAY, "--to", DAY, "--input", SAMPLE.toString());

    assertThat(again.exitCode()).as(again.said()).isEqualTo(3);
    assertThat(again.out()).contains("nothing changed");
  }

  /** Autovacuum comes once a minute; the server is up for seconds. */
  @Test
  void itsOwnTablesAreRidOfDeadRowsByTheNextRunAndOthersAreNot() throws Exception {
    var own = new Program(folder);
    var dead =
        "select n_dead_tup from pg_stat_all_tables where relname = 'gone' order by schemaname";
    assertThat(own.run("policy").exitCode()).isZero();
    try (var before = TestServers.start(own.dataFolder())) {
      for (var schema : List.of("public", "recredit_store")) {
        databaseOf(before)
            .rows(
                "create table %s.gone as select n from generate_series(1, 11000) n"
                    .formatted(schema));
        databaseOf(before).rows("delete from %s.gone".formatted(schema));
      }
    }
    try (var between = TestServers.start(own.dataFolder())) {
      assertThat(databaseOf(between).rows(dead)).containsExactly("11000", "11000");
    }

    assertThat(own.run("nightly", "--date", DAY, "--input", SAMPLE.toString()).exitCode())
        .isEqualTo(3);

    try (var after = TestServers.start(own.dataFolder())) {
      assertThat(databaseOf(after).rows(dead)).containsExactly("11000", "0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:secret@localhost/db",
        "jdbc:mysql://localhost/db",
        "jdbc:postgresql://localhost:99999/db"
      })
  void whatIsNoAddressOfAPostgresqlIsSaidWithoutRepeatingIt(String url) throws Exception {
    var ended = programOn(url).run("prove");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .startsWith("SPRING_DATASOURCE_URL is not the address of a PostgreSQL.")
        .doesNotContain("localhost/db", "Exception")
        .hasLineCount(1);
  }

  @Test
  void aRerunReadsCorrectedFilesAndWithoutFilesDecidesFromWhatWasRead() throws Exception {
    var input = Files.createDirectories(folder.resolve("input"));
    for (var kind : List.of("captures", "refunds", "releases")) {
      var name = kind + "-" + DAY + ".ndjson";
      Files.copy(SAMPLE.resolve(name), input.resolve(name));
    }
    var rerun = new String[] {"rerun", "--from", DAY, "--to", DAY};
    var inItsFolder = programOn(database.url()).with("RECREDIT_HOME", folder.toString());
    assertThat(inItsFolder.run("nightly", "--date", DAY).exitCode()).isEqualTo(3);

    var refunds = input.resolve("refunds-" + DAY + ".ndjson");
    var lines = Files.readAllLines(refunds);
    Files.write(refunds, lines.subList(1, lines.size()));
    var corrected = inItsFolder.run(rerun);
    assertThat(corrected.exitCode()).as(corrected.said()).isEqualTo(3);
    assertThat(database.rows("select withdrawn from recredit.input_file where kind = 'refunds'"))
        .containsExactly("1");

    var shown = database.rows("select * from recredit.refund_exception order by refund_id");
    var nowhere = Files.createDirectories(folder.resolve("elsewhere"));
    var withoutFiles =
        programOn(database.url()).with("RECREDIT_HOME", nowhere.toString()).run(rerun);
    assertThat(withoutFiles.exitCode()).as(withoutFiles.said()).isZero();
    assertThat(withoutFiles.said())
        .contains("it is decided from what was read before", "nothing changed");
    assertThat(database.rows("select * from recredit.refund_exception order by refund_id"))
        .isEqualTo(shown);
    var named = programOn(database.url()).run(and(rerun, "--input", nowhere.toString()));
    assertThat(named.exitCode()).as(named.said()).isZero();
    var next = "2026-11-21";
    var neverRead =
        program.run("rerun", "--from", DAY, "--to", next, "--input", nowhere.toString());
    assertThat(neverRead.exitCode()).as(neverRead.said()).isEqualTo(6);
    assertThat(neverRead.said()).contains(next, "nothing changed");
    var missing = folder.resolve("missing").toString();
    assertThat(programOn(database.url()).run(and(rerun, "--input", missing)).exitCode())
        .as("a folder that is named must be there")
        .isEqualTo(1);
  }

  private static String[] and(String[] command, String... more) {
    return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Further ones: {@link WrongCommandLineTest}. */
  @Test
  void aWrongCommandLineEndsWithTwoAndASentence() throws Exception {
    for (var arguments :
        List.of(
            List.of("nightly", "--date", "2026-02-30"), List.of("frobnicate"), List.<String>of())) {
      var ended = program.run(arguments.toArray(String[]::new));
      assertThat(ended.exitCode()).as("%s: %s", arguments, ended.said()).isEqualTo(2);
      ended.assertPlainWords();
    }
  }

  @Test
  void whatCannotBeReadEndsWithOneAndASentenceAndShowsNothing() throws Exception {
    var damaged = Files.createDirectories(folder.resolve("damaged"));
    Files.copy(
        SAMPLE.resolve("refunds-2026-11-20.ndjson"), damaged.resolve("refunds-2026-11-20.ndjson"));
    Files.write(
        damaged.resolve("captures-2026-11-20.ndjson.gz"),
        new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3});

    for (var input : List.of(damaged, folder.resolve("nowhere"), folder)) {
      var ended = program.run("nightly", "--date", DAY, "--input", input.toString());
      assertThat(ended.exitCode()).as(ended.said()).isEqualTo(1);
      ended.assertPlainWords();
    }
    assertThat(database.rows("select * from recredit.input_file")).isEmpty();
    assertThat(database.rows("select * from recredit.refund_exception")).isEmpty();
  }

  @Test
  void aDatabaseOutOfReachEndsWithOneAndASentence() throws Exception {
    var ended =
        programOn("jdbc:postgresql://127.0.0.1:1/none")
            .run("nightly", "--date", DAY, "--input", SAMPLE.toString());

    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot be reached");
    ended.assertPlainWords();
  }

  @Test
  void tablesOfAnEarlierVersionAreBroughtAlongWithASentence() throws Exception {
    TestMigrations.migrate(database, "2");
    database.rows(
        """
        insert into recredit_store.run (run_id, kind, from_date, to_date, started_at, status, decided_on, made_by,
          rules_version, words, spanning, ambiguous, return_fee_countries, time_zone, resolved)
        values (1, 'nightly', '2026-11-20', '2026-11-20', now(), 'done', '2026-11-21', '0.1.0', 1, '', 'split', 'choose',
          '{}', 'UTC', 'blocks')
        """);

    var first = program.run("policy");
    var second = program.run("policy");

    assertThat(first.exitCode()).as(first.said()).isZero();
    assertThat(first.err()).startsWith("Bringing the tables to version 3");
    first.assertPlainWords();
    assertThat(second.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update recredit_store.flyway_schema_history set checksum = 1 where version = '1' returning 1",
        "update recredit_store.flyway_schema_history set version = '999' where version = '2' returning 1",
      })
  void tablesOfAnotherVersionEndWithOneAndASentence(String change) throws Exception {
    assertThat(program.run("policy").exitCode()).isZero();
    database.rows(change);

    var ended = program.run("nightly", "--date", DAY, "--input", SAMPLE.toString());

    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(1);
    assertThat(ended.err()).contains("those of another version of Recredit");
    ended.assertPlainWords();
  }

  @Test
  void aSecondRunEndsAtOnceWithFourAndNamesTheOneAtWork() throws Exception {
    LargeFeed.write(folder.resolve("feed"), DAY, 40_000, 6_000, 1);
    var first = program.start(night());
    waitUntil("select status = 'running' from recredit.run");
    signal(first, "STOP");

    var second = program.run("nightly", "--date", DAY, "--input", SAMPLE.toString());
    signal(first, "CONT");

    assertThat(second.exitCode()).as(second.said()).isEqualTo(4);
    assertThat(second.err()).contains("Run 1 is at work", "nightly of 2026-11-20");
    assertThat(Program.end(first).exitCode()).isZero();
  }

  /** Ctrl-C, and what systemd and Kubernetes send. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void askedToStopItStopsAtTheNextChunkAndIsCarriedOn(String signal) throws Exception {
    LargeFeed.write(folder.resolve("feed"), DAY, 80_000, 12_000, 2);
    var run = program.start(night());
    waitUntil(
        "select exists (select from recredit_batch.batch_step_execution where read_count > 0)");
    signal(run, signal);

    assertThat(run.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    var stopped = Program.end(run);
    assertThat(stopped.exitCode()).as(stopped.said()).isNotZero();
    assertThat(stopped.err()).contains("carries it on");
    assertThat(database.rows("select status from recredit.run")).containsExactly("failed");
    var carriedOn = program.run(night());
    assertThat(carriedOn.exitCode()).as(carriedOn.said()).isZero();
    assertThat(carriedOn.err()).contains("it is carried on");
  }

  private String[] night() {
    return new String[] {"nightly", "--date", DAY, "--input", folder.resolve("feed").toString()};
  }

  private static void signal(Program.Running running, String name) throws Exception {
    var pid = String.valueOf(running.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private void waitUntil(String condition) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isTrue(condition)) {
      assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** The tables may not be there yet. */
  private boolean isTrue(String condition) {
    try {
      return database.rows(condition).contains("t");
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
