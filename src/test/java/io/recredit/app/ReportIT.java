package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An accountant's morning, by command line: the report, the spreadsheet handed back, the answer.
 */
class ReportIT {

  private static final String DAY = "2026-11-20";

  @TempDir private static Path folder;
  private static Program program;

  @BeforeAll
  static void runTheSampleNight() throws Exception {
    program = new Program(folder).on(TestDatabase.fresh());
    var sample = Path.of("jobs", "sample").toAbsolutePath().toString();
    assertThat(program.run("nightly", "--date", DAY, "--input", sample).exitCode()).isEqualTo(3);
  }

  @Test
  void aReportIsWrittenFilledInHandedBackAndTold() throws Exception {
    var report = report("first", DAY, DAY);
    assertThat(report.exitCode()).as(report.said()).isZero();
    assertThat(report.out()).contains("refunded", "Report 1 is in", "report_register");
    assertThat(folder.resolve("first")).isDirectoryContaining("glob:**.html");

    var exceptions = folder.resolve("first").resolve("exceptions.csv");
    var filledIn =
        Files.readString(exceptions)
            .replace(
                "order-1003-a=100.00,open,,,,,",
                "order-1003-a=100.00,open,,,order-1003-a,a cent off,Anna");
    Files.writeString(exceptions, filledIn.replace("order-1003-a,a cent", "order-1003-b,a cent"));
    var refused = resolve(exceptions);
    assertThat(refused.exitCode()).as(refused.said()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "Line 2: Refund refund-1003-1: its order order-1003-line-sum-off has no capture or invoice order-1003-b. It has order-1003-a (invoice K-10031).")
        .endsWith("Nothing was resolved.\n");

    Files.writeString(
        exceptions, filledIn.replace("order-1003-a,a cent", "\"K-10031=1.000,00\",a cent"));
    assertThat(resolve(exceptions).err())
        .startsWith("Line 2: 1.000,00 is not an amount")
        .endsWith("Nothing was resolved.\n");

    Files.writeString(exceptions, filledIn);
    var resolved = resolve(exceptions);
    assertThat(resolved.exitCode()).as(resolved.said()).isZero();
    assertThat(resolved.out())
        .contains(
            "Line 2: refund-1003-1 is allocated to order-1003-a.", "resolution of 2026-11-20");

    var explained = program.run("explain", "K-10031");
    assertThat(explained.exitCode()).as(explained.said()).isZero();
    assertThat(explained.out()).contains("Anna allocated it by hand", "\"a cent off\"");

    assertThat(report("first", DAY, DAY).err()).contains("is not as Recredit wrote it");
    var asOf = report("second", DAY, DAY, "--as-of", "1", "--by", "business");
    assertThat(asOf.exitCode()).as(asOf.said()).isZero();
  }

  @Test
  void whatCannotBeReportedOrReadEndsWithItsCodeAndASentence() throws Exception {
    assertSentence(report("none", "2026-11-21", DAY), 2, "is before --from");
    assertSentence(report("none", DAY, DAY, "--by", "moon"), 2, "--by is one of");
    assertSentence(report("none", DAY, DAY, "--as-of", "99"), 1, "no finished run 99");
    assertSentence(report("none", "2020-01-01", "2020-01-31"), 1, "was ever run");
    Files.createFile(folder.resolve("file"));
    assertSentence(report("file", DAY, DAY), 1, "cannot be written");
    assertSentence(program.run("resolve", "--file", folder.resolve("no").toString()), 1, "no file");
    assertSentence(program.run("resolve", "r", "--file", "x", "--write-off"), 2, "REFUND_ID");
    assertSentence(program.run("explain", "nobody"), 1, "anything that is called nobody");
  }

  @Test
  void aCheckThatNamesTwoOrdersOrCallsOneOtherwiseSaysSo() throws Exception {
    var body = folder.resolve("refund.json");
    Files.writeString(body, "{\"order_id\": \"order-1\", \"refunded_amount\": 1}");
    assertSentence(check(body, "order-2"), 1, "names order order-1, and --order says order-2");
    Files.writeString(body, "{\"refunded_amount\": 1}");
    assertSentence(
        check(body, "K-10031"),
        1,
        "No order has the id K-10031, but order order-1003-line-sum-off is found by it");
    assertSentence(check(body, "nobody"), 1, "has read anything of order nobody");
  }

  private static Program.Ended check(Path body, String order) throws Exception {
    return program.run("check", body.toString(), "--order", order);
  }

  private static void assertSentence(Program.Ended ended, int exitCode, String said) {
    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(exitCode);
    assertThat(ended.err())
        .contains(said)
        .doesNotContain("Exception", "\tat ", "org.springframework", "java.");
  }

  private static Program.Ended report(String output, String from, String to, String... more)
      throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                "report",
                "--from",
                from,
                "--to",
                to,
                "--output",
                folder.resolve(output).toString()));
    arguments.addAll(List.of(more));
    return program.run(arguments.toArray(String[]::new));
  }

  private static Program.Ended resolve(Path file) throws Exception {
    return program.run("resolve", "--file", file.toString());
  }
}
