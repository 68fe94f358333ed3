package io.recredit.payout;

import static io.recredit.payout.Report.file;
import static io.recredit.payout.Report.none;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report is, and whose its rows are. */
class SettlementReportTest {

  private static final String WHOLE =
      """
      payment_reference;payout_date;settlement_currency;total_sale_amount;opening_debt_balance
      P1;2026-01-05T00:00:00Z;SEK;20,00;-1,5

      Type;Amount;Order_ID;capture_id;detailed_type;capture_date;merchant_reference1
      sale;10,00;o1;c1; purchase ;2026-01-03;A-1
      FEE;-1;;;;;
      """;

  @TempDir Path folder;

  @Test
  void aReportHasASummaryAndTransactions() {
    var read = Report.of(folder, WHOLE);
    assertThat(read.totals())
        .containsExactly(
            new Totals(
                "P1",
                2,
                null,
                Instant.parse("2026-01-05T00:00:00Z"),
                "SEK",
                Map.of(Total.SALE, 2000L, Total.OPENING_DEBT_BALANCE, -150L)));
    assertThat(read.transactions())
        .containsExactly(
            new Transaction(
                "P1",
                5,
                "SALE",
                "PURCHASE",
                1000,
                "SEK",
                "o1",
                "c1",
                null,
                "A-1",
                null,
                null,
                Instant.parse("2026-01-03T00:00:00Z")),
            new Transaction(
                "P1", 6, "FEE", null, -100, "SEK", null, null, null, null, null, null, null));
    assertThat(read.rejected()).isEmpty();
    assertThat(read.parts())
        .containsExactly(
            new PayoutPart("P1", null, Instant.parse("2026-01-05T00:00:00Z"), "SEK", null));
  }

  @Test
  void theSectionsMayComeInEitherOrderAndAgain() {
    var read =
        Report.of(
            folder,
            """
            printed for Ann
            type,amount,currency
            SALE,1.00,
            payment_reference;total_fee;currency_code
            P1;-0.5;EUR
            type\tamount
            FEE\t2
            """);
    assertThat(read.inShort()).containsExactly("3 SALE 100 EUR P1", "7 FEE 200 EUR P1");
    assertThat(read.totals()).extracting(Totals::totals).containsExactly(Map.of(Total.FEE, -50L));
    assertThat(read.rejected()).isEmpty();
  }

