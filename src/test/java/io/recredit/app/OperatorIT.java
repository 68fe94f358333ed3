package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weeks of somebody who operates the release: another user without a home, cron's poor environment,
 * a folder that is read-only; and all that goes wrong meanwhile.
 */
class OperatorIT {

  private static final Path ARCHIVE = Path.of(System.getProperty("recredit.release"));
  private static final long MOST_MINUTES = 5;
  private static final int BALLAST_LEAVES = 12 << 20;

  /** Who may log in as anybody is somebody else here; whoever may not is not root anyway. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /** The release, unpacked once, with its quick start made, and nobody may write there. */
  @TempDir private static Path unpacked;

  @TempDir private Path folder;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Process, Integer> started = new HashMap<>();
  private Path installed;
  private Path input;
  private Path data;
  private boolean isRoot;

  private record Ended(int exitCode, String out, String err) {
    String said() {
      return out + err;
    }
  }

  @BeforeAll
  static void unpack() throws Exception {
    said("tar", "-xzf", ARCHIVE.toString(), "--strip-components=1", "-C", unpacked.toString());
    Files.createDirectory(unpacked.resolve("quick-start"));
    var version = new ProcessBuilder(unpacked.resolve("jobs/recredit").toString(), "--version");
    version.environment().put("RECREDIT_DATA", unpacked.resolve("data").toString());
    assertThat(version.inheritIO().start().waitFor()).isZero();
    said("rm", "-rf", unpacked.resolve("data").toString());
    said("chmod", "-R", "a+rX,a-w", unpacked.toString());
  }

  @AfterAll
  static void unpackedMayBeRemoved() throws Exception {
    said("chmod", "-R", "u+w", unpacked.toString());
  }

  @BeforeEach
  void install() throws Exception {
    isRoot = "0".equals(said("id", "-u").strip());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    installed = folder.resolve("recredit");
    Files.createSymbolicLink(installed, unpacked);
    input = Files.createDirectory(folder.resolve("input"));
    data = folder.resolve("var");
    Files.createDirectory(data);
    ours(data);
    environment.put("PATH", System.getProperty("java.home") + "/bin:/usr/bin:/bin");
    environment.put("TZ", "America/New_York");
    environment.put("LC_ALL", "C");
    environment.put("RECREDIT_INPUT", input.toString());
    environment.put("RECREDIT_DATA", data.resolve("data").toString());
    environment.put("RECREDIT_METRICS", data.resolve("recredit.prom").toString());
  }

  @AfterEach
  void mayBeRemoved() throws Exception {
    said("chmod", "-R", "u+w", folder.toString());
  }

  @Test
  void nightsThatGoWrongAreNoticedAndMadeUpFor() throws Exception {
    var release = files(unpacked);
    deliver(6, "A6", "r6");
    var first = run("nightly", "--date", day(6));
    assertThat(first.exitCode()).as(first.said()).isZero();
    assertThat(first.err()).doesNotContain("Building", "Preparing");

    // The captures end in the middle, at a line's end: nobody can see that yet.
    deliver(5, "A5", "r5");
    var captures = path("captures", 5);
    var whole = Files.readString(captures);
    Files.writeString(captures, "");
    deliver(4, "A4", "r4");
    deliver(2, "A2", "r2");
    Files.writeString(path("captures", 2), whole(2).substring(0, 40));
    deliver(1, "A1", "r1");
    var poor = run("nightly");
    assertThat(poor.exitCode()).as(poor.said()).isEqualTo(6);
    assertThat(poor.err())
        .contains(day(3) + ": there are no files in " + input)
        .contains(day(2) + " is passed over, and tried again the next time.")
        .contains("is cut off");
    assertThat(poor.out())
        .contains("nightly of " + day(5), "nightly of " + day(4), "nightly of " + day(1));
    assertThat(metric("recredit_days_missing")).isEqualTo(2);
    assertThat(metric("recredit_last_exit_code")).isEqualTo(6);
    assertThat(metric("recredit_exceptions_open{reason=\"NO_CAPTURE\"}")).isEqualTo(1);
    var missing = run("status");
    assertThat(missing.exitCode()).isEqualTo(7);
    assertThat(missing.out()).contains("never read and not skipped: " + day(3) + " to " + day(2));

    // All of it is delivered, but for the day on which the shop was closed.
    Files.writeString(captures, whole);
    Files.writeString(path("captures", 2), whole(2));
    assertThat(run("nightly", "--skip", day(3), "--by", "Karin").exitCode()).isZero();
    var madeUpFor = run("nightly");
    assertThat(madeUpFor.exitCode()).as(madeUpFor.said()).isZero();
    assertThat(madeUpFor.out()).contains("nightly of " + day(5), "nightly of " + day(2));
    assertThat(metric("recredit_days_missing")).isZero();
    assertThat(metrics()).doesNotContain("NO_CAPTURE");
    var well = run("status");
    assertThat(well.exitCode()).as(well.said()).isZero();
    assertThat(well.out()).endsWith("Nothing needs anybody.\n");

    // No night ran since.
    TimeUnit.SECONDS.sleep(2);
    var old = run("status", "--max-age", "1s");
    assertThat(old.exitCode()).isEqualTo(7);
    assertThat(old.out()).contains("the last run is older than 1 second");
    assertThat(metric("recredit_last_success_timestamp_seconds")).isPositive();

    assertThat(files(unpacked)).isEqualTo(release);

    // The next release, in its own folder.
    Files.delete(installed);
    var next = folder.resolve("next");
    said("cp", "-a", unpacked.toString(), next.toString());
    Files.createSymbolicLink(installed, next);
    var upgraded = run("nightly");
    assertThat(upgraded.exitCode()).as(upgraded.said()).isZero();
    assertThat(run("prove").exitCode()).isZero();
    theLogTellsOfEachNightAndOfNobodysGoods();
  }

