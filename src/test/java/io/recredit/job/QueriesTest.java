package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queries that accountants paste, on the two nights of the sample. */
class QueriesTest extends JobTest {

  private static final Path QUERIES = Path.of("sql", "queries");

  @BeforeEach
  void runBothNightsOfTheSample() {
    feed = new Feed(Path.of("jobs", "sample"));
    nightly(DAY);
    nightly(NEXT_DAY);
  }

  @Test
  void everyQueryRunsAsItIsAndSaysWhatItIsFor() throws IOException {
    try (var files = Files.list(QUERIES)) {
      assertThat(files.sorted().toList())
          .hasSizeGreaterThanOrEqualTo(5)
          .allSatisfy(
              file -> {
                assertThat(file.getFileName().toString()).matches("[a-z_]+\\.sql");
                assertThat(Files.readString(file)).startsWith("-- ").endsWith(";\n");
                jdbc.sql(Files.readString(file)).query().listOfRows();
              });
    }
  }

  @Test
  void openExceptionsByAge() {
    assertThat(
            rows(
                "open_exceptions_by_age",
                "age || '|' || currency || '|' || reason || '|' || refunds || '|' || refunded_amount || '|' || oldest",
                "current_date",
                "date '2026-11-22'"))
        .containsExactly(
            "2. 2 to 7 days|EUR|RETURN_FEE_NOT_ELIGIBLE|1|11424|2026-11-20",
            "2. 2 to 7 days|NOK|CURRENCY_MISMATCH|1|44900|2026-11-20",
            "2. 2 to 7 days|SEK|REFERENCE_NOT_CAPTURED|3|225700|2026-11-20",
            "2. 2 to 7 days|SEK|NEGATIVE_CREDIT|1|135000|2026-11-20",
            "2. 2 to 7 days|SEK|LINES_SUM_MISMATCH|2|64800|2026-11-20",
            "2. 2 to 7 days|SEK|PRIOR_ALLOCATION_FAILED|1|49900|2026-11-20",
            "2. 2 to 7 days|SEK|EXCEEDS_CAPTURED_AMOUNT|1|44900|2026-11-20",
            "2. 2 to 7 days|SEK|NO_CAPTURE|2|34900|2026-11-20",
            "2. 2 to 7 days|SEK|EXCEEDS_REMAINING_AMOUNT|1|30000|2026-11-20",
            "2. 2 to 7 days|SEK|NO_ORDER_LINES|1|29900|2026-11-20",
            "2. 2 to 7 days|SEK|CAPTURE_NOT_FOUND|1|12900|2026-11-20",
            "2. 2 to 7 days|SEK|REFERENCE_MISSING|1|12900|2026-11-20",
            "1. up to 1 day|JPY|EXCEEDS_REMAINING_AMOUNT|1|12000|2026-11-21");
  }

  @Test
  void openExceptionsByAgeOnOtherDays() {
    assertThat(ages("2026-11-28")).containsExactly("3. 8 to 30 days", "2. 2 to 7 days");
    assertThat(ages("2026-12-20")).containsExactly("3. 8 to 30 days");
    assertThat(ages("2026-12-21")).containsExactly("4. over 30 days", "3. 8 to 30 days");
  }

  private List<String> ages(String day) {
    return rows("open_exceptions_by_age", "age", "current_date", "date '%s'".formatted(day))
        .stream()
        .distinct()
        .toList();
  }

  @Test
  void creditsOfAnInvoice() {
    var columns =
        "invoice_reference || '|' || captured_amount || '|' || remaining_amount || '|' || coalesce(refund_id || '|' || credited_amount || '|' || match_rule, 'none')";
    assertThat(rows("credits_of_an_invoice", columns))
        .containsExactly("K-10012|10000|0|refund-1001-1|10000|REFERENCE");
    assertThat(rows("credits_of_an_invoice", columns, "K-10012", "K-10051"))
        .containsExactly(
            "K-10051|12495|0|refund-1005-1|11900|REFERENCE",
            "K-10051|12495|0|refund-1005-2|595|REFERENCE");
    assertThat(rows("credits_of_an_invoice", columns, "K-10012", "K-10031"))
        .containsExactly("K-10031|10000|10000|none");
  }

