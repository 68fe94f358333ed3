package io.recredit.feed;

import static io.recredit.feed.Input.acceptedCapture;
import static io.recredit.feed.Input.acceptedRefund;
import static io.recredit.feed.Input.capture;
import static io.recredit.feed.Input.captureWithLine;
import static io.recredit.feed.Input.errorOfCapture;
import static io.recredit.feed.Input.errorOfRefund;
import static io.recredit.feed.Input.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which values the contract allows under each name, and the sentences about those that it does not.
 */
class FieldValuesTest {

  private static final String FACE = "\uD83D\uDE00";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'100'",
        "100.0",
        "100.5",
        "1e2",
        "1E2",
        "1e0",
        "0.0",
        "true",
        "{}",
        "[1]",
        "''",
        "{'a':[1,2]}"
      })
  void anAmountIsAJsonWholeNumber(String json) {
    var shown = json.replace('\'', '"');
    var rule = ": it must be a JSON whole number, without fraction, exponent or quotes.";
    assertThat(errorOfCapture(capture("captured_amount", json)))
        .isEqualTo("captured_amount is " + shown + rule);
    assertThat(errorOfRefund(refund("refunded_amount", json)))
        .isEqualTo("refunded_amount is " + shown + rule);
    for (var field : List.of("total_line_amount", "tax_rate", "total_tax_amount")) {
      assertThat(errorOfCapture(captureWithLine("total_amount", "1", field, json)))
          .isEqualTo("Order line 1: " + field + " is " + shown + rule);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'2'", "2.5", "1e2", "true", "{}", "[1]", "''", "9223372036854775808", "null"})
  void whatIsOnlyShownIsAbsentWhereItIsNoWholeNumber(String json) {
    var without = acceptedCapture(captureWithLine("total_amount", "1"));
    for (var field : List.of("quantity", "unit_price")) {
      assertThat(acceptedCapture(captureWithLine("total_amount", "1", field, json)))
          .isEqualTo(without);
    }
    assertThat(acceptedCapture(captureWithLine("total_amount", "1", "quantity", "-1")))
        .isEqualTo(without);
  }

  @ParameterizedTest
  @CsvSource({
    "captured_amount, 1, true",
    "captured_amount, 9223372036854775807, true",
    "captured_amount, 0, false",
    "captured_amount, -0, false",
    "captured_amount, -1, false",
    "captured_amount, 9223372036854775808, false",
    "captured_amount, 18446744073709551617, false",
    "captured_amount, 99999999999999999999999999999999999, false",
    "order_amount, 0, true",
    "order_amount, -0, true",
    "order_amount, 9223372036854775807, true",
    "order_amount, -1, false",
    "order_amount, -9223372036854775809, false",
  })
  void anAmountLiesWithinItsBounds(String field, String number, boolean good) {
    var json = capture(field, number);
    if (good) {
      assertThat(acceptedCapture(json)).isNotNull();
    } else {
      assertThat(errorOfCapture(json)).startsWith(field + " is " + number + ": it must");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quantity, 0, true",
    "unit_price, -5, true",
    "unit_price, -9223372036854775808, true",
    "tax_rate, 0, true",
    "tax_rate, 2500, true",
    "tax_rate, -5, false",
    "total_tax_amount, -5, true",
    "total_tax_amount, 9223372036854775807, true",
  })
  void theWholeNumbersOfALineLieWithinTheirBounds(String field, String number, boolean good) {
    var json = captureWithLine("total_amount", "-1", field, number);
    if (good) {
      assertThat(acceptedCapture(json).orderLines()).hasSize(1);
    } else {
      assertThat(errorOfCapture(json)).startsWith("Order line 1: " + field + " is " + number + ":");
    }
  }

  @Test
  void aNumberThatDoesNotFitSaysWhatWould() {
    assertThat(errorOfRefund(refund("refunded_amount", "9223372036854775808")))
        .isEqualTo(
            "refunded_amount is 9223372036854775808: it must lie between 1 and 9223372036854775807.");
    assertThat(errorOfRefund(refund("refunded_amount", "0")))
        .isEqualTo("refunded_amount is 0: it must be at least 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "{}", "['o-1']", "1.5", "1e3", "1.0"})
  void identifiersAndReferencesAreJsonStringsOrWholeNumbers(String json) {
    var rule =
        " is "
            + json.replace('\'', '"')
            + ": it must be a text, in quotation marks, or a JSON whole number.";
    for (var field :
        List.of(
            "order_id",
            "capture_id",
            "klarna_reference",
            "payment_capture_reference",
            "merchant_reference1",
            "merchant_reference2")) {
      assertThat(errorOfCapture(capture(field, json))).isEqualTo(field + rule);
    }
    for (var field :
        List.of(
            "refund_id",
            "capture_id",
            "idempotency_key",
            "payment_refund_reference",
            "merchant_reference1")) {
      assertThat(errorOfRefund(refund(field, json))).isEqualTo(field + rule);
    }
    for (var field : List.of("reference", "line_item_reference")) {
      assertThat(errorOfCapture(captureWithLine("total_amount", "1", field, json)))
          .isEqualTo("Order line 1: " + field + rule);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "100319472", "18446744073709551617", "-5"})
  void aNumberIsAnIdentifierAsItIsWritten(String json) {
    var capture =
        acceptedCapture(
            capture(
                "order_id", json,
                "capture_id", json,
                "reference", json,
                "order_lines", "[{'reference':" + json + ",'total_amount':1}]"));
    assertThat(capture.orderId()).isEqualTo(json);
    assertThat(capture.captureId()).isEqualTo(json);
    assertThat(capture.reference()).isEqualTo(json);
    assertThat(capture.orderLines().get(0).reference()).isEqualTo(json);
    assertThat(acceptedRefund(refund("idempotency_key", json)).idempotencyKey()).isEqualTo(json);
    assertThat(errorOfCapture(capture("order_id", "9".repeat(256)))).contains("at most 255");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "{}", "['o-1']", "1.5"})
  void textsAreJsonStrings(String json) {
    var rule = " is " + json.replace('\'', '"') + ": it must be a text, in quotation marks.";
    assertThat(errorOfRefund(refund("description", json))).isEqualTo("description" + rule);
    for (var field : List.of("type", "name")) {
      assertThat(errorOfCapture(captureWithLine("total_amount", "1", field, json)))
          .isEqualTo("Order line 1: " + field + rule);
    }
  }

  @Test
  void anIdentifierHasAtMost255Characters() {
    assertThat(acceptedCapture(capture("order_id", "'" + "x".repeat(255) + "'"))).isNotNull();
    assertThat(acceptedCapture(capture("order_id", "'" + FACE.repeat(255) + "'"))).isNotNull();
    assertThat(errorOfCapture(capture("order_id", "'" + FACE.repeat(256) + "'")))
        .isEqualTo("order_id is \"" + FACE.repeat(59) + "…: it may have at most 255 characters.");
    for (var field : List.of("capture_id", "klarna_reference", "reference")) {
      assertThat(errorOfCapture(capture(field, "'" + "x".repeat(256) + "'")))
          .startsWith(field + " is \"xxx")
          .hasSizeLessThan(130);
    }
    for (var field : List.of("refund_id", "capture_id", "idempotency_key", "reference")) {
      assertThat(errorOfRefund(refund(field, "'" + "x".repeat(256) + "'"))).contains("at most 255");
    }
    assertThat(
            errorOfCapture(
                captureWithLine("total_amount", "1", "reference", "'" + "x".repeat(256) + "'")))
        .startsWith("Order line 1: reference is");
  }

  @Test
  void referencesAreKeptAsTheyAre() {
    assertThat(acceptedCapture(capture("reference", "' Sku\\t1 '")).reference())
        .isEqualTo(" Sku\t1 ");
  }

  @Test
  void typeNameAndDescriptionMayHaveAnyLengthAndAreKeptAsTheyAre() {
    var longText = ("x" + FACE).repeat(100_000);
    var line =
        acceptedCapture(
                captureWithLine(
                    "total_amount", "1", "type", "'never_heard_of'", "name", "'" + longText + "'"))
            .orderLines()
            .get(0);
    assertThat(line.type()).isEqualTo("never_heard_of");
    assertThat(line.name()).isEqualTo(longText);
    assertThat(acceptedRefund(refund("description", "''")).description()).isEmpty();
    assertThat(acceptedRefund(refund("description", "' \\n " + longText + "'")).description())
        .isEqualTo(" \n " + longText);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83d", "\\ud83dx", "\\ude00\\ud83d"})
  void textThatIsNotWellFormedUnicodeIsRefused(String escapes) {
    var rule =
        " is \"" + escapes + "\": it holds half a character, which is not well-formed Unicode.";
    assertThat(errorOfCapture(capture("reference", "'" + escapes + "'")))
        .isEqualTo("reference" + rule);
    assertThat(errorOfRefund(refund("description", "'" + escapes + "'")))
        .isEqualTo("description" + rule);
    assertThat(errorOfCapture(captureWithLine("total_amount", "1", "name", "'" + escapes + "'")))
        .isEqualTo("Order line 1: name" + rule);
  }

  @Test
  void aCharacterWrittenAsTwoEscapesIsWellFormed() {
    assertThat(acceptedCapture(capture("reference", "'\\ud83d\\ude00'")).reference())
        .isEqualTo(FACE);
  }

  @Test
  void textWithANulIsRefused() {
    assertThat(errorOfCapture(capture("order_id", "'a\\u0000b'")))
        .isEqualTo("order_id is \"a\\u0000b\": a text must not hold a NUL character.");
    assertThat(errorOfCapture(captureWithLine("total_amount", "1", "type", "'\\u0000'")))
        .startsWith("Order line 1: type is");
  }

  @ParameterizedTest
  @CsvSource({"se, SE", "Se, SE", "US, US", "ii, II"})
  void aCountryIsTwoLettersInAnyCase(String given, String kept) {
    assertThat(acceptedCapture(capture("purchase_country", "'" + given + "'")).purchaseCountry())
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'S'",
        "'SWE'",
        "'S1'",
        "'S '",
        "'\u00C5X'",
        "'\u0131I'",
        "46",
        "['SE']",
        "'@['",
        "'`{'"
      })
  void anythingElseIsNoCountry(String json) {
    assertThat(errorOfCapture(capture("purchase_country", json)))
        .isEqualTo(
            "purchase_country is "
                + json.replace('\'', '"')
                + ": a country is its two letters, such as SE.");
  }

  @Test
  void aCurrencyIsThreeLettersInAnyCase() {
    assertThat(acceptedCapture(capture("purchase_currency", "'sek'")).purchaseCurrency())
        .isEqualTo("SEK");
    assertThat(acceptedRefund(refund("purchase_currency", "'Eur'")).purchaseCurrency())
        .isEqualTo("EUR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'SE'", "'SEKK'", "'S3K'", "'\u20AC'", "752", "'\u017FEK'", "'SE\u212A'"})
  void anythingElseIsNoCurrency(String json) {
    var rule =
        "purchase_currency is "
            + json.replace('\'', '"')
            + ": a currency is its three letters, such as SEK.";
    assertThat(errorOfCapture(capture("purchase_currency", json))).isEqualTo(rule);
    assertThat(errorOfRefund(refund("purchase_currency", json))).isEqualTo(rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'2026-11-20'", "'2026-11-20T09:30:60Z'", "1763631000", "{}"})
  void aTimeIsWrittenAsRfc3339HasIt(String json) {
    var rule =
        " is "
            + json.replace('\'', '"')
            + ": a time is written 2026-11-20T09:30:00Z or, with an offset, 2026-11-20T10:30:00+01:00.";
    assertThat(errorOfCapture(capture("captured_at", json))).isEqualTo("captured_at" + rule);
    assertThat(errorOfRefund(refund("refunded_at", json))).isEqualTo("refunded_at" + rule);
    assertThat(
            Input.error(
                RecordParser.releases(),
                "{\"order_id\":\"o\",\"released_at\":" + json.replace('\'', '"') + "}"))
        .isEqualTo("released_at" + rule);
  }

  @Test
  void orderLinesAreAnArray() {
    assertThat(errorOfCapture(capture("order_lines", "{'total_amount':1}")))
        .isEqualTo("order_lines is {\"total_amount\":1}: it must be a JSON array.");
    assertThat(errorOfCapture(capture("line_items", "''")))
        .isEqualTo("line_items is \"\": it must be a JSON array.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "'x'", "[]", "[{'total_amount':1}]"})
  void anOrderLineIsAnObject(String json) {
    assertThat(errorOfCapture(capture("order_lines", "[{'total_amount':1}," + json + "]")))
        .isEqualTo(
            "Order line 2 is " + json.replace('\'', '"') + ": an order line is a JSON object.");
  }

  @Test
  void thereAreAtMostAThousandOrderLines() {
    assertThat(acceptedCapture(capture("order_lines", lines(1_000, "1"))).orderLines())
        .hasSize(1_000);
    assertThat(errorOfCapture(capture("line_items", lines(1_234, "1"))))
        .isEqualTo("line_items has 1234 lines: at most 1000 are allowed.");
  }

  @ParameterizedTest
  @CsvSource({
    "4611686018427387904, 4611686018427387903, true",
    "4611686018427387904, 4611686018427387904, false",
    "-4611686018427387904, 4611686018427387904, false",
    "-4611686018427387904, -4611686018427387903, true",
    "9223372036854775807, 0, true",
    "-9223372036854775808, 0, false",
  })
  void theAbsoluteAmountsOfTheLinesFitIn64Bits(String first, String second, boolean good) {
    for (var template :
        List.of("{'total_amount':%s}", "{'total_amount':1,'total_tax_amount':%s}")) {
      var json =
          capture(
              "order_lines",
              "[" + template.formatted(first) + "," + template.formatted(second) + "]");
      if (good) {
        assertThat(acceptedCapture(json).orderLines()).hasSize(2);
      } else {
        assertThat(errorOfCapture(json))
            .startsWith("Order line ")
            .endsWith(
                ": the amounts up to here, without their signs, add up to more than 9223372036854775807.");
      }
    }
  }

  @Test
  void amountsAndTaxesAreSummedApart() {
    assertThat(
            acceptedCapture(
                captureWithLine(
                    "total_amount", "9223372036854775807",
                    "total_tax_amount", "9223372036854775807")))
        .isNotNull();
  }

  @Test
  void anOffendingValueIsQuotedUpToABoundedLength() {
    assertThat(errorOfCapture(capture("captured_amount", "'" + "x".repeat(100_000) + "'")))
        .startsWith("captured_amount is \"" + "x".repeat(59) + "…: it must")
        .hasSizeLessThan(200);
    assertThat(errorOfCapture(capture("captured_amount", "1".repeat(100_000))))
        .hasSizeLessThan(200);
    assertThat(errorOfCapture(capture("captured_amount", "[" + lines(900, "1") + "]")))
        .hasSizeLessThan(200);
    assertThat(
            errorOfCapture(
                capture(
                    "reference", "'" + "a".repeat(200) + "'",
                    "payment_capture_reference", "'" + "b".repeat(200) + "'")))
        .startsWith("reference \"" + "a".repeat(60) + "…\" and payment_capture_reference \"bbb");
  }

  private static String lines(int count, String amount) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{'total_amount':" + amount + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
