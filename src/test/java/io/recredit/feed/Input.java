package io.recredit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The words that the tests of this package speak: lines made of fields, and what becomes of them.
 */
final class Input {

  private static final Map<String, String> CAPTURE =
      fields(
          Map.of(),
          "order_id",
          "'o-1'",
          "capture_id",
          "'c-1'",
          "captured_amount",
          "9999",
          "captured_at",
          "'2026-11-20T09:30:00Z'",
          "purchase_country",
          "'SE'",
          "purchase_currency",
          "'SEK'");

  private static final Map<String, String> REFUND =
      fields(
          Map.of(),
          "order_id",
          "'o-1'",
          "refund_id",
          "'r-1'",
          "refunded_amount",
          "500",
          "refunded_at",
          "'2026-11-24T16:05:00Z'");

  private Input() {}

  /**
   * A good capture with some fields (name, JSON, name, JSON, ...) put in, or taken out by an empty
   * JSON text. Single quotes stand for double ones.
   */
  static String capture(String... namesAndJson) {
    return object(fields(CAPTURE, namesAndJson));
  }

  static String refund(String... namesAndJson) {
    return object(fields(REFUND, namesAndJson));
  }

  /** A good capture with one order line of these fields. */
  static String captureWithLine(String... namesAndJson) {
    return capture("order_lines", "[" + object(fields(Map.of(), namesAndJson)) + "]");
  }

  /** The capture with these members written behind the others, repeated names included. */
  static String captureThen(String members, String... namesAndJson) {
    var start = capture(namesAndJson);
    return start.substring(0, start.length() - 1) + "," + members.replace('\'', '"') + "}";
  }

  static Capture acceptedCapture(String json) {
    return accepted(RecordParser.captures(), json).capture();
  }

  static Refund acceptedRefund(String json) {
    return accepted(RecordParser.refunds(), json).refund();
  }

  static Release acceptedRelease(String json) {
    return accepted(RecordParser.releases(), json).release();
  }

  static String errorOfCapture(String json) {
    return error(RecordParser.captures(), json);
  }

  static String errorOfRefund(String json) {
    return error(RecordParser.refunds(), json);
  }

  static FeedLine line(String text) {
    return new FeedLine(1, text.getBytes(UTF_8), false);
  }

  static <T> T accepted(RecordParser<T> parser, String json) {
    var parsed = parser.parse(line(json));
    if (parsed instanceof Accepted<T> accepted) {
      return accepted.content();
    }
    throw new AssertionError("Rejected: " + parsed);
  }

  static <T> String error(RecordParser<T> parser, String json) {
    return error(parser.parse(line(json)));
  }

  static <T> String error(ParsedLine<T> parsed) {
    if (parsed instanceof Rejected<T> rejected) {
      assertThat(rejected.error())
          .endsWith(".")
          .doesNotContain("Source", "Exception", "!", "tools.jackson");
      return rejected.error();
    }
    throw new AssertionError("Accepted: " + parsed);
  }

  private static Map<String, String> fields(Map<String, String> usual, String... namesAndJson) {
    var fields = new LinkedHashMap<>(usual);
    for (var i = 0; i < namesAndJson.length; i += 2) {
      if (namesAndJson[i + 1].isEmpty()) {
        fields.remove(namesAndJson[i]);
      } else {
        fields.put(namesAndJson[i], namesAndJson[i + 1]);
      }
    }
    return fields;
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> '"' + field.getKey() + "\":" + field.getValue().replace('\'', '"'))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