  @Test
  void monthEndTotals() {
    var columns =
        "coalesce(currency, 'unknown') || '|' || account || '|' || refunds || '|' || amount";
    assertThat(rows("month_end_totals", columns))
        .containsExactly(
            "DKK|CREDIT|2|19800",
            "EUR|CREDIT|3|16065",
            "EUR|UNALLOCATED|1|11424",
            "JPY|CREDIT|1|3300",
            "JPY|UNALLOCATED|1|12000",
            "NOK|CREDIT|2|389700",
            "NOK|UNALLOCATED|1|44900",
            "SEK|CREDIT|16|886400",
            "SEK|RETURN_FEE|2|-5500",
            "SEK|UNALLOCATED|14|640900",
            "unknown|UNALLOCATED|1|0");
    assertThat(rows("month_end_totals", columns, "2026-11-01", "2026-11-30")).hasSize(11);
    assertThat(rows("month_end_totals", columns, "2026-11-01", "2026-12-01")).isEmpty();
    assertThat(rows("month_end_totals", columns, "2026-11-01", "2026-10-31")).isEmpty();
  }

  @Test
  void monthEndTotalsShowWhatWasWrittenOff() {
    resolved(writtenOff("refund-1010-1"));
    assertThat(
            rows(
                "month_end_totals",
                "currency || '|' || account || '|' || entries || '|' || amount"))
        .contains("NOK|CREDIT|3|389700", "NOK|WRITE_OFF|1|44900", "NOK|UNALLOCATED|2|0");
  }

  @Test
  void changedSinceRun() {
    var columns = "run_id || '|' || change || '|' || refund_id || '|' || before || '|' || after";
    assertThat(rows("changed_since_run", columns))
        .hasSizeGreaterThan(5)
        .contains("2|changed|refund-1025-1|exception NO_CAPTURE|credited order-1025-a: 999.00 SEK");
    assertThat(rows("changed_since_run", columns, "> 1", "> 2")).isEmpty();
    resolved(writtenOff("refund-1010-1"));
    assertThat(rows("changed_since_run", columns, "> 1", "> 2"))
        .containsExactly("3|changed|refund-1010-1|exception CURRENCY_MISMATCH|written_off");
  }

  @Test
  void invoicesCreditedMoreThanHalf() {
    assertThat(
            rows(
                "invoices_credited_more_than_half",
                "invoice_reference || '|' || captured_amount || '|' || credited_amount || '|' || remaining_amount"))
        .containsExactly(
            "K-10012|10000|10000|0",
            "K-10051|12495|12495|0",
            "K-10071|259800|259800|0",
            "K-10072|129900|129900|0",
            "K-10082|9900|9900|0",
            "K-10143|49900|49900|0",
            "K-10161|3570|3570|0",
            "K-10251|99900|99900|0",
            "K-10271|149900|149900|0",
            "K-10301|154800|154800|0",
            "K-10021|10000|9500|500",
            "K-10171|90000|85000|5000",
            "K-10231|88000|80000|8000",
            "K-10292|46000|36000|10000",
            "K-10291|158000|108000|50000",
            "K-10131|60000|40000|20000");
  }

  private List<String> rows(String name, String columns) {
    return texts("select %s from (%s) q".formatted(columns, query(name)));
  }

  /** The rows in the query's order, with its one literal replaced as a person would. */
  private List<String> rows(String name, String columns, String literal, String by) {
    assertThat(query(name).split(Pattern.quote(literal), -1)).hasSize(2);
    return texts("select %s from (%s) q".formatted(columns, query(name).replace(literal, by)));
  }

  private static String query(String name) {
    try (var lines = Files.lines(QUERIES.resolve(name + ".sql"))) {
      return lines
          .filter(line -> !line.startsWith("--"))
          .collect(Collectors.joining("\n"))
          .replace(";", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
