package io.recredit.payout;

import static io.recredit.payout.Report.bytes;
import static io.recredit.payout.Report.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of CSV, sound and not. */
class ReportRowsTest {

  private static final String HEADER = "type;amount;currency;payment_reference;order_id\n";
  private static final String GOOD = "SALE;1;SEK;P1;o1\n";

  @TempDir Path folder;

  private Report read(String rows) {
    return Report.of(folder, HEADER + rows);
  }

  private String error(String row) {
    var read = read(row + "\n" + GOOD);
    assertThat(read.inShort()).hasSize(1);
    assertThat(read.rejected()).hasSize(1);
    return read.rejected().get(0).error();
  }

  @Test
  void aQuotedFieldMayHoldSeparatorsQuotesAndLines() {
    var read = read("\"SALE\";\"1,5\";SEK;\"P;1\";\"o\n\"\"1\"\"\r\nx\"\r\n" + GOOD);
    assertThat(read.inShort()).containsExactly("2 SALE 150 SEK P;1", "5 SALE 100 SEK P1");
    assertThat(read.transactions().get(0).orderId()).isEqualTo("o\n\"1\"\r\nx");
  }

  @Test
  void aQuoteWithinAFieldIsNothingSpecial() {
    assertThat(read("SALE;1;SEK;P1;5\" screen\n" + GOOD).transactions())
        .extracting(Transaction::orderId)
        .containsExactly("5\" screen", "o1");
  }

  @Test
  void aQuoteThatNeverEndsRejectsItsRowAlone() {
    var read = read("SALE;1;SEK;P1;\"o1\n" + GOOD + GOOD + "SALE;1;SEK;P1;\"o2");
    assertThat(read.inShort()).containsExactly("3 SALE 100 SEK P1", "4 SALE 100 SEK P1");
    assertThat(read.rejected())
        .extracting(RejectedRow::row, RejectedRow::raw)
        .containsExactly(tuple(2L, "SALE;1;SEK;P1;\"o1"), tuple(5L, "SALE;1;SEK;P1;\"o2"));
    assertThat(read.errors().get(0))
        .isEqualTo("2 A quote begins in this row and does not end where a field ends.");
  }

  @Test
  void aQuoteThatEndsAmidALaterRowIsOneThatNeverEnds() {
    var read = read("SALE;1;SEK;P1;\"o1\n" + GOOD + "SALE;2;SEK;P1;\"o2\"\n" + GOOD);
    assertThat(read.inShort())
        .containsExactly("3 SALE 100 SEK P1", "4 SALE 200 SEK P1", "5 SALE 100 SEK P1");
    assertThat(read.errors()).hasSize(1).first().asString().startsWith("2 ");
  }

  @Test
  void theNextSectionIsFoundBehindAQuoteThatNeverEnds() {
    var read =
        Report.of(
            folder, "payment_reference,total_fee,currency\nP1,1,SEK\n\"P2,1,SEK\n" + HEADER + GOOD);
    assertThat(read.inShort()).containsExactly("5 SALE 100 SEK P1");
    assertThat(read.errors()).singleElement().asString().startsWith("3 ");
  }

  @Test
  void whatStandsBehindAQuoteIsAFault() {
    assertThat(error("SALE;1;SEK;P1;\"o1\"x")).contains("Behind the end of a quoted field");
  }

  @Test
  void eachOfManyLinesWithAnOpenQuoteIsRejected() {
    var rows = "x\";1;SEK;P1;\"y\n".repeat(50_000); // to look for each one's end would take hours
    assertThat(read(rows).rejected()).hasSize(50_000);
  }

  @Test
  void aRowOfAnotherWidthIsRejectedAndABlankLineIsNone() {
    assertThat(error("SALE;1;SEK;P1")).isEqualTo("The row has 4 fields, and its header has 5.");
    assertThat(error("SALE;1;SEK;P1;o1;")).isEqualTo("The row has 6 fields, and its header has 5.");
    assertThat(read("\n \t\r\n\r\n" + GOOD + "\n").rejected()).isEmpty();
    assertThat(error(";;SEK;P1;")).isEqualTo("type is missing. amount is missing.");
  }