  private void theLogTellsOfEachNightAndOfNobodysGoods() throws IOException {
    var log = Files.readString(data.resolve("data/recredit.log"));
    assertThat(log)
        .contains("Recredit ", ": nightly begins", "nightly ends with 6", "status ends with 7")
        .contains("Run 1, nightly of " + day(6) + ", begins")
        .contains("captures-" + day(6) + ".ndjson: 1 lines, 1 accepted, 0 repeated, 0 rejected")
        .contains("is done: 1 refunds of 1 orders decided")
        .contains(day(2) + " is passed over")
        .doesNotContain("Blue mug", "for Karl", "\tat ");
  }

  @Test
  void writtenForMachinesTheLogIsALineOfJsonForEachThing() throws Exception {
    environment.put("RECREDIT_LOG_FORMAT", "ecs");
    environment.put(
        "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/recredit?password=secret");

    var ended = run("nightly");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(metric("recredit_last_exit_code")).isEqualTo(1);
    assertThat(Files.readAllLines(data.resolve("data/recredit.log")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{\"@timestamp\"") && line.endsWith("}"))
        .anyMatch(
            line -> line.contains("nightly failed: The database at 127.0.0.1:1 cannot be reached"))
        .noneMatch(line -> line.contains("secret"));
    environment.put("RECREDIT_LOG_FORMAT", "xml");
    environment.remove("SPRING_DATASOURCE_URL");
    assertThat(run("policy").err())
        .isEqualTo(
            "RECREDIT_LOG_FORMAT is xml, and can be plain or ecs. Correct it, then run the same command again.\n");
  }

  @Test
  void aFullDiskIsSaidAndNothingIsLost() throws Exception {
    assumeTrue(isRoot && mounted(data), "a file system of its own needs root");
    try {
      ours(data);
      deliver(3, "A3", "r3");
      assertThat(run("nightly", "--date", day(3)).exitCode()).isZero();
      deliver(2, "A2", "r2");
      LargeFeed.write(input, day(1), 40_000, 4_000, 1);
      var ballast = data.resolve("ballast");
      fill(ballast);

      var full = run("nightly");
      assertThat(full.exitCode()).as(full.said()).isEqualTo(1);
      assertThat(full.err()).containsIgnoringCase("full").doesNotContain("Exception", "\tat ");

      Files.delete(ballast);
      var after = run("nightly");
      assertThat(after.exitCode()).as(after.said()).isZero();
      assertThat(after.out()).contains("nightly of " + day(1));
      assertThat(run("prove").exitCode()).isZero();
    } finally {
      said("umount", "-l", data.toString());
    }
  }

  private static boolean mounted(Path place) throws Exception {
    var mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=420m", "tmpfs", place.toString());
    return mount.redirectErrorStream(true).start().waitFor() == 0;
  }

  private static void fill(Path ballast) throws IOException {
    var block = new byte[1 << 20];
    Arrays.fill(block, (byte) 1);
    try (var out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(ballast).getUsableSpace() > BALLAST_LEAVES) {
        out.write(block);
        out.flush();
      }
    }
  }

