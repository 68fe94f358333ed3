package io.recredit.input;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.PersonalFields;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Order lines as the text that a column holds: a JSON array with an array for each line, its fields
 * in the order of {@link OrderLine}. Equal lines are equal texts. A column per field would take
 * twice the time to write and half as much room again.
 */
public final class OrderLinesText {

  /** What was written was bounded when it was read from the feed. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final int CHARACTERS_OF_A_LINE = 100;

  private OrderLinesText() {}

  /** Null where there are no lines. */
  public static @Nullable String of(List<OrderLine> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    var text = new StringBuilder(lines.size() * CHARACTERS_OF_A_LINE);
    var separator = '[';
    for (var line : lines) {
      text.append(separator).append('[');
      add(line, text);
      text.append(']');
      separator = ',';
    }
    return text.append(']').toString();
  }

  private static void add(OrderLine line, StringBuilder to) {
    add(line.reference(), to);
    add(line.type(), to.append(','));
    add(line.name(), to.append(','));
    to.append(',').append(line.quantity());
    to.append(',').append(line.unitPrice());
    to.append(',').append(line.taxRate());
    to.append(',').append(line.totalAmount());
    to.append(',').append(line.totalTaxAmount());
  }

  private static void add(@Nullable String value, StringBuilder to) {
    if (value == null) {
      to.append("null");
    } else {
      quote(value, to);
    }
  }

  /**
   * As short as JSON can be, and so a text is no longer than in the feed. Not by a library, whose
   * next version may escape more: the texts would not be equal any more.
   */
  static void quote(String value, StringBuilder to) {
    to.append('"');
    for (var i = 0; i < value.length(); i++) {
      var character = value.charAt(i);
      switch (character) {
        case '"', '\\' -> to.append('\\').append(character);
        case '\b' -> to.append("\\b");
        case '\t' -> to.append("\\t");
        case '\n' -> to.append("\\n");
        case '\f' -> to.append("\\f");
        case '\r' -> to.append("\\r");
        default -> {
          if (character < ' ') {
            to.append("\\u").append(HexFormat.of().toHexDigits(character));
          } else {
            to.append(character);
          }
        }
      }
    }
    to.append('"');
  }

  public static List<OrderLine> read(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      return read(json, text);
    }
  }

  /** As it was written, without the names of the lines. */
  public static String withoutNames(String text) {
    return String.valueOf(of(PersonalFields.without(read(text))));
  }

  /** The same of a list of such texts, in which those that have no lines are null. */
  public static String withoutNamesInList(String texts) {
    var list = new StringJoiner(",", "[", "]");
    try (var json = JSON.createParser(ObjectReadContext.empty(), texts)) {
      json.nextToken();
      for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
        list.add(
            token == JsonToken.VALUE_NULL ? "null" : of(PersonalFields.without(read(json, texts))));
      }
    }
    return list.toString();
  }

  /** Those of the array that was begun, to its end. */
  private static List<OrderLine> read(JsonParser json, String text) {
    var lines = new ArrayList<OrderLine>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      lines.add(
          new OrderLine(
              json.nextStringValue(),
              json.nextStringValue(),
              json.nextStringValue(),
              nextNumber(json),
              nextNumber(json),
              nextNumber(json),
              Objects.requireNonNull(nextNumber(json)),
              nextNumber(json)));
      if (json.nextToken() != JsonToken.END_ARRAY) {
        throw new IllegalStateException("These order lines are not as they are written: " + text);
      }
    }
    return lines;
  }

  private static @Nullable Long nextNumber(JsonParser json) {
    return json.nextToken() == JsonToken.VALUE_NULL ? null : json.getLongValue();
  }
}
