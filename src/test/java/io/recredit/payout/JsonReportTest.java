package io.recredit.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as Klarna's API answers them. */
class JsonReportTest {

  private static final String SALE =
      "{\"type\":\"SALE\",\"amount\":100,\"currency_code\":\"SEK\",\"payment_reference\":\"P1\"}";

  @TempDir Path folder;

  private Report read(String json) {
    return Report.named(folder, "report.txt", json.replace('\'', '"'));
  }

  @Test
  void transactionsAreInMinorUnits() {
    var read =
        read(
            """
            {'transactions': [{'type': 'return', 'detailed_type': 'x', 'amount': -1050,
              'currency_code': 'sek', 'order_id': 'o1', 'capture_id': null, 'refund_id': 7,
              'merchant_reference1': 'm1', 'merchant_refund_reference': 'mr', 'payment_reference': 'P1',
              'merchant_capture_reference': ' ', 'capture_date': '2026-01-03T10:00:00Z', 'vat_rate': 1.5,
              'other': {'deep': [1]}}]}
            """);
    assertThat(read.transactions())
        .containsExactly(
            new Transaction(
                "P1",
                1,
                "RETURN",
                "X",
                -1050,
                "SEK",
                "o1",
                null,
                "7",
                "m1",
                null,
                "mr",
                Instant.parse("2026-01-03T10:00:00Z")));
    assertThat(read.parts()).containsExactly(new PayoutPart("P1", null, null, "SEK", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'transactions':[%s,%s],'pagination':{'count':2,'total':9,'offset':4,'next':'x'}}",
        "{'pagination':{'total':9,'prev':null,'offset':4},'transactions':[%s,%s]}",
        "[{'transactions':[%s,%s],'pagination':{'count':2,'total':9,'offset':4}}]",
      })
  void aPagesRowsAreCountedFromThoseBeforeIt(String page) {
    var read = read(page.formatted(SALE, "{'amount':1}"));
    assertThat(read.inShort()).containsExactly("5 SALE 100 SEK P1");
    assertThat(read.parts()).extracting(PayoutPart::pageOffset).containsExactly(4L);
    assertThat(read.errors()).singleElement().asString().startsWith("0 1 row is of no payout");
  }

  @Test
  void theOnlyPageIsNoPageOfSeveral() {
    var read =
        read("{'transactions':[%s],'pagination':{'count':1,'total':1,'offset':0}}".formatted(SALE));
    assertThat(read.parts()).extracting(PayoutPart::pageOffset).containsOnlyNulls();
  }

  @Test
  void aListMayHaveSeveralPagesAndPayouts() {
    var read =
        read(
            """
            [{'transactions':[%1$s,%1$s]}, {'transactions':[%1$s]},
             {'payment_reference':'P1','currency_code':'SEK','totals':{'sale_amount':300}}, 5, {'x':1}]
            """
                .formatted(SALE));
    assertThat(read.inShort())
        .containsExactly("1 SALE 100 SEK P1", "2 SALE 100 SEK P1", "3 SALE 100 SEK P1");
    assertThat(read.totals()).extracting(Totals::row).containsExactly(3L);
    assertThat(read.parts()).extracting(PayoutPart::pageOffset).containsOnlyNulls();
    assertThat(read.errors())
        .containsExactly(
            "4 This is no JSON object in braces.",
            "5 The object has no transactions, payouts or totals.");
    assertThat(read.rejected()).extracting(RejectedRow::raw).containsExactly("5", "{}");
  }

  @Test
  void payoutsAreSummaries() {
    var read =
        read(
            """
            {'payouts':[
               {'totals':{'sale_amount':1,'fee_refund_amount':-2,'other_amount':3},'payment_reference':'P1',
                'payout_date':'2026-01-05','currency_code':'SEK','merchant_id':'K1'},
               {'payment_reference':'P2','totals':{'tax_amount':1.5},'currency_code':'EUR'},
               {'payment_reference':'P3','currency_code':'EUR'}, [1]],
             'pagination':{'count':4,'total':9,'offset':4}}
            """);
    assertThat(read.totals())
        .containsExactly(
            new Totals(
                "P1",
                5,
                LocalDate.of(2026, 1, 5),
                null,
                "SEK",
                Map.of(Total.SALE, 1L, Total.FEE_REFUND, -2L)),
            new Totals("P3", 7, null, null, "EUR", Map.of()));
    assertThat(read.errors())
        .containsExactly(
            "6 total_tax_amount is 1.5: it must be a JSON whole number, without fraction, exponent or"
                + " quotes.",
            "8 This is no JSON object in braces.");
    assertThat(read.parts()).extracting(PayoutPart::pageOffset).containsOnlyNulls();
  }

  @Test
  void ofARejectedObjectOnlyTheKnownFieldsAreKept() {
    var read =
        read(
            """
            {'transactions':[{'type':'S\\u00e4LE','amount':'1.50','consumer':'Ann','order_id':{'name':'Ann'},
              'payment_reference':'P1','currency':'SEK'}]}
            """);
    assertThat(read.rejected())
        .containsExactly(
            new RejectedRow(
                1,
                "amount is 1.50: it must be a JSON whole number, without fraction, exponent or quotes."
                    + " order_id is {…}: it must be a text, in quotation marks, or a JSON whole"
                    + " number.",
                "{\"payment_reference\":\"P1\",\"type\":\"SäLE\",\"amount\":\"1.50\","
                    + "\"currency\":\"SEK\",\"order_id\":{…}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9223372036854775808", "-9223372036854775808", "1e2", "1.0", "true", "[]"})
  void anAmountIsAWholeNumberWithin64Bits(String amount) {
    var read = read("{'transactions':[%s]}".formatted(SALE.replace("100", amount)));
    assertThat(read.errors()).singleElement().asString().startsWith("1 amount is ");
  }

  @Test
  void aNumberOrATextOfAnyLengthRejectsItsRowAlone() {
    var nines = "9".repeat(5000);
    var read = read("{'transactions':[%s,%s]}".formatted(SALE.replace("100", nines), SALE));
    assertThat(read.inShort()).containsExactly("2 SALE 100 SEK P1");
    assertThat(read.rejected().get(0).raw()).hasSize(4000);
  }

  @Test
  void whatNoTextCanHoldRejectsItsRow() {
    var read =
        read(
            "{'transactions':[%s,%s]}"
                .formatted(SALE.replace("P1", "P\\u0000"), SALE.replace("SALE", "\\ud800")));
    assertThat(read.errors())
        .containsExactly(
            "1 payment_reference is P\\x00: a text must not hold a NUL character.",
            "2 type is ?: it holds half a character, which is not well-formed Unicode.");
    assertThat(read.rejected().get(0).raw()).doesNotContain("\0");
  }

  @Test
  void aSummaryAndItsTransactionsMayStandInOneObject() {
    var read =
        read(
            """
            {'transactions':[{'type':'SALE','amount':1}],
             'payment_reference':'P1','currency_code':'SEK','totals':{}}
            """);
    assertThat(read.inShort()).containsExactly("1 SALE 1 SEK P1");
    assertThat(read.totals()).hasSize(1);
  }
}
