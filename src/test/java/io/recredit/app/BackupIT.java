package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import io.recredit.app.Program.Ended;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups between servers and versions, and a restore that is killed. */
class BackupIT {

  private static final String SAMPLE = Path.of("jobs", "sample").toAbsolutePath().toString();
  private static final String DAY = "2026-11-20";
  private static final String NEXT_DAY = "2026-11-21";

  /** Held by whoever grants what the roles need, the last thing that a restore does. */
  private static final String GRANTS = "8243104035950061941";

  private static final String WAITING =
      """
      select count(*) from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
      where not l.granted and l.locktype = 'advisory'
      """;

  @TempDir private Path folder;

  private Program program(String data) {
    return new Program(folder.resolve(data)).with("RECREDIT_INPUT", SAMPLE);
  }

  private static Ended done(int exitCode, Program program, String... command) throws Exception {
    var ended = program.run(command);
    assertThat(ended.exitCode()).as("%s: %s", List.of(command), ended.said()).isEqualTo(exitCode);
    return ended;
  }

  private String backedUp(String name, Program program) throws Exception {
    var file = folder.resolve(name).toString();
    done(0, program, "backup", file);
    return file;
  }

  /** Every table's rows. */
  private static Map<String, String> rows(String backup) throws Exception {
    var rows = new HashMap<String, String>();
    try (var zip = new ZipFile(backup)) {
      for (var entry : zip.stream().toList()) {
        if (!entry.getName().equals("manifest.json")) {
          rows.put(entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
        }
      }
    }
    assertThat(rows).containsKeys("capture", "decision", "journal", "run");
    return rows;
  }

  /** As its owner, who is no superuser. */
  @Test
  void fromTheEmbeddedServerToAnotherOneAndBack() throws Exception {
    var embedded = program("embedded");
    done(3, embedded, "nightly", "--date", DAY);
    var first = backedUp("first.backup", embedded);

    var database = TestDatabase.fresh();
    database.makeRoles();
    var owner = program("elsewhere").on(database.as("recredit_owner"));
    assertThat(done(0, owner, "restore", first).out()).contains("Everything up to run 1");
    assertThat(rows(backedUp("second.backup", owner))).isEqualTo(rows(first));

    var job = program("elsewhere").on(database.as("recredit_job"));
    done(0, job, "nightly", "--date", NEXT_DAY);
    done(0, embedded, "nightly", "--date", NEXT_DAY);
    var third = backedUp("third.backup", job);
    var back = program("back");
    done(0, back, "restore", third);
    assertThat(rows(backedUp("fourth.backup", back))).isEqualTo(rows(third));
    assertThat(facts(rows(third))).isEqualTo(facts(rows(backedUp("fifth.backup", embedded))));
  }

  /** What is the same wherever it was decided. */
  private static String facts(Map<String, String> rows) {
    return rows.get("decision") + rows.get("credit") + rows.get("exception_text");
  }

  @Test
  void aRestoreThatIsKilledLeavesNothing() throws Exception {
    var embedded = program("embedded");
    done(3, embedded, "nightly", "--date", DAY);
    var backup = backedUp("killed.backup", embedded);
    var database = TestDatabase.fresh();
    var given = program("elsewhere").on(database);
    try (var session = database.connect();
        var statement = session.createStatement()) {
      statement.execute("select pg_advisory_lock(" + GRANTS + ")");
      var running = given.start("restore", backup);
      while (!TestDatabase.rows(session, WAITING).equals(List.of("1"))) {
        assertThat(running.process().isAlive()).isTrue();
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(given.run("restore", backup).exitCode()).as("beside another").isEqualTo(4);
      running.process().descendants().forEach(ProcessHandle::destroyForcibly);
      running.process().destroyForcibly().waitFor();
    }
    while (!database
        .rows("select count(*) from pg_stat_activity where application_name like 'recredit %'")
        .equals(List.of("0"))) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(database.rows("select nspname from pg_namespace where nspname like 'recredit%'"))
        .isEmpty();
    done(0, given, "restore", backup);
    assertThat(rows(backedUp("whole.backup", given))).isEqualTo(rows(backup));
  }

  /** As version 13 of the tables had it, with all that could be done in it. */
  @Test
  void whatAnEarlierVersionBackedUpIsBroughtAlong() throws Exception {
    var backup = Path.of("src", "test", "resources", "backups", "tables-13.zip").toAbsolutePath();
    var restored = program("restored");
    assertThat(done(0, restored, "restore", backup.toString()).out())
        .contains("Everything up to run 7");
    done(3, restored, "rerun", "--from", DAY, "--to", NEXT_DAY);
  }
}
