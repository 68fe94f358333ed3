package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When jobs/recredit builds, and what it does with the program that is there meanwhile. The build
 * and the JVM are scripts that take no time; a jar is a text that the JVM says when it runs it.
 */
class LauncherIT {

  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s ' "$@" >>"$JAVA_HOME/called"
      while [ $# -gt 0 ]; do
        case $1 in
          -version) echo "openjdk version \\"$(cat "$JAVA_HOME/version")\\"" >&2; exit ;;
          -jar) jar=$2; shift ;;
          -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) : >"${1#*=}" ;;
          extract) extracting=yes ;;
          --destination) destination=$2; shift ;;
          wait) : >"$JAVA_HOME/waiting"; until [ -f "$JAVA_HOME/go-on" ]; do sleep 0.05; done ;;
        esac
        shift
      done
      [ -z "${extracting:-}" ] || { cp "$jar" "$destination/recredit.jar"; exit; }
      cat "$jar"
      """;

  private static final String BUILD =
      """
      #!/bin/sh
      for argument; do
        case $argument in -Drecredit.target=*) target=${argument#*=} ;; esac
      done
      echo "Built beside: $(cat target/recredit.jar 2>/dev/null || echo nothing)" >&2
      mkdir -p "$target"
      echo half >"$target/recredit.jar"
      %s
      cp src/main/words "$target/recredit.jar"
      """;

  @TempDir private Path folder;
  private Path root;
  private Path jar;
  private Path java;

  @BeforeEach
  void layOut() throws IOException {
    root = folder.resolve("some where");
    jar = root.resolve("target/recredit.jar");
    java = folder.resolve("java");
    Files.createDirectories(root.resolve("jobs"));
    Files.createDirectories(root.resolve("src/main"));
    Files.createDirectories(java.resolve("bin"));
    Files.copy(Path.of("jobs", "recredit"), root.resolve("jobs/recredit"));
    Files.writeString(root.resolve("pom.xml"), "");
    script(root.resolve("mvnw"), BUILD.formatted(""));
    script(java.resolve("bin/java"), JAVA);
    Files.writeString(java.resolve("version"), "17.0.15");
    sourcesSay("first");
  }

  @Test
  void whatIsMissingIsBuiltOnceAndPreparedForQuickStarts() throws Exception {
    var first = run();
    var second = run();

    assertThat(first.out()).isEqualTo("first\n");
    assertThat(first.err()).contains("Building Recredit", "Built beside: nothing", "Preparing");
    assertThat(second.out()).isEqualTo("first\n");
    assertThat(second.err()).isEmpty();
    assertThat(lastCall()).contains("-XX:SharedArchiveFile=").doesNotContain(" -jar " + jar + " ");
    assertThat(jar.resolveSibling("beside")).doesNotExist();
  }

  @Test
  void sinceJava25TheArchiveIsAnAotCache() throws Exception {
    Files.writeString(java.resolve("version"), "25.0.3");

    assertThat(run().out()).isEqualTo("first\n");
    assertThat(lastCall()).contains("-XX:AOTCache=").doesNotContain("-XX:SharedArchiveFile=");
  }

  @Test
  void theProgramThatWorksIsThereUntilTheNewOneIsWhole() throws Exception {
    run();
    sourcesSay("second");

    var built = run();

    assertThat(built.out()).isEqualTo("second\n");
    assertThat(built.err()).contains("Built beside: first");
  }

  @Test
  void whereTheBuildFailsTheOlderProgramRunsAndThatIsSaid() throws Exception {
    run();
    sourcesSay("second");
    script(root.resolve("mvnw"), BUILD.formatted("echo 'No Maven Central' >&2; exit 1"));

    var older = run();

    assertThat(older.exitCode()).isZero();
    assertThat(older.out()).isEqualTo("first\n");
    assertThat(older.err())
        .containsSubsequence("No Maven Central", "could not be built", "older program", "" + jar);
    assertThat(jar).hasContent("first");
  }

  @Test
  void whereTheBuildFailsAndThereIsNoProgramItEndsWithOne() throws Exception {
    script(root.resolve("mvnw"), BUILD.formatted("exit 1"));

    var nothing = run();

    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).endsWith("could not be built; the lines above say why.\n");
  }

  /** What Maven does that somebody starts by hand: same file, other bytes. */
  @Test
  void aRunKeepsItsFilesWhenTheJarIsWrittenOver() throws Exception {
    run();
    var running = start("wait");
    await().until(() -> Files.exists(java.resolve("waiting")));
    Files.writeString(jar, "other\n", StandardOpenOption.TRUNCATE_EXISTING);

    var meanwhile = run();
    Files.writeString(java.resolve("go-on"), "");

    assertThat(meanwhile.out()).isEqualTo("other\n");
    assertThat(Program.end(running).out()).isEqualTo("first\n");
  }

  @Test
  void theLockOfABuildThatWasKilledIsNobodys() throws Exception {
    Files.createDirectories(jar.getParent());
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(
        jar.resolveSibling("recredit.lock"), Path.of(Long.toString(gone.pid())));

    assertThat(run().out()).isEqualTo("first\n");
  }

  private void sourcesSay(String words) throws IOException {
    var sources = Files.writeString(root.resolve("src/main/words"), words + "\n");
    if (Files.exists(jar)) { // both may be of one tick of the clock
      Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
    } else {
      var before = FileTime.from(Instant.now().minus(Duration.ofMinutes(1)));
      Files.setLastModifiedTime(sources, before);
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String lastCall() throws IOException {
    var calls = Files.readString(java.resolve("called"));
    return calls.substring(calls.lastIndexOf("-version "));
  }

  private Program.Ended run(String... arguments) throws Exception {
    return Program.end(start(arguments));
  }

  private Program.Running start(String... arguments) throws IOException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var launcher = root.resolve("jobs/recredit").toString();
    var builder =
        new ProcessBuilder(Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().put("JAVA_HOME", java.toString());
    return new Program.Running(builder.start(), out, err);
  }
}
