package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.recredit.TestDatabase;
import io.recredit.database.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program among others: what is in its folder and its environment for somebody else, who holds
 * what it waits for, who ends it or its database. As its users run it, in processes.
 */
class SurroundingsIT {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final String DAY = "2026-11-20";
  private static final String[] NIGHT = {
    "nightly", "--date", DAY, "--input", Path.of("jobs", "sample").toAbsolutePath().toString()
  };

  /** Of its own database, made by the first test; making it takes longest. */
  @TempDir private static Path shared;

  private static Path data;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> started = new ArrayList<>();

  private record Ended(int exitCode, String out, String err) {}

  @BeforeAll
  static void nameFolder() {
    data = shared.resolve("data");
  }

  @AfterEach
  void nothingIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  // What is there for somebody else

  @Test
  void whatIsMeantForAnotherApplicationDoesNotLeadItElsewhere() throws Exception {
    // Where the machine is slow, a new server takes long enough to say so.
    assertThat(run("policy").exitCode()).isZero();
    var elsewhere = TestDatabase.fresh();
    var settings =
        """
        spring.datasource.url=%s
        spring.datasource.username=%s
        spring.datasource.password=%s
        spring.flyway.url=%s
        recredit.threads=99
        logging.config=%s
        """
            .formatted(
                elsewhere.url(),
                elsewhere.username(),
                elsewhere.password(),
                elsewhere.url(),
                Files.writeString(folder.resolve("their-log.xml"), "<configuration"));
    Files.writeString(folder.resolve("application.properties"), settings);
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/application.properties"), settings);
    environment.put("SPRING_CONFIG_ADDITIONAL_LOCATION", folder + "/config/");
    environment.put("SPRING_DATASOURCE_HIKARI_JDBC_URL", elsewhere.url());
    environment.put("SPRING_FLYWAY_URL", elsewhere.url());
    environment.put(
        "SPRING_APPLICATION_JSON",
        "{\"spring\": {\"flyway\": {\"url\": \"%s\"}}}".formatted(elsewhere.url()));
    environment.put("RECREDIT_VERSION", "3.1-of-an-image");
    environment.put("SPRING_DATASOURCE_URL", "");

    var ended = run("policy", "--spanning", "reject");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(elsewhere.rows("select count(*) from pg_namespace where nspname like 'recredit%'"))
        .containsExactly("0");
    environment.clear();
    assertThat(run("policy").out()).contains("reject");
  }

  @Test
  void aLoginWithoutAnAddressIsNotUsedAndThatIsSaid() throws Exception {
    environment.put("SPRING_DATASOURCE_USERNAME", "somebody");
    environment.put("SPRING_DATASOURCE_PASSWORD", "else");

    var ended = run("policy");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .isEqualTo(
            "SPRING_DATASOURCE_USERNAME is set and SPRING_DATASOURCE_URL is not: it is not used, and Recredit works on a database of its own.\n");
  }

