package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as its users run it: jobs/recredit in a process of its own. */
final class Program {

  private static final long MOST_MINUTES = 5;
  private static final Path LAUNCHER = Path.of("jobs", "recredit").toAbsolutePath();
  private static final String DATA = "data";
  private static boolean isPrepared;

  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private Path working = Path.of("").toAbsolutePath();

  /**
   * @param folder where its data and its output go
   */
  Program(Path folder) {
    this.folder = folder;
    environment.put("RECREDIT_DATA", folder.resolve(DATA).toString());
  }

  /** That of its own database, where it is given none. */
  Path dataFolder() {
    return folder.resolve(DATA);
  }

  Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** On a database that is there, in place of its own. */
  Program on(TestDatabase database) {
    return with("SPRING_DATASOURCE_URL", database.url())
        .with("SPRING_DATASOURCE_USERNAME", database.username())
        .with("SPRING_DATASOURCE_PASSWORD", database.password());
  }

  /** From where it is run. */
  Program in(Path workingFolder) {
    working = workingFolder;
    return this;
  }

  /** How a process ended, and what it said. */
  record Ended(int exitCode, String out, String err) {

    String said() {
      return out + err;
    }

    /** Something for a person, and nothing that only a programmer understands. */
    void assertPlainWords() {
      assertThat(err.strip()).isNotEmpty();
      assertThat(err)
          .doesNotContain("Exception", "\tat ", "org.springframework", "java.", "WARN", "ERROR");
    }
  }

  Ended run(String... arguments) throws Exception {
    return end(start(arguments));
  }

  Running start(String... arguments) throws Exception {
    var command = command(arguments);
    Files.createDirectories(folder);
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(working.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    for (var inherited : List.of("SPRING_DATASOURCE_URL", "RECREDIT_INPUT", "RECREDIT_DATA")) {
      builder.environment().remove(inherited);
    }
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** Ready to be run. */
  static List<String> command(String... arguments) throws Exception {
    prepare();
    var command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Once, lest what the launcher says of it stands among what a test looks at. */
  private static synchronized void prepare() throws Exception {
    if (!isPrepared) {
      var version = new ProcessBuilder(LAUNCHER.toString(), "--version");
      version.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
      assertThat(version.start().waitFor()).isZero();
      isPrepared = true;
    }
  }

  record Running(Process process, Path out, Path err) {}

  static Ended end(Running running) throws Exception {
    if (!running.process().waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      running.process().destroyForcibly();
      throw new AssertionError("It did not end: " + Files.readString(running.err(), UTF_8));
    }
    return new Ended(
        running.process().exitValue(),
        Files.readString(running.out(), UTF_8),
        Files.readString(running.err(), UTF_8));
  }
}
