package io.recredit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Refused requests and events: what is taken of them, and what refuses them. */
class AnswerRecordsTest {

  private static final String REFUSAL =
      "'order_id':'o-1','attempted_at':'2026-11-20T13:00:00+01:00'";
  private static final String METADATA =
      "'metadata':{'event_id':'e-1','event_type':'payment.transaction.refunded','occurred_at':'2026-11-20T12:00:00Z'}";

  @Test
  void aRefusalHasKlarnasWordsAndWhatOfTheBodyIsNamed() {
    var refusal =
        refusal(
            REFUSAL
                + ",'http_status':403,'error_code':'NOT_ALLOWED','error_messages':['a','b','a',''],'error_message':'b',"
                + "'correlation_id':7,'request':{'payment_transaction_id':'o-2','payment_refund_id':'r-1','refunded_amount':500,'refunded_at':'2026-11-20T13:01:00+01:00','purchase_currency':'sek',"
                + "'payment_capture_id':'c-1','reference':'ret','description':'','idempotency_key':'k',"
                + "'merchant_reference1':'m1','merchant_reference2':'m2','line_items':[{'total_line_amount':500}],'x':1}");
    assertThat(refusal)
        .isEqualTo(
            new Refusal(
                "o-1",
                Instant.parse("2026-11-20T12:00:00Z"),
                new Refusal.Request(
                    true,
                    null,
                    "o-2",
                    "r-1",
                    500L,
                    Instant.parse("2026-11-20T12:01:00Z"),
                    "SEK",
                    "c-1",
                    "ret",
                    "",
                    "k",
                    new MerchantReferences("m1", "m2"),
                    List.of(new OrderLine(null, null, null, null, null, null, 500, null))),
                403L,
                "NOT_ALLOWED",
                List.of("b", "a"),
                "7"));
    assertThat(refusal.id()).isEqualTo("7");
  }

  @Test
  void withoutANumberARefusalIsNamedByItsOrderAndItsTime() {
    assertThat(refusal(REFUSAL).id()).isEqualTo("o-1 2026-11-20T12:00:00Z");
    assertThat(refusal(REFUSAL + ",'correlation_id':''").id())
        .isEqualTo("o-1 2026-11-20T12:00:00Z");
  }

  @Test
  void aBodyNeedsNeitherIdNorOrderNorTime() {
    assertThat(request("{'refunded_amount':5}").isRefund()).isTrue();
    assertThat(request("{'refunded_amount':5}"))
        .extracting(
            Refusal.Request::refundId, Refusal.Request::orderId, Refusal.Request::refundedAt)
        .containsOnlyNulls();
  }

  @Test
  void ofAFaultyBodyWhatCanBeReadIsKept() {
    var faulty =
        Map.of(
            "{'refunded_amount':5,'order_lines':[{}]}",
            "Order line 1: total_amount is missing.",
            "{'refunded_amount':5,'refunded_at':'today'}",
            "refunded_at is \"today\": a time is written 2026-11-20T09:30:00Z or, with an offset, 2026-11-20T10:30:00+01:00.",
            "{'refunded_amount':5,'refund_id':{'customer':'Frida'}}",
            "refund_id is {…}: it must be a text, in quotation marks, or a JSON whole number.",
            "{'refunded_amount':5,'purchase_currency':'crowns'}",
            "purchase_currency is \"crowns\": a currency is its three letters, such as SEK.");
    faulty.forEach(
        (body, fault) -> {
          assertThat(request(body).isRefund()).as(body).isFalse();
          assertThat(request(body).refundedAmount()).as(body).isEqualTo(5);
          assertThat(request(body).faults()).isEqualTo(fault);
        });
  }

  @Test
  void ofABodyOfWhichNothingCanBeReadIsKeptWhatIsWrong() {
    assertThat(request("null")).isEqualTo(Refusal.Request.none(null));
    assertThat(request("{}")).isEqualTo(Refusal.Request.none("refunded_amount is missing."));
    assertThat(request("{'refunded_amount':0}"))
        .isEqualTo(Refusal.Request.none("refunded_amount is 0: it must be at least 1."));
    assertThat(request("[1,[2]]"))
        .isEqualTo(Refusal.Request.none("request is […]: it must be a JSON object."));
    assertThat(request("'5'"))
        .isEqualTo(Refusal.Request.none("request is \"5\": it must be a JSON object."));
  }

  @Test
  void eachOfTheMessagesMayBeATextOrAList() {
    assertThat(
            refusal(REFUSAL + ",'error_message':['a',null,'b'],'error_messages':'c'")
                .errorMessages())
        .containsExactly("a", "b", "c");
  }

  @Test
  void aRefusalIsRejectedForWhatIsWrongInItself() {
    assertThat(rejected(RecordParser.refusals(), "'order_id':'o-1'"))
        .isEqualTo("attempted_at is missing.");
    assertThat(rejected(RecordParser.refusals(), REFUSAL + ",'error_messages':[1,'a']"))
        .isEqualTo("error_messages is 1: it must be a text, in quotation marks.");
    assertThat(rejected(RecordParser.refusals(), REFUSAL + ",'http_status':-1"))
        .isEqualTo("http_status is -1: it must be at least 0.");
  }

