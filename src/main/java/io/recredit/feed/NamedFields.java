package io.recredit.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * What may be kept of a line that is not accepted: of a JSON object the fields that the contract
 * names, as they are written, since all else in it may be about a person. A line that is no JSON
 * object is kept as it is.
 */
final class NamedFields {

  private static final List<Fields> OF_RECORDS =
      List.of(CaptureRecord.FIELDS, RefundRecord.FIELDS, ReleaseRecord.FIELDS);
  private static final List<Fields> OF_ORDER_LINES = List.of(OrderLineRecord.FIELDS);

  private final JsonParser json;
  private final byte[] line;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  private NamedFields(JsonParser json, byte[] line) {
    this.json = json;
    this.line = line;
  }

  /**
   * The line's bytes without what nobody named.
   *
   * @param whole otherwise only its beginning is there, and what of that can be read is kept
   */
  static byte[] of(byte[] line, boolean whole) {
    // A character for each byte: a place in the text is one in the bytes, sound UTF-8 or not.
    try (var json = RecordParser.json(new String(line, ISO_8859_1))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return line;
      }
      var fields = new NamedFields(json, line);
      return fields.isSoundObject() || !whole ? fields.kept.toByteArray() : line;
    } catch (StreamReadException | StreamConstraintsException e) {
      return line;
    }
  }

  /** Whether the bytes are one JSON object, be it of sound text or not. */
  static boolean isObject(byte[] line) {
    try (var json = RecordParser.json(new String(line, ISO_8859_1))) {
      return json.nextToken() == JsonToken.START_OBJECT
          && new NamedFields(json, line).isSoundObject();
    } catch (StreamReadException | StreamConstraintsException e) {
      return false;
    }
  }

  private boolean isSoundObject() {
    try {
      object(OF_RECORDS);
      return FeedLine.isBlank(line, (int) json.currentLocation().getCharOffset());
    } catch (StreamReadException | StreamConstraintsException e) {
      return false;
    }
  }

  private void object(List<Fields> named) {
    var separator = "{";
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = json.currentName();
      json.nextToken();
      if (named.stream().anyMatch(fields -> fields.placeOf(name) != null)) {
        write(separator + '"' + name + "\":");
        value();
        separator = ",";
      } else {
        json.skipChildren();
      }
    }
    write(separator.equals("{") ? "{}" : "}");
  }

  /** Order lines are the only values that are not single ones. */
  private void value() {
    switch (json.currentToken()) {
      case START_ARRAY -> orderLines();
      case START_OBJECT -> {
        json.skipChildren();
        write("{…}");
      }
      default -> {
        var from = (int) json.currentTokenLocation().getCharOffset();
        json.finishToken();
        kept.write(line, from, (int) json.currentLocation().getCharOffset() - from);
      }
    }
  }

  private void orderLines() {
    var separator = "[";
    while (json.nextToken() != JsonToken.END_ARRAY) {
      write(separator);
      separator = ",";
      if (json.currentToken() == JsonToken.START_OBJECT) {
        object(OF_ORDER_LINES);
      } else if (json.currentToken() == JsonToken.START_ARRAY) {
        json.skipChildren();
        write("[…]");
      } else {
        value();
      }
    }
    write(separator.equals("[") ? "[]" : "]");
  }

  private void write(String text) {
    kept.writeBytes(text.getBytes(UTF_8));
  }
}
