package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import io.recredit.app.Program.Ended;
import io.recredit.pull.KlarnaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pull, then nightly, as processes on a made-up Klarna. */
class PullIT {

  private static final int ORDERS = 300;

  @TempDir private Path folder;

  private KlarnaServer klarna;
  private Path input;
  private Program program;

  @BeforeEach
  void open() throws Exception {
    klarna = KlarnaServer.start(0);
    input = Files.createDirectory(folder.resolve("input"));
    program =
        new Program(folder)
            .on(TestDatabase.fresh())
            .with("RECREDIT_INPUT", input.toString())
            .with("RECREDIT_LOG", log().toString())
            .with("RECREDIT_KLARNA_URL", klarna.url().toString())
            .with("RECREDIT_KLARNA_USERNAME", KlarnaServer.USERNAME)
            .with("RECREDIT_KLARNA_PASSWORD", KlarnaServer.PASSWORD);
  }

  @AfterEach
  void close() {
    klarna.close();
  }

  @Test
  void aShopThatHasNothingButCredentialsPullsAndReads() throws Exception {
    for (var document : Files.readAllLines(Path.of("jobs", "sample", "orders-2026-11-20.ndjson"))) {
      klarna.order(document);
    }
    klarna.payout(
        "P1",
        "2026-11-21",
        "type,amount,currency,order_id\nSALE,1.00,SEK,order-1001-two-shipments\n");

    var pulled = done(0, program.run("pull", "--payouts-from", "2026-11-01"));
    assertThat(pulled.out())
        .contains("Pulled 1 order document and 1 settlement report for ", ", in 3 calls.");
    done(0, program.run("nightly"));
    done(0, program.run("pull"));
    assertThat(klarna.calls()).hasSize(5); // the list again, and the order, which is contradicted

    var ids = Files.writeString(folder.resolve("ids"), "no-such-order\n");
    var some = done(3, program.run("pull", "--orders", ids.toString(), "--open"));
    assertThat(some.out())
        .contains(
            "not had     Order no-such-order: HTTP 404, NO_SUCH_ORDER, The order does not exist, correlation_id c-404",
            "The next pull asks for them again");
    done(0, program.run("pull", "--forget", "no-such-order"));

    klarna.changePassword("changed-password");
    var refused = done(1, program.run("pull"));
    refused.assertPlainWords();
    assertThat(refused.err()).contains("Nothing could be had.", "RECREDIT_KLARNA_PASSWORD");
    klarna.close();
    nothingTells(KlarnaServer.PASSWORD, KlarnaServer.USERNAME, "Sample Person", "given_name");
  }

  /** In whatever it wrote: the files, the log, what was said. */
  private void nothingTells(String... secrets) throws Exception {
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(5)
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(secrets));
    }
  }

  @Test
  void killedItIsCarriedOnAndReadsNothingHalf() throws Exception {
    IntStream.range(0, ORDERS).forEach(n -> klarna.order("{\"order_id\":\"o" + n + "\"}"));
    var ids =
        Files.writeString(
            folder.resolve("ids"),
            IntStream.range(0, ORDERS).mapToObj(n -> "o" + n).collect(Collectors.joining("\n")));
    program.with(
        "RECREDIT_PULL_PER_SECOND", "5"); // so that it is still at work when others have begun
    var running = program.start("pull", "--orders", ids.toString());
    await(() -> klarna.calls().size() >= ORDERS / 10);
    assertThat(commandLines()).isNotEmpty().noneMatch(line -> line.contains(KlarnaServer.PASSWORD));
    assertThat(program.run("pull").exitCode()).isEqualTo(4);
    running.process().descendants().forEach(ProcessHandle::destroyForcibly);
    running.process().destroyForcibly().waitFor();
    assertThat(orders()).doesNotExist();

    program.with("RECREDIT_PULL_PER_SECOND", "200");
    done(0, program.run("pull", "--open"));
    assertThat(Files.readAllLines(orders(), UTF_8))
        .hasSize(ORDERS)
        .allMatch(line -> line.startsWith("{\"order_id\":\"o") && line.endsWith("Z\"}"));
    // The default rate's threads had at most ten answers under way, which were not kept.
    assertThat(klarna.calls()).hasSizeBetween(ORDERS, ORDERS + 10);
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingStarts() throws Exception {
    var without = new Program(folder).with("RECREDIT_KLARNA_URL", "https://api.klarna.com");
    var refused = done(1, without.run("pull"));
    refused.assertPlainWords();
    assertThat(refused.err()).startsWith("RECREDIT_KLARNA_USERNAME, RECREDIT_KLARNA_PASSWORD must");
    assertThat(without.dataFolder().resolve("postgresql")).doesNotExist();
    done(2, program.run("pull", "--forget", "o1", "--open"));
  }

  private static Stream<String> commandLines() {
    return ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream());
  }

  private static void await(BooleanSupplier until) throws Exception {
    var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!until.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private Path log() {
    return folder.resolve("recredit.log");
  }

  /** Of yesterday, as the program reckons it: in UTC. */
  private Path orders() {
    return input.resolve("orders-" + LocalDate.now(ZoneOffset.UTC).minusDays(1) + ".ndjson");
  }

  private static Ended done(int exitCode, Ended ended) {
    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(exitCode);
    return ended;
  }
}
