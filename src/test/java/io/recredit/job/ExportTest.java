package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.export.ExportRequest;
import io.recredit.export.ExportRequest.Format;
import io.recredit.export.Exports;
import io.recredit.export.Exports.Made;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The journal as vouchers, each entry once (rules.md, part 8, "Export"). */
class ExportTest extends JobTest {

  private static final LocalDate CLOSED = LocalDate.parse(DAY);

  private static final List<String> ACCOUNTS =
      List.of(
          "RETURN,*,*,*,3041",
          "RETURN,*,*,600,3043",
          "RETURN,DK,*,*,3044",
          "RETURN,*,*,unknown,3049",
          "VAT,*,*,*,2611",
          "FEE,*,*,*,3590",
          "CLEARING,*,*,*,1589",
          "WRITE_OFF,*,*,*,6992",
          "RECEIVABLE,*,*,*,1580",
          "CURRENCY,*,*,*,-");

  @TempDir private Path files;
  @Autowired private Exports exports;
  private byte[] written = {};

  private static Map<String, Object> line(String reference, long amount, long rate) {
    return Map.of("reference", reference, "total_amount", amount, "tax_rate", rate);
  }

  @BeforeEach
  void aDayInTheBooks() {
    feed.captures(
        DAY,
        capture("o1", "A").of(500_00),
        capture("o2", "B")
            .of(500_00)
            .with("purchase_country", "DK")
            .with("purchase_currency", "DKK"),
        capture("o3", "C").of(100_00).with("order_amount", 100_00));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(125_00).lineOf(line("shoe", 125_00, 2500)),
        refund("o1", "r2").of(53_00).lineOf(line("book", 53_00, 600)),
        refund("o1", "r3").of(10_00),
        refund("o2", "r5").of(25_00).lineOf(line("cap", 25_00, 2500)),
        refund("o3", "r6")
            .of(90_00)
            .lineOf(line("shoe", 100_00, 2500))
            .lineOf(Map.of("type", "return_fee", "total_amount", -10_00, "tax_rate", 2500)),
        refund("o8", "r8").of(7_00).in("SEK"),
        refund("o9", "r9").of(3_00));
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r8: NO_CAPTURE", "r9: NO_CAPTURE");
  }

  private void close() {
    closedPeriods.close(CLOSED, "Karin", null, clock.instant());
  }

  @Test
  void vouchersHaveARowPerAccountKindCountryAndRateAndBalance() {
    close();
    var made = export(Format.CSV, null);

    assertThat(new String(written, UTF_8).lines())
        .containsExactly(
            "export,voucher,date,currency,account,debit,credit,kind,country,tax_rate,first_entry,last_entry",
            "1,1,2026-11-20,DKK,3044,20.00,,RETURN,DK,2500,4,4",
            "1,1,2026-11-20,DKK,2611,5.00,,VAT,DK,2500,4,4",
            "1,1,2026-11-20,DKK,1580,,25.00,RECEIVABLE,DK,,4,4",
            "1,2,2026-11-20,SEK,3041,180.00,,RETURN,SE,2500,1,5",
            "1,2,2026-11-20,SEK,3043,50.00,,RETURN,SE,600,2,2",
            "1,2,2026-11-20,SEK,3049,10.00,,RETURN,SE,unknown,3,3",
            "1,2,2026-11-20,SEK,2611,43.00,,VAT,SE,2500,1,6",
            "1,2,2026-11-20,SEK,2611,3.00,,VAT,SE,600,2,2",
            "1,2,2026-11-20,SEK,3590,,8.00,FEE,SE,2500,6,6",
            "1,2,2026-11-20,SEK,1589,7.00,,CLEARING,unknown,,7,7",
            "1,2,2026-11-20,SEK,1580,,278.00,RECEIVABLE,SE,,1,6",
            "1,2,2026-11-20,SEK,1580,,7.00,RECEIVABLE,unknown,,7,7");
    assertThat(made.exportId()).isEqualTo(1);
    assertThat(made.entries()).isEqualTo(7);
    assertThat(made.waiting())
        .containsExactly(
            "Waits, as nobody knows its currency: 2026-11-20, UNALLOCATED, country unknown, 1 entry (8 to 8), 300 (in minor units, currency unknown).");
    assertThat(texts("select count(*) from recredit.ledger_export_entry where export_id = 1"))
        .containsExactly("7");
  }

  @Test
  void anEntryIsExportedOnceAndAnExportAgainIsTheSameBytes() {
    close();
    export(Format.CSV, null);
    var first = written;
    written = new byte[0];
    var nothing = export(Format.CSV, null);
    assertThat(nothing.exportId()).isNull();
    assertThat(nothing.entries()).isZero();
    assertThat(written).isEmpty();
    assertThat(exports.again(1)).isEqualTo(first);
    assertThat(refused(() -> exports.again(2)).getMessage()).isEqualTo("There is no export 2.");

    feed.refunds(NEXT_DAY, refund("o1", "r7").of(1_00).at("2026-11-21T09:00:00Z"));
    feed.captures(NEXT_DAY);
    nightly(NEXT_DAY);
    feed.refunds(DAY, refund("o1", "r1").of(100_00).lineOf(line("shoe", 100_00, 2500)));
    rerun(DAY, DAY);
    var next = LocalDate.parse("2026-11-23");
    closedPeriods.close(next, "Karin", null, clock.instant());
    var made = make(request(Format.CSV, LocalDate.parse(NEXT_DAY), next, null, false));
    assertThat(made.exportId()).isEqualTo(2);
    assertThat(made.before()).isEqualTo(1);
  }

  @Test
  void aDraftKeepsNothingAndShowsDaysThatAreNotClosed() {
    assertThat(refused(() -> export(Format.CSV, null)).getMessage())
        .isEqualTo("2026-11-20 is not closed: no day is. Only --draft shows days that are not.");
    var made = make(request(Format.CSV, CLOSED, CLOSED, null, true));
    assertThat(made.exportId()).isNull();
    assertThat(new String(written, UTF_8)).contains("draft,1,2026-11-20,DKK,3044");
    assertThat(number("select count(*) from ledger_export")).isZero();
    close();
    assertThat(
            refused(() -> make(request(Format.CSV, CLOSED, LocalDate.parse(NEXT_DAY), null, false)))
                .getMessage())
        .isEqualTo(
            "2026-11-21 is not closed: the books are closed up to 2026-11-20. Only --draft shows days that are not.");
  }

  @Test
  void sieIsWhatASwedishLedgerImports() {
    close();
    assertThat(refused(() -> export(Format.SIE4, null)).getMessage())
        .isEqualTo(
            "A SIE file is of one currency, and these entries are in DKK, SEK: name one with --currency.");
    var made = export(Format.SIE4, "SEK");

    assertThat(made.exportId()).isEqualTo(1);
    assertThat(new String(written, Charset.forName("IBM437")).split("\r\n"))
        .containsExactly(
            "#FLAGGA 0",
            "#PROGRAM \"Recredit\" \"" + texts("select made_by from recredit.run").get(0) + "\"",
            "#FORMAT PC8",
            "#GEN 20261123",
            "#SIETYP 4",
            "#ORGNR \"556677-8899\"",
            "#FNAMN \"Skor \\\"?\\\" & Så AB\"",
            "#VER \"A\" \"\" 20261120 \"Recredit export 1, entries 1-7\"",
            "{",
            "#TRANS 1580 {} -285.00",
            "#TRANS 1589 {} 7.00",
            "#TRANS 2611 {} 46.00",
            "#TRANS 3041 {} 180.00",
            "#TRANS 3043 {} 50.00",
            "#TRANS 3049 {} 10.00",
            "#TRANS 3590 {} -8.00",
            "}");
    assertThat(export(Format.SIE4, "DKK").exportId()).isEqualTo(2);
    assertThat(new String(written, Charset.forName("IBM437"))).contains("#VALUTA DKK\r\n");
  }

  /** What nobody knew when it was posted, and somebody does by now, waits no longer. */
  @Test
  void whatBelongsToACurrencyThatIsKnownByNowIsExportedInIt() {
    close();
    feed.captures(
        NEXT_DAY,
        capture("o9", "I").of(500_00).with("purchase_currency", "EUR").at("2026-11-20T07:00:00Z"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    var until = LocalDate.parse("2026-11-23");
    sql("update policy_change set names_time_zone = true");
    closedPeriods.close(until, "Karin", null, clock.instant());
    var made = make(request(Format.CSV, CLOSED, until, "EUR", false));
    assertThat(made.waiting()).isEmpty();
    assertThat(made.entries()).isEqualTo(3);
    assertThat(new String(written, UTF_8).lines().skip(1))
        .containsExactly(
            "1,1,2026-11-20,EUR,1589,3.00,,CLEARING,unknown,,8,8",
            "1,1,2026-11-20,EUR,1580,,3.00,RECEIVABLE,unknown,,8,8",
            "1,2,2026-11-23,EUR,3049,3.00,,RETURN,SE,unknown,9,9",
            "1,2,2026-11-23,EUR,1589,,3.00,CLEARING,unknown,,10,10",
            "1,2,2026-11-23,EUR,1580,,3.00,RECEIVABLE,SE,,9,9",
            "1,2,2026-11-23,EUR,1580,3.00,,RECEIVABLE,unknown,,10,10");
  }

  @Test
  void whatIsExportedAlreadyIsNamedWithItsExport() {
    close();
    export(Format.CSV, null);
    assertThat(export(Format.CSV, null).earlier()).isEqualTo("1");
  }

  @Test
  void salesTaxIsTax() {
    feed.captures(
        NEXT_DAY,
        capture("o7", "G")
            .of(500_00)
            .at("2026-11-21T08:00:00Z")
            .with("purchase_country", "US")
            .with("purchase_currency", "USD"));
    feed.refunds(
        NEXT_DAY,
        refund("o7", "r7")
            .of(108_00)
            .at("2026-11-21T09:00:00Z")
            .lineOf(line("hat", 100_00, 0))
            .lineOf(Map.of("type", "sales_tax", "total_amount", 8_00, "tax_rate", 0)));
    nightly(NEXT_DAY);
    make(request(Format.CSV, LocalDate.parse(NEXT_DAY), LocalDate.parse(NEXT_DAY), null, true));
    assertThat(new String(written, UTF_8).lines().skip(1))
        .containsExactly(
            "draft,1,2026-11-21,USD,3041,100.00,,RETURN,US,0,9,9",
            "draft,1,2026-11-21,USD,2611,8.00,,VAT,US,0,9,9",
            "draft,1,2026-11-21,USD,1580,,108.00,RECEIVABLE,US,,9,9");
  }

  @Test
  void whatHasNoAccountIsListedAndNothingIsWritten() {
    close();
    var request =
        new ExportRequest(
            Format.CSV,
            CLOSED,
            CLOSED,
            accounts(
                List.of("RETURN,SE,SEK,*,3041", "RECEIVABLE,*,*,*,1580", "CURRENCY,*,*,*,SEK")),
            "SEK",
            false);
    assertThat(refused(() -> make(request)).getMessage().lines())
        .containsExactly(
            "Nothing was exported: the accounts have no row for",
            "- RETURN, country SE, currency SEK, tax rate unknown: 10.00 SEK",
            "- VAT, country SE, currency SEK, tax rate 2500: 43.00 SEK",
            "- VAT, country SE, currency SEK, tax rate 600: 3.00 SEK",
            "- FEE, country SE, currency SEK, tax rate 2500: -8.00 SEK",
            "- CLEARING, country unknown, currency SEK, tax rate *: 10.00 SEK");
    assertThat(written).isEmpty();
    assertThat(number("select count(*) from ledger_export")).isZero();
  }

  @Test
  void anUnknownCurrencyHasToBeNamedOrWait() {
    close();
    var request =
        new ExportRequest(
            Format.CSV,
            CLOSED,
            CLOSED,
            accounts(ACCOUNTS.stream().filter(row -> !row.startsWith("CURRENCY")).toList()),
            null,
            false);
    assertThat(refused(() -> make(request)).getMessage())
        .endsWith(
            "- CURRENCY, country unknown: the journal knows no currency (name one, or - for such entries to wait)");
  }

  @Test
  void theMoreNamedRowCounts() {
    close();
    var rows = new ArrayList<>(ACCOUNTS);
    rows.add("RETURN,SE,*,*,3001");
    rows.add("RETURN,*,SEK,*,3002");
    rows.add("RETURN,*,SEK,2500,3003");
    rows.add("RETURN,SE,*,2500,3004");
    make(new ExportRequest(Format.CSV, CLOSED, CLOSED, accounts(rows), "SEK", true));
    assertThat(new String(written, UTF_8))
        .contains(",3004,180.00,,RETURN,SE,2500", ",3001,50.00,,RETURN,SE,600");
  }

  @Test
  void anAccountsFileThatCannotBeMeantIsRefusedWithAllThatIsWrong() {
    close();
    var request =
        new ExportRequest(
            Format.CSV,
            CLOSED,
            CLOSED,
            accounts(
                List.of(
                    "REFUND,*,*,*,1",
                    "RETURN,*,*,*,",
                    "RETURN,SWE,*,*,1",
                    "RETURN,*,KR,*,1",
                    "RETURN,*,*,25%,1",
                    "CLEARING,*,*,2500,1",
                    "CURRENCY,*,*,*,KR",
                    "VAT,*,*,*,1",
                    "VAT,*,*,*,2")),
            null,
            false);
    assertThat(refused(() -> make(request)).getMessage().lines().skip(1))
        .containsExactly(
            "- Line 2: 'REFUND' is no kind: RETURN, VAT, FEE, CLEARING, WRITE_OFF, RECEIVABLE, CURRENCY",
            "- Line 3: no account is named",
            "- Line 4: 'SWE' is no country: two letters, unknown, or * for any",
            "- Line 5: 'KR' is no currency: three letters",
            "- Line 6: RETURN has no tax rate '25%': 2500 is 25 %, unknown, * is any; RECEIVABLE, CLEARING and WRITE_OFF have none",
            "- Line 7: CLEARING has no tax rate '2500': 2500 is 25 %, unknown, * is any; RECEIVABLE, CLEARING and WRITE_OFF have none",
            "- Line 8: 'KR' is no currency: three letters",
            "- Line 10: another row says the same");
  }

  @Test
  void theExampleInJobsHasAnAccountForEverythingTheSampleBooks() {
    feed = new Feed(Path.of("jobs", "sample"));
    nightly(DAY);
    make(
        new ExportRequest(Format.CSV, CLOSED, CLOSED, Path.of("jobs", "accounts.csv"), null, true));
    assertThat(written).isNotEmpty();
  }

  @Test
  void theFinancialYearMayEndInAnyMonth() {
    close();
    feed.captures("2027-01-01");
    feed.refunds("2027-01-01", refund("o1", "r7").of(1_00).at("2027-01-01T09:00:00Z"));
    clock.set("2027-01-02T03:00:00Z");
    nightly("2027-01-01");
    assertThat(
            refused(
                    () ->
                        make(
                            request(
                                Format.SIE4, CLOSED, LocalDate.parse("2027-01-01"), "SEK", true)))
                .getMessage())
        .isEqualTo(
            "A SIE file is of one financial year, and these vouchers are of 2026-11-20 to 2027-01-01, which the year that ends on 2026-12-31 does not hold: export each year for itself.");
  }

  private Made export(Format format, @Nullable String currency) {
    return make(request(format, CLOSED, CLOSED, currency, false));
  }

  private ExportRequest request(
      Format format, LocalDate from, LocalDate to, @Nullable String currency, boolean draft) {
    return new ExportRequest(format, from, to, accounts(ACCOUNTS), currency, draft);
  }

  private Made make(ExportRequest request) {
    return exports.make(request, "tester", content -> written = content);
  }

  private Path accounts(List<String> rows) {
    try {
      return Files.writeString(
          files.resolve("accounts.csv"),
          "kind,country,currency,tax_rate,account\n" + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