  @Test
  void aPasswordThatWasChangedIsSaidAndTheNextNightCatchesUp() throws Exception {
    deliver(2, "A2", "r2");
    assertThat(run("nightly", "--date", day(2)).exitCode()).isZero();
    var keeping = start("db");
    try {
      var shown = Pattern.compile("jdbc:postgresql://127.0.0.1:\\d+/\\w+");
      var said = waitFor(keeping, shown);
      environment.put("SPRING_DATASOURCE_URL", said);
      environment.put("SPRING_DATASOURCE_USERNAME", "recredit");
      environment.put("SPRING_DATASOURCE_PASSWORD", "the one of before");
      deliver(1, "A1", "r1");
      var refused = run("nightly");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("SPRING_DATASOURCE_PASSWORD").doesNotContain("the one of");
      assertThat(metric("recredit_last_exit_code")).isEqualTo(1);
      assertThat(metric("recredit_last_success_timestamp_seconds")).isPositive();

      environment.put(
          "SPRING_DATASOURCE_PASSWORD",
          Files.readString(data.resolve("data/postgresql/recredit.password")).strip());
      var accepted = run("nightly");
      assertThat(accepted.exitCode()).as(accepted.said()).isZero();
      assertThat(accepted.out()).contains("nightly of " + day(1));
    } finally {
      keeping.destroy();
      keeping.waitFor();
    }
  }

  private String waitFor(Process process, Pattern words) throws Exception {
    for (var i = 0; i < 300; i++) {
      var found = words.matcher(Files.readString(output(process, "out"), UTF_8));
      if (found.find()) {
        return found.group();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("It never said " + words);
  }

  // What is delivered

  private void deliver(int daysAgo, String capture, String refund) throws IOException {
    Files.writeString(path("captures", daysAgo), captures(daysAgo, capture));
    Files.writeString(
        path("refunds", daysAgo),
        """
        {"order_id":"o%1$s","refund_id":"%1$s","refunded_amount":1000,"refunded_at":"%2$sT11:00:00Z","description":"for Karl","order_lines":[{"reference":"MUG","name":"Blue mug","total_amount":1000,"type":"physical"}]}
        """
            .formatted(refund, day(daysAgo)));
  }

  private String captures(int daysAgo, String capture) {
    return """
        {"order_id":"or%1$d","capture_id":"%2$s","captured_amount":1000,"captured_at":"%3$sT10:00:00Z","purchase_country":"SE","purchase_currency":"SEK","order_lines":[{"reference":"MUG","name":"Blue mug","total_amount":1000,"type":"physical"}]}
        """
        .formatted(daysAgo, capture, day(daysAgo));
  }

  private String whole(int daysAgo) {
    return captures(daysAgo, "A" + daysAgo);
  }

  private String day(int daysAgo) {
    return today.minusDays(daysAgo).toString();
  }

  private Path path(String kind, int daysAgo) {
    return input.resolve(kind + "-" + day(daysAgo) + ".ndjson");
  }

  // What is seen

  private String metrics() throws IOException {
    var file = data.resolve("recredit.prom");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    return Files.readString(file);
  }

  private double metric(String name) throws IOException {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  // Processes

  private static Map<String, String> files(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var walk = Files.walk(folder)) {
      for (var file : walk.toList()) {
        files.put(file.toString(), Files.getLastModifiedTime(file).toString());
      }
    }
    return files;
  }

  private void ours(Path place) throws Exception {
    if (isRoot) {
      said("chown", "65534:65534", place.toString());
    }
  }

  private Ended run(String... arguments) throws Exception {
    var process = start(arguments);
    assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(output(process, "out"), UTF_8),
        Files.readString(output(process, "err"), UTF_8));
  }

  private Process start(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    if (isRoot) {
      command.addAll(AS_NOBODY);
    }
    command.add(installed.resolve("jobs/recredit").toString());
    command.addAll(List.of(arguments));
    var number = started.size();
    var builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(folder.resolve("out" + number).toFile())
            .redirectError(folder.resolve("err" + number).toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    started.put(process, number);
    return process;
  }

  private Path output(Process process, String stream) {
    return folder.resolve(stream + started.get(process));
  }

  private static String said(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