  @Test
  void anEventHasItsEnvelopeAndWhatItNames() {
    assertThat(
            event(
                METADATA.replace("'e-1'", "'e-1','correlation_id':'c'")
                    + ",'payload':{'payment_transaction_id':'o-1','payment_refund_id':'r-1','refunded_amount':5}"))
        .isEqualTo(
            new Event(
                "e-1",
                Event.REFUNDED,
                Instant.parse("2026-11-20T12:00:00Z"),
                "o-1",
                "r-1",
                5L,
                "c"));
    var bare =
        new Event(
            "e-1", Event.REFUNDED, Instant.parse("2026-11-20T12:00:00Z"), null, null, null, null);
    assertThat(event(METADATA)).isEqualTo(bare);
    assertThat(event(METADATA + ",'payload':{}")).isEqualTo(bare);
    assertThat(event(METADATA + ",'payload':null")).isEqualTo(bare);
  }

  @Test
  void whatIsReadOfThePayloadIsASetting() {
    var line = line(METADATA + ",'payload':{'payment_refund_id':'no','id':'r-1','amount':5}");
    var parsed = RecordParser.events(new EventNames("id", "amount")).parse(line);
    var event = ((Accepted<Delivered.OfEvent>) parsed).content().event();
    assertThat(event.refundId()).isEqualTo("r-1");
    assertThat(event.refundedAmount()).isEqualTo(5);
    assertThat(line.raw(FeedKind.EVENTS, new EventNames("id", "amount")))
        .endsWith("\"payload\":{\"id\":\"r-1\",\"amount\":5}}");
  }

  @Test
  void ofOtherEventsNothingIsLookedAt() {
    var other = METADATA.replace("refunded", "captured");
    assertThat(event(other + ",'payload':{'payment_transaction_id':'o-1','refunded_amount':'x'}"))
        .extracting(Event::orderId, Event::refundedAmount)
        .containsExactly(null, null);
    for (var payload : List.of("'text'", "7", "[1,{}]", "true")) {
      assertThat(event(other + ",'payload':" + payload).eventType())
          .as(payload)
          .isEqualTo("payment.transaction.captured");
    }
  }

  @Test
  void anEventIsRejectedForWhatIsWrong() {
    assertThat(rejected(RecordParser.events(EventNames.DEFAULT), "'event_id':'e-1'"))
        .isEqualTo("metadata is missing.");
    assertThat(rejected(RecordParser.events(EventNames.DEFAULT), "'metadata':{'event_id':'e-1'}"))
        .isEqualTo("event_type is missing. occurred_at is missing.");
    assertThat(
            rejected(
                RecordParser.events(EventNames.DEFAULT),
                METADATA + ",'payload':{'refunded_amount':{'customer':'Frida'}}"))
        .doesNotContain("Frida");
    assertThat(rejected(RecordParser.events(EventNames.DEFAULT), METADATA + ",'payload':7"))
        .isEqualTo("payload is 7: it must be a JSON object.");
  }

  @Test
  void whatIsKeptOfALineIsNamedInsideItsObjectsToo() {
    assertThat(
            line("'x':1,'request':{'y':2,'description':'d','order_lines':[{'z':1,'name':'n'}]}")
                .raw(FeedKind.REFUSALS))
        .isEqualTo("{\"request\":{\"description\":\"d\",\"order_lines\":[{\"name\":\"n\"}]}}");
    assertThat(
            line("'error_messages':['Too much.',{'customer':'Frida'},7],'error_message':['a']")
                .raw(FeedKind.REFUSALS))
        .isEqualTo("{\"error_messages\":[\"Too much.\",{},7],\"error_message\":[\"a\"]}");
    assertThat(
            line("'metadata':{'event_id':'e','webhook_id':'w'},'payload':{'email':'a'}")
                .raw(FeedKind.EVENTS))
        .isEqualTo("{\"metadata\":{\"event_id\":\"e\"},\"payload\":{}}");
  }

  private static Refusal.Request request(String body) {
    return refusal(REFUSAL + ",'request':" + body).request();
  }

  private static Refusal refusal(String fields) {
    return ((Accepted<Delivered.OfRefusal>) RecordParser.refusals().parse(line(fields)))
        .content()
        .refusal();
  }

  private static Event event(String fields) {
    return ((Accepted<Delivered.OfEvent>)
            RecordParser.events(EventNames.DEFAULT).parse(line(fields)))
        .content()
        .event();
  }

  private static <T> String rejected(RecordParser<T> parser, String fields) {
    return ((Rejected<T>) parser.parse(line(fields))).error();
  }

  private static FeedLine line(String fields) {
    return new FeedLine(1, ("{" + fields + "}").replace('\'', '"').getBytes(UTF_8), false);
  }
}
