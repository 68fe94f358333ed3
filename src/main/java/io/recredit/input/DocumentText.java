package io.recredit.input;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.OrderDocument;
import io.recredit.feed.OrderDocument.OfCapture;
import io.recredit.feed.OrderDocument.OfRefund;
import io.recredit.postgres.CopyBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order document as the columns of its table: what the captures and refunds in it are as input,
 * their order lines, and what stands on each capture, each as one JSON text. Equal ones are equal
 * texts.
 */
public final class DocumentText {

  private static final Set<String> PERSONAL = Set.of("reference", "description");
  private static final JsonMapper JSON = JsonMapper.shared();

  private DocumentText() {}

  static void write(OrderDocument document, Instant readAt, CopyBuffer to) {
    var captures = document.captures();
    var refunds = document.refunds();
    to.text(document.orderId());
    to.time(readAt);
    to.text(document.purchaseCountry());
    to.text(document.purchaseCurrency());
    to.bigint(document.orderAmount());
    to.bigint(document.capturedAmount());
    to.bigint(document.refundedAmount());
    to.bigint(document.remainingAuthorizedAmount());
    to.text(document.merchant().first());
    to.text(document.merchant().second());
    to.text(document.klarnaReference());
    to.text(list(captures, DocumentText::capture));
    to.text(lines(captures, OfCapture::orderLines));
    to.text(list(captures, (capture, text) -> text.append(capture.refundedAmount())));
    to.text(list(refunds, DocumentText::refund));
    to.text(lines(refunds, OfRefund::orderLines));
    to.bool(captures.stream().map(OfCapture::refundedAmount).allMatch(Objects::nonNull));
    to.bool(!refunds.stream().allMatch(OfRefund::isNamed));
  }

  private static void capture(OfCapture capture, StringBuilder to) {
    text("{\"id\":", capture.captureId(), to);
    to.append(",\"amount\":").append(capture.capturedAmount());
    to.append(",\"at\":\"").append(capture.capturedAt()).append('"');
    optional(",\"invoice\":", capture.klarnaReference(), to);
    optional(",\"reference\":", capture.reference(), to);
    to.append('}');
  }

  private static void refund(OfRefund refund, StringBuilder to) {
    text("{\"id\":", refund.refundId(), to);
    to.append(",\"named\":").append(refund.isNamed());
    to.append(",\"amount\":").append(refund.refundedAmount());
    to.append(",\"at\":\"").append(refund.refundedAt()).append('"');
    optional(",\"reference\":", refund.reference(), to);
    optional(",\"description\":", refund.description(), to);
    to.append('}');
  }

  /** What was written of captures or refunds, without what could be personal. */
  public static String withoutPersonal(String records) {
    var list = new StringJoiner(",", "[", "]");
    for (var record : JSON.readTree(records)) {
      var text = new StringJoiner(",", "{", "}");
      record
          .properties()
          .forEach(
              field -> {
                if (!PERSONAL.contains(field.getKey())) {
                  text.add(field(field.getKey(), field.getValue()));
                }
              });
      list.add(text.toString());
    }
    return list.toString();
  }

  private static String field(String name, JsonNode value) {
    var text = new StringBuilder();
    OrderLinesText.quote(name, text);
    text.append(':');
    if (value.isString()) {
      OrderLinesText.quote(value.stringValue(), text);
    } else {
      text.append(value);
    }
    return text.toString();
  }

  private static void text(String label, String value, StringBuilder to) {
    to.append(label);
    OrderLinesText.quote(value, to);
  }

  private static void optional(String label, @Nullable String value, StringBuilder to) {
    if (value != null) {
      text(label, value, to);
    }
  }

  /** Null where none of them has any. */
  private static <T> @Nullable String lines(
      List<T> records, Function<T, List<OrderLine>> orderLines) {
    return records.stream().map(orderLines).allMatch(List::isEmpty)
        ? null
        : list(records, (record, text) -> text.append(OrderLinesText.of(orderLines.apply(record))));
  }

  private static <T> String list(List<T> records, BiConsumer<T, StringBuilder> write) {
    var text = new StringBuilder();
    var separator = "[";
    for (var record : records) {
      text.append(separator);
      write.accept(record, text);
      separator = ",";
    }
    return text.append(records.isEmpty() ? "[]" : "]").toString();
  }
}
