package io.recredit.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that uses the server of a data folder, until it is told to leave or killed. */
final class RecreditProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private RecreditProcess(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static RecreditProcess on(Path dataFolder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RecreditProcess.class.getName(),
            dataFolder.toString());
    return new RecreditProcess(builder.redirectError(Redirect.INHERIT).start());
  }

  /** Waits until it has its server. */
  String jdbcUrl() throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith("jdbc:")) {
      line = output.readLine();
    }
    assertThat(line).as("the other process's JDBC URL").isNotNull();
    return line;
  }

  void tellToLeave() throws IOException {
    process.getOutputStream().close();
  }

  void leave() throws Exception {
    tellToLeave();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    try (EmbeddedServer server = TestServers.start(Path.of(arguments[0]))) {
      System.out.println(server.jdbcUrl());
      while (System.in.read() >= 0) {
        // until its input ends
      }
    }
  }
}
