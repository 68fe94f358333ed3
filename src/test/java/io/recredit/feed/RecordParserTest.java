package io.recredit.feed;

import static io.recredit.feed.Input.acceptedCapture;
import static io.recredit.feed.Input.acceptedRefund;
import static io.recredit.feed.Input.acceptedRelease;
import static io.recredit.feed.Input.capture;
import static io.recredit.feed.Input.captureThen;
import static io.recredit.feed.Input.captureWithLine;
import static io.recredit.feed.Input.errorOfCapture;
import static io.recredit.feed.Input.errorOfRefund;
import static io.recredit.feed.Input.line;
import static io.recredit.feed.Input.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.feed.ParsedLine.Rejected;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a record has, which spellings, and which of several values counts. */
class RecordParserTest {

  @Test
  void aCaptureHasAllItsFields() {
    assertThat(
            acceptedCapture(
                capture(
                    "order_amount", "19998",
                    "klarna_reference", "'K4MADNY6-1'",
                    "reference", "'shipment 1'",
                    "order_lines",
                        "[{'reference':'sku-1','type':'physical','name':'Shirt','quantity':2,"
                            + "'unit_price':5000,'tax_rate':2500,'total_amount':10000,"
                            + "'total_tax_amount':2000},{'total_amount':-1}]")))
        .isEqualTo(
            new Capture(
                "c-1",
                "o-1",
                9999,
                Instant.parse("2026-11-20T09:30:00Z"),
                "SE",
                "SEK",
                19998L,
                "K4MADNY6-1",
                "shipment 1",
                List.of(
                    new OrderLine("sku-1", "physical", "Shirt", 2L, 5000L, 2500L, 10000, 2000L),
                    new OrderLine(null, null, null, null, null, null, -1, null))));
  }

  @Test
  void aRefundHasAllItsFields() {
    assertThat(
            acceptedRefund(
                refund(
                    "purchase_currency", "'SEK'",
                    "capture_id", "'c-1'",
                    "reference", "'return 1'",
                    "description", "'Too small'",
                    "idempotency_key", "'k-1'",
                    "order_lines", "[{'total_amount':500}]")))
        .isEqualTo(
            new Refund(
                "r-1",
                "o-1",
                500,
                Instant.parse("2026-11-24T16:05:00Z"),
                "SEK",
                "c-1",
                "return 1",
                "Too small",
                "k-1",
                List.of(new OrderLine(null, null, null, null, null, null, 500, null))));
  }

  @Test
  void aReleaseHasAllItsFields() {
    assertThat(
            acceptedRelease("{\"order_id\":\"o-1\",\"released_at\":\"2026-11-21T00:10:00+01:00\"}"))
        .isEqualTo(new Release("o-1", Instant.parse("2026-11-20T23:10:00Z")));
  }

  @Test
  void theShopsReferencesOfAnOrderAreRead() {
    assertThat(
            Input.accepted(
                    RecordParser.captures(),
                    capture("merchant_reference1", "100319472", "merchant_reference2", "'x'"))
                .merchant())
        .isEqualTo(new MerchantReferences("100319472", "x"));
    assertThat(
            Input.accepted(
                    RecordParser.refunds(),
                    refund("merchant_reference1", "'no 1'", "merchant_reference2", "''"))
                .merchant())
        .isEqualTo(new MerchantReferences("no 1", null));
  }

  @Test
  void allFaultsOfALineAreToldAtOnce() {
    assertThat(
            errorOfCapture(
                capture(
                    "order_id", "",
                    "captured_amount", "0",
                    "captured_at", "'yesterday'",
                    "order_lines", "[{'total_amount':'x','tax_rate':-1},{'total_amount':1},{}]")))
        .isEqualTo(
            "order_id is missing. captured_amount is 0: it must be at least 1."
                + " captured_at is \"yesterday\": a time is written 2026-11-20T09:30:00Z or, with an offset, 2026-11-20T10:30:00+01:00."
                + " Order line 1: tax_rate is -1: it must be at least 0."
                + " Order line 1: total_amount is \"x\": it must be a JSON whole number, without fraction, exponent or quotes."
                + " Order line 3: total_amount is missing.");
    assertThat(errorOfCapture(capture("order_lines", "[" + "{},".repeat(21) + "{}]")))
        .contains("Order line 20: total_amount is missing. And 2 more faults.")
        .doesNotContain("Order line 21");
  }

