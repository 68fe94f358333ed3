package io.recredit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.OrderDocument.OfCapture;
import io.recredit.feed.OrderDocument.OfRefund;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Order documents as Klarna's API returns them: what is taken of them, and what refuses them. */
class DocumentRecordTest {

  private static final String ORDER =
      "'order_id':'o-1','purchase_country':'se','purchase_currency':'sek'";
  private static final String CAPTURE =
      "{'capture_id':'c-1','captured_amount':100,'captured_at':'2026-11-18T08:00:00Z'}";

  @Test
  void aDocumentHasTheFieldsThatAreNamedAndNoOthers() {
    var document =
        accepted(
            ORDER
                + ",'read_at':'2026-11-20T03:00:00+01:00','order_amount':300,'captured_amount':100,"
                + "'refunded_amount':20,'remaining_authorized_amount':0,'merchant_reference1':'shop-1',"
                + "'merchant_reference2':'2','klarna_reference':'K4MADNY','billing_address':{'email':'x'},"
                + "'order_lines':[{'total_amount':'no amount'}],'status':'CAPTURED',"
                + "'captures':[{'capture_id':'c-1','captured_amount':100,'captured_at':'2026-11-18T08:00:00Z',"
                + "'refunded_amount':20,'klarna_reference':'K4MADNY-1','reference':'s-1',"
                + "'order_lines':[{'reference':'A','total_amount':100}],'shipping_info':[{'x':1}]}],"
                + "'refunds':[{'refund_id':'r-1','refunded_amount':20,'refunded_at':'2026-11-19T08:00:00Z',"
                + "'reference':'ret-1','description':'too small','line_items':[{'total_line_amount':20}],"
                + "'credit_invoice':{}}]");
    assertThat(document)
        .isEqualTo(
            new OrderDocument(
                "o-1",
                "SE",
                "SEK",
                Instant.parse("2026-11-20T02:00:00Z"),
                300L,
                100L,
                20L,
                0L,
                new MerchantReferences("shop-1", "2"),
                "K4MADNY",
                List.of(
                    new OfCapture(
                        "c-1",
                        100,
                        Instant.parse("2026-11-18T08:00:00Z"),
                        20L,
                        "K4MADNY-1",
                        "s-1",
                        List.of(line("A", 100)))),
                List.of(
                    new OfRefund(
                        "r-1",
                        true,
                        20,
                        Instant.parse("2026-11-19T08:00:00Z"),
                        "ret-1",
                        "too small",
                        List.of(line(null, 20))))));
  }

  @Test
  void refundsOfZeroAreLeftOutAndThoseWithoutIdAreNamedByTheirPlaceInTime() {
    var document =
        accepted(
            ORDER
                + ",'refunds':["
                + refund(null, 30, "2026-11-19T12:00:00Z")
                + ","
                + refund(null, 0, "2026-11-19T07:00:00Z")
                + ","
                + refund("r-9", 40, "2026-11-19T08:00:00Z")
                + ","
                + refund(null, 50, "2026-11-19T12:00:00Z")
                + ","
                + refund("", 60, "2026-11-19T09:00:00Z")
                + "]");
    assertThat(document.refunds())
        .extracting(refund -> refund.refundId() + " " + refund.isNamed())
        .containsExactly("o-1#3 false", "r-9 true", "o-1#4 false", "o-1#2 false");
  }

  @Test
  void withoutReadAtItCountsAsReadAtTheNewestThingInIt() {
    var newest = ORDER + ",'captures':[" + CAPTURE + "]";
    assertThat(accepted(newest).readAt(LocalDate.parse("2026-11-18")))
        .isEqualTo("2026-11-18T08:00:00Z");
    assertThat(accepted(newest).readAt(LocalDate.parse("2026-11-20")))
        .isEqualTo("2026-11-20T00:00:00Z");
    assertThat(
            accepted(newest + ",'refunds':[" + refund("r", 0, "2026-11-25T00:00:00Z") + "]")
                .readAt(LocalDate.parse("2026-11-18")))
        .as("a refund of 0 is none")
        .isEqualTo("2026-11-18T08:00:00Z");
    assertThat(
            accepted(newest + ",'refunds':[" + refund("r", 1, "2026-11-25T00:00:00Z") + "]")
                .readAt(LocalDate.parse("2026-11-18")))
        .isEqualTo("2026-11-25T00:00:00Z");
  }

  @Test
  void theSameIdTwiceIsRefusedARefundOfZeroIncluded() {
    assertThat(error(ORDER + ",'captures':[" + CAPTURE + "," + CAPTURE + "]"))
        .isEqualTo("The same capture_id, c-1, is in the document twice.");
    var at = "2026-11-19T08:00:00Z";
    assertThat(error(ORDER + ",'refunds':[" + refund("r", 0, at) + "," + refund("r", 5, at) + "]"))
        .isEqualTo("The same refund_id, r, is in the document twice.");
  }

