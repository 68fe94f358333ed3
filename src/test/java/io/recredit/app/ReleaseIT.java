package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release as somebody has it who has nothing else: no sources, no Maven, no home. */
class ReleaseIT {

  private static final Path ARCHIVE = Path.of(System.getProperty("recredit.release"));

  @TempDir private Path folder;
  private Path release;

  @BeforeEach
  void unpackWhereNobodyMayWrite() throws Exception {
    var unpacked = Files.createDirectory(folder.resolve("opt"));
    call("tar", "-xzf", ARCHIVE.toString(), "-C", unpacked.toString());
    try (var entries = Files.list(unpacked)) {
      release = entries.toList().get(0);
    }
    call("chmod", "-R", "a-w", unpacked.toString());
  }

  @AfterEach
  void mayBeRemoved() throws Exception {
    call("chmod", "-R", "u+w", folder.toString());
  }

  @Test
  void itHoldsWhatIsRunAndRead() {
    assertThat(release).hasFileName(ARCHIVE.getFileName().toString().replace(".tar.gz", ""));
    assertThat(
            List.of(
                "LICENSE",
                "README.md",
                "CHANGELOG.md",
                "sql/queries/month_end_totals.sql",
                "jobs/systemd/recredit.service",
                "jobs/container/Containerfile",
                "jobs/monitoring/alerts.yaml"))
        .allSatisfy(file -> assertThat(release.resolve(file)).isNotEmptyFile());
    assertThat(release.resolve("jobs/container/check")).isExecutable();
  }

  @Test
  void itRunsTheSampleAndLeavesItsOwnFolderAlone() throws Exception {
    var before = files();

    var first = run("nightly", "--date", "2026-11-20", "--input", release + "/jobs/sample");
    var second = run("--version");

    assertThat(first.exitCode()).as(first.said()).isEqualTo(3);
    assertThat(first.out()).contains("2 lines rejected", "proof", "passed");
    assertThat(first.err()).doesNotContain("Building").contains("Preparing Recredit");
    assertThat(second.exitCode()).as(second.said()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  private Map<String, String> files() throws IOException {
    var files = new TreeMap<String, String>();
    try (var walk = Files.walk(release)) {
      for (var file : walk.toList()) {
        files.put(file.toString(), Files.getLastModifiedTime(file).toString());
      }
    }
    return files;
  }

  private Program.Ended run(String... arguments) throws Exception {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var launcher = release.resolve("jobs/recredit").toString();
    var builder =
        new ProcessBuilder(Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getProperty("java.home") + "/bin:/usr/bin:/bin");
    builder.environment().put("RECREDIT_DATA", folder.resolve("var/data").toString());
    return Program.end(new Program.Running(builder.start(), out, err));
  }

  private static void call(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
