package io.recredit.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process, timed from its start to its end, and the most memory that it and PostgreSQL held at
 * once, as Linux tells it; elsewhere 0.
 *
 * @param jvmMegabytes the process's resident set at its largest
 * @param postgresMegabytes the sum of what PostgreSQL's processes held, shared pages once
 */
record MeasuredProcess(double seconds, int exitCode, long jvmMegabytes, long postgresMegabytes) {

  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final long KB_PER_MB = 1024;

  /**
   * Runs it to its end; what it says goes to a file. What was written before is on the disk when it
   * begins, so that it waits for its own bytes only.
   *
   * @param postmaster the number of PostgreSQL's first process
   */
  static MeasuredProcess run(
      List<String> command, Map<String, String> environment, Path said, long postmaster)
      throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    var begin = System.nanoTime();
    var process = builder.start();
    var jvm = 0L;
    var postgres = 0L;
    while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      jvm = Math.max(jvm, kilobytes(Path.of("/proc", "" + process.pid(), "status"), "VmHWM:"));
      postgres = Math.max(postgres, postgresKilobytes(postmaster));
    }
    var seconds = (System.nanoTime() - begin) / 1e9;
    return new MeasuredProcess(seconds, process.exitValue(), jvm / KB_PER_MB, postgres / KB_PER_MB);
  }

  private static long postgresKilobytes(long postmaster) {
    return ProcessHandle.of(postmaster)
        .map(first -> Stream.concat(Stream.of(first), first.descendants()))
        .orElse(Stream.empty())
        .mapToLong(
            process -> kilobytes(Path.of("/proc", "" + process.pid(), "smaps_rollup"), "Pss:"))
        .sum();
  }

  private static long kilobytes(Path file, String name) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has ended meanwhile, or this is not Linux
    }
  }
}