  @Test
  void aHostThatCannotBeReachedIsNamed() throws Exception {
    environment.put("RECREDIT_CONNECTION_TIMEOUT", "1000");
    environment.put(
        "SPRING_DATASOURCE_URL", "jdbc:postgresql://nowhere.invalid:5499/recredit?password=hidden");
    var unknown = run("prove");
    environment.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/recredit");
    var refused = run("prove");

    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err())
        .isEqualTo(
            "The database at nowhere.invalid:5499 cannot be reached. Start it, or correct SPRING_DATASOURCE_URL, and run the same command again. It says: No machine is known by the name nowhere.invalid.\n");
    assertThat(refused.err()).startsWith("The database at 127.0.0.1:1 cannot be reached. ");
  }

  @Test
  void itsFilesAreNobodyElses() throws Exception {
    assertThat(run("policy").exitCode()).isZero();

    for (var file : List.of(".lock", ".in-use", "postgresql.log", "postgresql/recredit.password")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  // Who holds what it waits for

  @Test
  void whatABackupKeepsWaitingSaysForWhom() throws Exception {
    var database = given();
    assertThat(run("policy").exitCode()).isZero();
    try (var backup = database.connect()) {
      backup.setAutoCommit(false);
      TestDatabase.rows(backup, "set application_name = 'pg_dump'");
      var pid = TestDatabase.rows(backup, "select pg_backend_pid()").get(0);
      TestDatabase.rows(backup, "lock table recredit_store.capture_staging in access share mode");
      var night = start(NIGHT);
      await().atMost(LONG).until(() -> Files.readString(err(night), UTF_8).contains("Waiting for"));
      backup.rollback();

      var ended = end(night);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
      assertThat(ended.err())
          .startsWith(
              "Waiting for another session of the database: process %s, user %s, program pg_dump, in a transaction since 20"
                  .formatted(pid, database.username()));
    }
  }

  @Test
  void whoHoldsTheLockOfTheStartIsNamed() throws Exception {
    var database = given();
    assertThat(run("policy").exitCode()).isZero();
    try (var holder = database.connect()) {
      var lock = lockOfFlyway();
      TestDatabase.rows(holder, "set application_name = 'psql of somebody'");
      TestDatabase.rows(holder, "select pg_advisory_lock(" + lock + ")");
      var waiting = start("policy");
      await()
          .atMost(LONG)
          .until(() -> Files.readString(err(waiting), UTF_8).contains("program psql of somebody"));
      TestDatabase.rows(holder, "select pg_advisory_unlock_all()");

      var ended = end(waiting);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
    }
  }

  /** As PostgreSQLAdvisoryLockTemplate counts it. */
  private static String lockOfFlyway() {
    var magic = (0x46L << 40) + (0x6CL << 32) + (0x79L << 24) + (0x77 << 16) + (0x61 << 8) + 0x79;
    return Long.toString(magic + "\"recredit_store\".\"flyway_schema_history\"".hashCode());
  }

  // Timeouts, and who ends its sessions

  @Test
  void theServersTimeoutsDoNotBreakARun() throws Exception {
    var database = given();
    for (var timeout :
        List.of(
            "statement_timeout", "idle_session_timeout", "idle_in_transaction_session_timeout")) {
      database.rows(
          "alter database %s set %s = '1s'"
              .formatted(database.url().replaceFirst(".*/", ""), timeout));
    }

    var ended = run(NIGHT);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
  }

  @Test
  void aRunWhoseLockIsLostStopsAndSaysSo() throws Exception {
    var database = given();
    LargeFeed.write(folder.resolve("feed"), DAY, 60_000, 9_000, 1);
    var night =
        new String[] {"nightly", "--date", DAY, "--input", folder.resolve("feed").toString()};
    var atWork = start(night);
    await().atMost(LONG).ignoreExceptions().until(() -> isAtWork(database));
    try (var holding = database.connect()) {
      // Slow enough to be looked at: nothing more is read meanwhile.
      holding.setAutoCommit(false);
      TestDatabase.rows(holding, "lock table recredit_store.lines_read in exclusive mode");
      assertThat(run(NIGHT).exitCode()).as("while the first one has the lock").isEqualTo(4);
      database.rows(
          "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objsubid = 1"
              + " and ((classid::bigint << 32) | objid::bigint) = x'7265637265646974'::bigint");
      TimeUnit.SECONDS.sleep(4);
      holding.rollback();
    }

    var ended = end(atWork);
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err())
        .contains("lost its connection to the database that keeps other runs away");
    var carriedOn = run(night);
    assertThat(carriedOn.exitCode()).as(carriedOn.err()).isZero();
    assertThat(carriedOn.err()).contains("it is carried on");
  }

  private static boolean isAtWork(TestDatabase database) {
    return database.rows("select status from recredit.run").contains("running");
  }

  // Who ends it

  @Test
  void askedToEndACommandThatOnlyReadsEndsAtOnceAndLeavesNoDatabaseUp() throws Exception {
    assertThat(run("policy").exitCode()).isZero();
    try (var own = TestServers.start(data)) {
      var database = new TestDatabase(own.jdbcUrl(), own.username(), own.password());
      database.rows("alter table recredit_store.policy_change rename to kept");
      database.rows(
          "create view recredit_store.policy_change as select k.* from (select pg_sleep(60)) s left join recredit_store.kept k on true");
      database.rows("grant select on recredit_store.policy_change to recredit_job");
    }
    try {
      for (var signal : Map.of("INT", 130, "TERM", 143).entrySet()) {
        var reading = start("policy");
        await().atMost(LONG).ignoreExceptions().until(SurroundingsIT::sleeps);
        var began = System.nanoTime();
        signal(reading, signal.getKey());

        var ended = end(reading);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(signal.getValue());
        assertThat(ended.err()).isEqualTo("Stopped before the end, as was asked for.\n");
        assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
      }
    } finally {
      try (var own = TestServers.start(data)) {
        var database = new TestDatabase(own.jdbcUrl(), own.username(), own.password());
        database.rows("drop view recredit_store.policy_change");
        database.rows("alter table recredit_store.kept rename to policy_change");
      }
    }
  }

  private static boolean sleeps() throws IOException {
    return TestServers.see(data)
        .orElseThrow()
        .database()
        .rows("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
        .contains("1");
  }

  @Test
  void dbSaysThatItsServerIsGoneAndTheNextCommandStartsAnew() throws Exception {
    var keeping = start("db");
    await().atMost(LONG).until(() -> Files.readString(out(keeping), UTF_8).contains("psql"));
    TestServers.see(data).orElseThrow().postmaster().destroyForcibly();

    var ended = end(keeping);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err())
        .startsWith("The PostgreSQL on the data folder " + data + " is gone: ")
        .hasLineCount(1);
    assertThat(run("policy").exitCode()).isZero();
  }

  @Test
  void severalFirstStartsOnAnEmptyDatabaseSayNothingOfBringingTablesAlong() throws Exception {
    given();
    var starts = new ArrayList<Process>();
    for (var i = 0; i < 3; i++) {
      starts.add(start("policy"));
    }
    for (var one : starts) {
      var ended = end(one);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err()).isEmpty();
    }
  }

  // Processes

  private TestDatabase given() {
    var database = TestDatabase.fresh();
    environment.put("SPRING_DATASOURCE_URL", database.url());
    environment.put("SPRING_DATASOURCE_USERNAME", database.username());
    environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
    return database;
  }

  private Ended run(String... arguments) throws Exception {
    return end(start(arguments));
  }

  private Process start(String... arguments) throws Exception {
    var command = Program.command(arguments);
    var number = started.size();
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out" + number).toFile())
            .redirectError(folder.resolve("err" + number).toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(SPRING|RECREDIT)_.*"));
    builder.environment().put("RECREDIT_DATA", data.toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    return process;
  }

  private Path out(Process process) {
    return folder.resolve("out" + started.indexOf(process));
  }

  private Path err(Process process) {
    return folder.resolve("err" + started.indexOf(process));
  }

  private Ended end(Process process) throws Exception {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("it ended").isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out(process), UTF_8),
        Files.readString(err(process), UTF_8));
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
