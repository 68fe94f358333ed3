package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import io.recredit.app.Onlooker.Place;
import io.recredit.app.Program.Ended;
import io.recredit.app.Program.Running;
import io.recredit.database.TestServers;
import io.recredit.database.TestServers.Seen;
import io.recredit.wording.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Catches up on missed nights as a scheduler does: the same command again, whatever became of it
 * the last time, until it is through. Nobody cleans up in between.
 */
final class NightShift implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String AT_WORK =
      """
      select application_name from pg_stat_activity where application_name like 'recredit %'
      union all
      select status from recredit.run where status = 'running'
      """;

  private static final int KILLED = 128 + 9;

  private final Program program;
  private final String[] command;
  private final Onlooker onlooker;
  private final Interlude interlude;
  private final StringBuilder said = new StringBuilder();
  private @Nullable Running running;

  /** What happens while no process is at work. */
  interface Interlude {
    void play() throws Exception;
  }

  NightShift(Path folder, Path feed, Interlude interlude) {
    this.program =
        new Program(folder)
            // It waits so long for a server that is gone before it says so; tests need not.
            .with("RECREDIT_CONNECTION_TIMEOUT", "1000");
    this.command = new String[] {"nightly", "--input", feed.toString()};
    this.onlooker = new Onlooker(program.dataFolder());
    this.interlude = interlude;
  }

  /** Where the run is once it is at such a place; empty where the command is through before. */
  Optional<Place> reach(Predicate<Place> there) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      if (running == null) {
        onlooker.forgetJobsSoFar();
        running = program.start(command);
      } else if (!running.process().isAlive()) {
        if (end(running).exitCode() == ExitCode.DONE) {
          return Optional.empty();
        }
        interlude.play();
      } else {
        var place = onlooker.look().filter(there);
        if (place.isPresent()) {
          return place;
        }
        Thread.sleep(10);
      }
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
    }
  }

  /** Until it is through. */
  void finish() throws Exception {
    reach(place -> false);
  }

  Optional<Place> now() {
    return onlooker.look();
  }

  /** False where there is nothing to be disturbed any more. */
  boolean disturb(Disturbance kind) throws Exception {
    var server = onlooker.server();
    if (running == null || !running.process().isAlive() || server.isEmpty()) {
      return false;
    }
    kind.strike(running.process(), server.get());
    return true;
  }

  /** Another command, while no process is at work. */
  Ended other(String... arguments) throws Exception {
    onlooker.close();
    var ended = program.run(arguments);
    said.append(ended.said());
    return ended;
  }

  /** The database, while its server is up. */
  Optional<TestDatabase> database() throws IOException {
    return TestServers.see(program.dataFolder()).map(Seen::database);
  }

  /** The sessions of a process that was killed end by themselves, and its run is not at work. */
  void waitUntilNothingIsAtWork() throws Exception {
    var database = database().orElseThrow();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!database.rows(AT_WORK).isEmpty()) {
      assertThat(System.nanoTime()).as("sessions of the killed process").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** All that its processes said. */
  String said() {
    return said.toString();
  }

  private Ended end(Running process) throws Exception {
    var ended = Program.end(process);
    running = null;
    said.append(ended.said());
    assertThat(ended.exitCode()).as(ended.said()).isIn(ExitCode.DONE, ExitCode.FAILED, KILLED);
    if (ended.exitCode() == ExitCode.FAILED) {
      ended.assertPlainWords();
    }
    return ended;
  }

  @Override
  public void close() {
    if (running != null) {
      running.process().destroyForcibly();
    }
    onlooker.close();
  }
}