  @Test
  void aRowThatIsNotUtf8IsRejectedAndTheOthersAreRead() {
    var content = HEADER + "S\u00E4LE;1;SEK;P1;o1\n" + GOOD;
    var read = Report.of(file(folder, "r.csv", bytes(content)), ColumnNames.usual());
    assertThat(read.inShort()).containsExactly("3 SALE 100 SEK P1");
    assertThat(read.rejected())
        .containsExactly(
            new RejectedRow(
                2,
                "The line is not UTF-8: character 2 is the byte \\xe4.",
                "S\\xe4LE;1;SEK;P1;o1"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {CsvRows.MAX_ROW_BYTES - 1, CsvRows.MAX_ROW_BYTES + 1, 7 * CsvRows.MAX_ROW_BYTES})
  void aRowLongerThanAMebibyteIsRejected(int length) {
    var start = "SALE;1;SEK;P1;o1;";
    var header = HEADER.replace("\n", ";x\n");
    var row = start + "x".repeat(length - start.length());
    var good = GOOD.replace("\n", ";\n");
    var read = Report.of(folder, header + row + "\r\n" + good);
    assertThat(read.rejected()).hasSize(length < CsvRows.MAX_ROW_BYTES ? 0 : 1);
    assertThat(read.inShort()).last().isEqualTo("3 SALE 100 SEK P1");
    assertThat(read.rejected())
        .allMatch(r -> r.row() == 2 && r.raw().length() == 4000 && r.error().contains("1 MiB"));
    assertThat(Report.of(folder, header + good + "x;".repeat(length / 2)).rejected()).hasSize(1);
    assertThat(Report.of(folder, header + good + "\"x\";".repeat(length / 4)).rejected())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, SEK, 100",
    "+1.5, sek, 150",
    "'-1,50', SEK, -150",
    "007, SEK, 700",
    ".5, SEK, 50",
    "5., SEK, 500",
    "15, JPY, 15",
    "'1,234', BHD, 1234",
    "'1,23', XQZ, 123",
    "-92233720368547758.07, SEK, -9223372036854775807",
  })
  void anAmountIsInMinorUnitsOfItsCurrency(String written, String currency, long amount) {
    assertThat(read("SALE;" + written + ";" + currency + ";P1;o1\n").transactions())
        .extracting(Transaction::amount)
        .containsExactly(amount);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1 000",
        "1.000,00",
        "1-",
        "--1",
        ".",
        "-",
        "1e3",
        "1,234",
        "0x1",
        "\u0661",
        "1.005",
        "92233720368547758.08",
        "-92233720368547758.08",
        "99999999999999999999999999"
      })
  void whatIsNoAmountIsRejected(String written) {
    assertThat(error("SALE;" + written + ";SEK;P1;o1")).startsWith("amount is " + written + ": ");
  }

  @Test
  void allThatIsWrongIsSaid() {
    var id = "o".repeat(256);
    assertThat(error(";x;SEKK;P1;" + id))
        .isEqualTo(
            "currency is SEKK: a currency is its three letters, such as SEK. type is missing."
                + " amount is x: an amount is digits with a sign, and at most one point or comma."
                + " order_id is "
                + "o".repeat(60)
                + "…: it may have at most 255 characters.");
    assertThat(error("SALE;;SEK;P1;a\0b"))
        .isEqualTo("amount is missing. order_id is a\\x00b: a text must not hold a NUL character.");
    assertThat(read("SALE;1;SEK;P1;" + "\uD83D\uDE00".repeat(255) + "\n").rejected()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05, 2026-01-05T00:00:00Z",
    "20260105, 2026-01-05T00:00:00Z",
    "2026-01-05T10:20:30.5+01:00, 2026-01-05T09:20:30.500Z",
    "20260105T102030+0000, 2026-01-05T10:20:30Z",
    "20260105T1020Z, 2026-01-05T10:20:00Z",
    "2026-01-05 10:20:30, 2026-01-05T10:20:30Z",
    "2026-02-30,",
    "05/01/2026,",
    "0000-01-01,",
    "x,",
  })
  void aDateThatCannotBeReadIsNone(String written, Instant at) {
    var content = "type,amount,currency,payment_reference,capture_date\nS,1,SEK,P," + written;
    assertThat(Report.of(folder, content).transactions())
        .extracting(Transaction::capturedAt)
        .containsExactly(at);
  }

  @Test
  void theFirstCurrencyThatHasAValueCounts() {
    var content =
        """
        type,amount,payment_reference,posting_currency,settlement_currency,currency_code,currency
        S,1,P,EUR,USD,SEK,DKK
        S,1,P,EUR,USD,SEK,
        S,1,P,EUR,USD,,
        S,1,P,EUR,,,
        """;
    assertThat(Report.of(folder, content).transactions())
        .extracting(Transaction::currency)
        .containsExactly("DKK", "SEK", "USD", "EUR");
  }

  @Test
  void theKlarnaNetworksIdsAreTakenWhereTheOthersAreNot() {
    var content =
        """
        type,amount,currency,payment_reference,payment_transaction_id,capture_id,payment_capture_id,payment_refund_id
        S,1,SEK,P,o,c,pc,r
        S,1,SEK,P,o,,pc,r
        """;
    assertThat(Report.of(folder, content).transactions())
        .extracting(t -> List.of(t.orderId() + "", t.captureId() + "", t.refundId() + ""))
        .containsExactly(List.of("o", "c", "r"), List.of("o", "pc", "r"));
  }
}