  @Test
  void theNamesOfTheNetworkApiMeanTheSame() {
    var capture =
        acceptedCapture(
            "{'payment_transaction_id':'o-9','payment_capture_id':'c-9','captured_amount':1,"
                    .replace('\'', '"')
                + "\"captured_at\":\"2026-11-20T09:30:00Z\",\"purchase_country\":\"SE\","
                + "\"purchase_currency\":\"SEK\",\"line_items\":[{\"line_item_reference\":\"sku-9\","
                + "\"total_line_amount\":1}]}");
    assertThat(capture.orderId()).isEqualTo("o-9");
    assertThat(capture.captureId()).isEqualTo("c-9");
    assertThat(capture.orderLines())
        .containsExactly(new OrderLine("sku-9", null, null, null, null, null, 1, null));

    var refund =
        acceptedRefund(
            refund(
                "refund_id", "",
                "payment_refund_id", "'r-9'",
                "payment_capture_id", "'c-9'"));
    assertThat(refund.refundId()).isEqualTo("r-9");
    assertThat(refund.captureId()).isEqualTo("c-9");

    assertThat(
            acceptedRelease(
                    "{\"payment_transaction_id\":\"o-9\",\"released_at\":\"2026-11-21T00:10:00Z\"}")
                .orderId())
        .isEqualTo("o-9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order_id",
        "capture_id",
        "captured_amount",
        "captured_at",
        "purchase_country",
        "purchase_currency"
      })
  void aCaptureNeedsItsRequiredFields(String field) {
    assertThat(errorOfCapture(capture(field, ""))).isEqualTo(field + " is missing.");
    assertThat(errorOfCapture(capture(field, "null"))).isEqualTo(field + " is missing.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"order_id", "refund_id", "refunded_amount", "refunded_at"})
  void aRefundNeedsItsRequiredFields(String field) {
    assertThat(errorOfRefund(refund(field, ""))).isEqualTo(field + " is missing.");
    assertThat(errorOfRefund(refund(field, "null"))).isEqualTo(field + " is missing.");
  }

  @Test
  void aReleaseNeedsItsRequiredFields() {
    assertThat(Input.error(RecordParser.releases(), "{\"order_id\":\"o-1\"}"))
        .isEqualTo("released_at is missing.");
    assertThat(Input.error(RecordParser.releases(), "{\"released_at\":\"2026-11-21T00:10:00Z\"}"))
        .isEqualTo("order_id is missing.");
  }

  @Test
  void anOrderLineNeedsItsTotalAmount() {
    assertThat(
            errorOfCapture(
                capture("order_lines", "[{'total_amount':1},{'total_amount':2},{'name':'x'}]")))
        .isEqualTo("Order line 3: total_amount is missing.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order_amount",
        "klarna_reference",
        "reference",
        "order_lines",
        "payment_capture_id",
        "line_items"
      })
  void nullIsAbsent(String field) {
    assertThat(acceptedCapture(capture(field, "null"))).isEqualTo(acceptedCapture(capture()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"order_id", "capture_id", "purchase_country", "purchase_currency"})
  void anEmptyValueThatIsRequiredIsMissing(String field) {
    assertThat(errorOfCapture(capture(field, "''"))).isEqualTo(field + " is missing.");
  }

  @Test
  void anEmptyReferenceIsAbsent() {
    var capture =
        acceptedCapture(
            capture(
                "klarna_reference", "''",
                "reference", "''",
                "order_lines", "[{'reference':'','total_amount':1}]"));
    assertThat(capture.klarnaReference()).isNull();
    assertThat(capture.reference()).isNull();
    assertThat(capture.orderLines().get(0).reference()).isNull();

    var refund = acceptedRefund(refund("capture_id", "''", "idempotency_key", "''"));
    assertThat(refund.captureId()).isNull();
    assertThat(refund.idempotencyKey()).isNull();
  }

  @Test
  void absentAndEmptyOrderLinesAreEqual() {
    assertThat(acceptedCapture(capture("order_lines", "[]")))
        .isEqualTo(acceptedCapture(capture()))
        .isEqualTo(acceptedCapture(capture("line_items", "[]")));
  }

  @Test
  void theSameInstantInAnotherOffsetIsEqual() {
    assertThat(acceptedCapture(capture("captured_at", "'2026-11-20T10:30:00.0000009+01:00'")))
        .isEqualTo(acceptedCapture(capture()));
  }

  @Test
  void theOrderOfOrderLinesCounts() {
    assertThat(acceptedCapture(capture("order_lines", "[{'total_amount':1},{'total_amount':2}]")))
        .isNotEqualTo(
            acceptedCapture(capture("order_lines", "[{'total_amount':2},{'total_amount':1}]")));
  }

  @Test
  void twoSpellingsOfOneFieldMayAgree() {
    var capture =
        acceptedCapture(
            capture(
                "payment_transaction_id", "'o-1'",
                "payment_capture_id", "'c\\u002d1'",
                "reference", "5",
                "payment_capture_reference", "'5'",
                "order_lines", "[{'reference':'a','total_amount':1,'total_line_amount':1,'x':7}]",
                "line_items", "[{'line_item_reference':'a','total_amount':1,'quantity':'x'}]"));
    assertThat(capture.captureId()).isEqualTo("c-1");
    assertThat(capture.orderLines()).hasSize(1);
  }

  @Test
  void twoSpellingsOfOneFieldWithDifferentValuesAreRejected() {
    assertThat(errorOfCapture(capture("reference", "'s-1'", "payment_capture_reference", "'s-2'")))
        .isEqualTo(
            "reference \"s-1\" and payment_capture_reference \"s-2\" differ: the two names mean the same, so only one of them may have a value, or both the same.");
    assertThat(errorOfRefund(refund("reference", "5", "payment_refund_reference", "'6'")))
        .startsWith("reference \"5\" and payment_refund_reference \"6\" differ");
    assertThat(
            errorOfCapture(
                capture(
                    "order_lines", "[{'total_amount':1}]", "line_items", "[{'total_amount':2}]")))
        .startsWith("order_lines and line_items differ");
    assertThat(errorOfCapture(captureWithLine("total_amount", "1", "total_line_amount", "2")))
        .startsWith("Order line 1: total_amount 1 and total_line_amount 2 differ");
    assertThat(
            errorOfCapture(
                captureWithLine(
                    "reference", "'a'", "line_item_reference", "'b'", "total_amount", "1")))
        .startsWith("Order line 1: reference \"a\" and line_item_reference \"b\" differ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'other'", "5", "{}", "'a\\u0000'", "1.5", "null", "''"})
  void theNetworksIdCountsWhateverStandsBesideIt(String other) {
    var capture =
        acceptedCapture(
            capture(
                "order_id",
                other,
                "payment_transaction_id",
                "'o-7'",
                "capture_id",
                other,
                "payment_capture_id",
                "7"));
    assertThat(capture.orderId()).isEqualTo("o-7");
    assertThat(capture.captureId()).isEqualTo("7");
    var refund =
        acceptedRefund(
            refund(
                "refund_id",
                other,
                "payment_refund_id",
                "'r-7'",
                "capture_id",
                other,
                "payment_capture_id",
                "'c-7'"));
    assertThat(refund.refundId()).isEqualTo("r-7");
    assertThat(refund.captureId()).isEqualTo("c-7");
  }

  @Test
  void aFaultyIdOfTheNetworkIsRefusedWhateverStandsBesideIt() {
    assertThat(errorOfCapture(capture("payment_transaction_id", "true")))
        .isEqualTo(
            "payment_transaction_id is true: it must be a text, in quotation marks, or a JSON whole number.");
    assertThat(errorOfRefund(refund("payment_refund_id", "1.5")))
        .startsWith("payment_refund_id is 1.5:");
    assertThat(errorOfRefund(refund("capture_id", "'c'", "payment_capture_id", "[]")))
        .startsWith("payment_capture_id is []:");
  }

  @ParameterizedTest
  @CsvSource({"null, null", "'''''', ''''''", "null, ''''''"})
  void aSpellingWithoutAValueDoesNotContradictTheOther(String id, String reference) {
    var capture =
        acceptedCapture(
            capture(
                "order_id",
                id,
                "payment_transaction_id",
                "'o-7'",
                "payment_capture_id",
                id,
                "order_lines",
                "[]",
                "line_items",
                "[{'reference':%s,'line_item_reference':'a','total_amount':1,'total_line_amount':null}]"
                    .formatted(reference)));
    assertThat(capture.orderId()).isEqualTo("o-7");
    assertThat(capture.captureId()).isEqualTo("c-1");
    assertThat(capture.orderLines().get(0).reference()).isEqualTo("a");
  }

  @Test
  void aBadValueUnderEitherSpellingIsRejected() {
    assertThat(errorOfCapture(capture("reference", "'s'", "payment_capture_reference", "1.5")))
        .startsWith("payment_capture_reference is 1.5:");
    assertThat(errorOfCapture(capture("reference", "1.5", "payment_capture_reference", "'s'")))
        .startsWith("reference is 1.5:");
    assertThat(errorOfCapture(capture("order_lines", "[{'total_amount':1}]", "line_items", "'x'")))
        .startsWith("line_items is \"x\":");
  }

  @Test
  void aLinesSpellingsHoldInLinesOnlyAndTheRecordsOnlyOutsideOfThem() {
    assertThat(
            acceptedCapture(
                capture(
                    "line_item_reference", "5",
                    "total_line_amount", "'x'",
                    "total_amount", "'x'",
                    "order_lines", "[{'total_amount':1,'payment_capture_id':5,'order_id':6}]")))
        .isEqualTo(acceptedCapture(capture("order_lines", "[{'total_amount':1}]")));
  }

  @Test
  void theFieldsOfOtherRecordsAreIgnored() {
    assertThat(acceptedRefund(refund("captured_amount", "'x'", "klarna_reference", "5")))
        .isEqualTo(acceptedRefund(refund()));
    assertThat(acceptedCapture(capture("refund_id", "5", "description", "5")))
        .isEqualTo(acceptedCapture(capture()));
  }

  @Test
  void namesAreComparedExactly() {
    assertThat(errorOfCapture(capture("order_id", "", "Order_ID", "'o-1'")))
        .isEqualTo("order_id is missing.");
    assertThat(acceptedCapture(capture("order_id", "", "order\\u005fid", "'o-8'")).orderId())
        .isEqualTo("o-8");
  }

  @Test
  void ofARepeatedNameTheLastCounts() {
    assertThat(acceptedCapture(captureThen("'captured_amount':7")).capturedAmount()).isEqualTo(7);
    assertThat(acceptedCapture(captureThen("'captured_amount':8", "captured_amount", "'x'")))
        .extracting(Capture::capturedAmount)
        .isEqualTo(8L);
    assertThat(errorOfCapture(captureThen("'captured_amount':0")))
        .startsWith("captured_amount is 0:");
    assertThat(errorOfCapture(captureThen("'captured_amount':null")))
        .isEqualTo("captured_amount is missing.");
    assertThat(errorOfCapture(captureThen("'order_id':''"))).isEqualTo("order_id is missing.");
  }

  @Test
  void ofRepeatedOrderLinesTheLastCountWhole() {
    var bad = "[{'total_amount':'x'}]";
    assertThat(
            acceptedCapture(captureThen("'order_lines':[{'total_amount':3}]", "order_lines", bad))
                .orderLines())
        .extracting(OrderLine::totalAmount)
        .containsExactly(3L);
    assertThat(acceptedCapture(captureThen("'order_lines':null", "order_lines", bad)).orderLines())
        .isEmpty();
    assertThat(acceptedCapture(captureWithLine("total_amount", "1,'total_amount':2")).orderLines())
        .extracting(OrderLine::totalAmount)
        .containsExactly(2L);
  }

  @Test
  void eachSpellingHasARepeatedNameOfItsOwn() {
    assertThat(
            acceptedCapture(
                    captureThen("'payment_capture_id':null", "payment_capture_id", "'other'"))
                .captureId())
        .isEqualTo("c-1");
  }

  @Test
  void aRejectedLineIsSaidToLackWhatItLacks() {
    assertThat(RecordParser.captures().parse(line("{}\r")))
        .isEqualTo(
            new Rejected<Capture>(
                "order_id is missing. capture_id is missing. captured_amount is missing. captured_at is missing. purchase_country is missing. purchase_currency is missing."));
  }

  @Test
  void aLineThatIsTooLongIsRejected() {
    assertThat(RecordParser.captures().parse(new FeedLine(9, line("{\"x\":").bytes(), true)))
        .isEqualTo(
            new Rejected<Capture>(
                "The line is longer than 8388608 bytes (8 MiB) and was not read."));
  }
}