  @Test
  void aSummaryMayHaveSeveralPayouts() {
    var read =
        Report.of(
            folder,
            """
            payment_reference,total_sale_amount,currency
            P1,1.00,SEK
            P2,2.00,JPY
            P3,2,JPY
            type,amount,payment_reference
            SALE,1,P1
            SALE,1,P3
            """);
    assertThat(read.inShort()).containsExactly("6 SALE 100 SEK P1", "7 SALE 1 JPY P3");
    assertThat(read.errors())
        .containsExactly(
            "3 total_sale_amount is 2.00: an amount in JPY has at most 0 digits behind the point.");
    assertThat(read.parts())
        .extracting(PayoutPart::paymentReference)
        .containsExactly("P1", "P2", "P3");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void threeSeparatorsAreKnown(String separator) {
    var content = "type,amount,currency,payment_reference\nSALE,\"1,5\",SEK,P1\n";
    var read = Report.of(folder, content.replaceAll(",(?!5)", separator));
    assertThat(read.inShort()).containsExactly("2 SALE 150 SEK P1");
  }

  @Test
  void theSeparatorThatGivesMostKnownNamesIsMeant() {
    var read =
        Report.of(
            folder, "x,total_sale_amount;payment_reference;type;amount;currency\n0;P;S;1;SEK");
    assertThat(read.inShort()).containsExactly("2 S 100 SEK P");
  }

  @Test
  void columnsMayHaveTheAccountsOwnNames() {
    var names =
        ColumnNames.of(
            Map.of(
                "amount", "Betrag", "type", "ART", "order.id", "Auftrag", "total.fee.amount", "G"));
    var content =
        """
        payment_reference;currency;G;total_x
        P1;SEK;1;
        art;betrag;auftrag;amount
        SALE;2;o1;nonsense
        """;
    var read = Report.of(file(folder, "r.csv", content), names);
    assertThat(read.inShort()).containsExactly("4 SALE 200 SEK P1");
    assertThat(read.transactions().get(0).orderId()).isEqualTo("o1");
    assertThat(read.totals().get(0).totals()).isEqualTo(Map.of(Total.FEE, 100L));
    assertThat(none(file(folder, "r.csv", "art;betrag\nSALE;1\n"))).contains("no line of it");
  }

  @Test
  void aByteOrderMarkAndReturnsAreIgnored() {
    var read = Report.of(folder, "\uFEFF" + WHOLE.replace("\n", "\r\n"));
    assertThat(read.inShort()).containsExactly("5 SALE 1000 SEK P1", "6 FEE -100 SEK P1");
    assertThat(Report.of(folder, "\uFEFF [{\"transactions\":[]}] ").transactions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "XISA93DJ.20260105T000000+0000.csv, XISA93DJ, 2026-01-05",
    "X-1.20260105T.json.csv, X-1, 2026-01-05",
    "X.20269905T0.csv, X,",
  })
  void whereNothingElseSaysSoTheNameSaysWhoseItIsAndOfWhichDay(
      String name, String reference, LocalDate day) {
    var read = Report.named(folder, name, "type,amount,currency\nSALE,1,SEK\n");
    assertThat(read.parts()).containsExactly(new PayoutPart(reference, day, null, "SEK", null));
    assertThat(read.transactions())
        .extracting(Transaction::paymentReference)
        .containsOnly(reference);
  }

  @Test
  void aRowsOwnPayoutGoesBeforeTheOnlySummaryAndThatBeforeTheName() {
    var read =
        Report.named(
            folder,
            "N.20260105T000000+0000.csv",
            """
            type,amount,payment_reference,payout_date,currency
            SALE,1,P2,20260107,EUR
            SALE,2,,,
            payment_reference,total_sale_amount,currency
            P1,1,SEK
            """);
    assertThat(read.inShort()).containsExactly("2 SALE 100 EUR P2", "3 SALE 200 SEK P1");
    assertThat(read.parts())
        .containsExactly(
            new PayoutPart("P2", LocalDate.of(2026, 1, 7), null, "EUR", null),
            new PayoutPart("P1", LocalDate.of(2026, 1, 5), null, "SEK", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P2,1,SEK", "P2,1", "\"P2,1,SEK"})
  void ofTwoSummariesNoneIsTheOnlyOneEvenWhereOneCannotBeRead(String second) {
    var read =
        Report.of(
            folder,
            "payment_reference,total_fee,currency\nP1,1,SEK\n" + second + "\ntype,amount\nFEE,1\n");
    assertThat(read.transactions()).isEmpty();
    assertThat(read.errors()).last().asString().startsWith("0 1 row is of no payout");
  }

  @Test
  void whatHasNoReferenceOrNoCurrencyIsRejectedWholeInOneSentence() {
    var read =
        Report.of(
            folder,
            """
            type,amount,payment_reference,currency
            SALE,1,,SEK
            SALE,1,P1,
            SALE,x,P1,
            SALE,1,P2,SEK
            SALE,1,P2,
            SALE,1,P3,
            """);
    assertThat(read.inShort()).containsExactly("5 SALE 100 SEK P2", "6 SALE 100 SEK P2");
    assertThat(read.rejected())
        .containsExactly(
            new RejectedRow(
                0,
                "1 row is of no payout that is known: it has no payment_reference, and neither a"
                    + " single summary nor the file's name says one. 3 rows are of payouts without a"
                    + " currency: P1, P3.",
                ""));
    assertThat(read.parts()).extracting(PayoutPart::paymentReference).containsExactly("P2");
  }

  @Test
  void payoutsWithoutACurrencyAreOneSentenceHoweverMany() {
    var content = new StringBuilder("type,amount,payment_reference\n");
    for (var i = 0; i < 1000; i++) {
      content.append("SALE,1,P").append(i).append('\n');
    }
    var read = Report.of(folder, content.toString());
    assertThat(read.errors())
        .singleElement()
        .asString()
        .startsWith("0 1,000 rows are of payouts without a currency: P0, P1,")
        .endsWith(", P19 and 980 more.");
  }
}