  @Test
  void sumsBeyond64BitsAreRefused() {
    var at = "2026-11-19T08:00:00Z";
    assertThat(
            error(
                ORDER
                    + ",'refunds':["
                    + refund("a", Long.MAX_VALUE, at)
                    + ","
                    + refund("b", 1, at)
                    + "]"))
        .isEqualTo("The sum of the document's refunded_amount is more than 9223372036854775807.");
    assertThat(
            error(
                ORDER
                    + ",'captures':["
                    + CAPTURE.replace("100", "9223372036854775807")
                    + ","
                    + CAPTURE.replace("c-1", "c-2")
                    + "]"))
        .contains("the document's captured_amount");
  }

  @Test
  void aNameThatIsTooLongOrTakenIsRefused() {
    var at = "2026-11-19T08:00:00Z";
    assertThat(
            error(
                ORDER + ",'refunds':[" + refund(null, 1, at) + "," + refund("o-1#1", 0, at) + "]"))
        .contains("would be named o-1#1, and another refund of the document has that refund_id");
    var longest = "x".repeat(253);
    assertThat(accepted(ORDER.replace("o-1", longest) + ",'refunds':[" + refund(null, 1, at) + "]"))
        .isNotNull();
    assertThat(
            error(ORDER.replace("o-1", longest + "x") + ",'refunds':[" + refund(null, 1, at) + "]"))
        .contains("which is longer than 255 characters");
  }

  @Test
  void allThatIsWrongInItsListsIsToldWithItsPlace() {
    assertThat(
            error(
                ORDER
                    + ",'captures':["
                    + CAPTURE
                    + ",{'capture_id':'c-2','captured_amount':0,'captured_at':{'email':'x'}},7],"
                    + "'refunds':{'email':'x'}"))
        .isEqualTo(
            "captures, number 2: captured_amount is 0: it must be at least 1."
                + " captures, number 2: captured_at is {…}: a time is written 2026-11-20T09:30:00Z or, with an offset, 2026-11-20T10:30:00+01:00."
                + " captures, number 3, is not a JSON object."
                + " refunds is {…}: it must be a JSON array.");
    var tooMany = IntStream.range(0, 1001).mapToObj(i -> "{}").collect(Collectors.joining(","));
    assertThat(error(ORDER + ",'captures':[" + tooMany + "]"))
        .isEqualTo("captures has 1001 entries: at most 1000 are allowed.");
  }

  @Test
  void ofARejectedDocumentOnlyWhatIsNamedIsKeptAndNothingOfWhatIsNoJson() {
    var rejected =
        json(
            ORDER
                + ",'email':'a@b.se','captures':[{'capture_id':'c-1','email':'a@b.se','order_lines':"
                + "[{'reference':'A','email':'a@b.se'}]},'a@b.se'],'refunds':[{'refund_id':'r','x':{'y':1}}],"
                + "'order_lines':[{'name':'a@b.se'}],'customer':{'name':'a@b.se'}");
    assertThat(line(rejected).raw(FeedKind.ORDERS))
        .isEqualTo(
            json(
                ORDER
                    + ",'captures':[{'capture_id':'c-1','order_lines':[{'reference':'A'}]},'…'],"
                    + "'refunds':[{'refund_id':'r'}]"));
    assertThat(line("{\"email\":\"a@b.se\"").raw(FeedKind.ORDERS)).isEmpty();
    assertThat(line("a@b.se").raw(FeedKind.ORDERS)).isEmpty();
  }

  private static OrderLine line(@Nullable String reference, long amount) {
    return new OrderLine(reference, null, null, null, null, null, amount, null);
  }

  private static String refund(@Nullable String id, long amount, String at) {
    var named = id == null ? "" : "'refund_id':'" + id + "',";
    return "{" + named + "'refunded_amount':" + amount + ",'refunded_at':'" + at + "'}";
  }

  private static OrderDocument accepted(String fields) {
    var parsed = RecordParser.documents().parse(line(json(fields)));
    assertThat(parsed).isInstanceOf(Accepted.class);
    return ((Accepted<Delivered.OfDocument>) parsed).content().document();
  }

  private static String error(String fields) {
    var parsed = RecordParser.documents().parse(line(json(fields)));
    assertThat(parsed).isInstanceOf(Rejected.class);
    return ((Rejected<?>) parsed).error();
  }

  private static String json(String fields) {
    return ("{" + fields + "}").replace('\'', '"');
  }

  private static FeedLine line(String text) {
    return new FeedLine(1, text.getBytes(UTF_8), false);
  }
}
