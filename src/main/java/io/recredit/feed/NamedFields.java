package io.recredit.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /**
   * What is named of an object.
   *
   * @param lists what is named of the objects in its lists, by the list's name
   * @param others the same of all other lists; null where nothing is
   * @param objects what is named of its objects, by name
   */
  private record Named(
      List<Fields> fields,
      Map<String, Named> lists,
      @Nullable Named others,
      Map<String, Named> objects) {

    Named(List<Fields> fields, Map<String, Named> lists, @Nullable Named others) {
      this(fields, lists, others, Map.of());
    }

    static Named of(Fields fields) {
      return new Named(List.of(fields), Map.of(), null);
    }

    boolean has(String name) {
      return fields.stream().anyMatch(known -> known.placeOf(name) != null);
    }

    @Nullable Named inList(String name) {
      return lists.getOrDefault(name, others);
    }
  }

  private static final Named OF_LINES = new Named(List.of(OrderLineRecord.FIELDS), Map.of(), null);
  private static final Named OF_RECORDS =
      new Named(
          List.of(CaptureRecord.FIELDS, RefundRecord.FIELDS, ReleaseRecord.FIELDS),
          Map.of(),
          OF_LINES);
  private static final Map<String, Named> LINES =
      Map.of("order_lines", OF_LINES, "line_items", OF_LINES);
  private static final Named OF_TEXTS = new Named(List.of(), Map.of(), null);
  private static final Named OF_REFUSALS =
      new Named(
          List.of(RefusalRecord.FIELDS),
          Map.of("error_message", OF_TEXTS, "error_messages", OF_TEXTS),
          null,
          Map.of("request", new Named(List.of(RefundRecord.FIELDS), LINES, null)));
  private static final Named OF_DOCUMENTS =
      new Named(
          List.of(DocumentRecord.FIELDS),
          Map.of(
              "captures",
              new Named(List.of(DocumentRecord.CAPTURE_FIELDS), LINES, null),
              "refunds",
              new Named(List.of(DocumentRecord.REFUND_FIELDS), LINES, null)),
          null);

  private final JsonParser json;
  private final byte[] line;
  private final boolean isAboutPersons;
  private final Marks marks;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  private NamedFields(JsonParser json, byte[] line, boolean isAboutPersons, Marks marks) {
    this.json = json;
    this.line = line;
    this.isAboutPersons = isAboutPersons;
    this.marks = marks;
  }

  /** What stands where an object or a list was that nothing is kept of. */
  private enum Marks {
    FOR_PEOPLE("{…}", "[…]"),
    AS_JSON("{}", "[]");

    private final String object;
    private final String list;

    Marks(String object, String list) {
      this.object = object;
      this.list = list;
    }
  }

  /** An order document on one line, JSON as it was; empty where the bytes are no JSON object. */
  static Optional<byte[]> ofDocument(byte[] document) {
    // A document may come on several lines; what of them is between its values is not kept.
    try (var json = RecordParser.json(new String(document, ISO_8859_1))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      var fields = new NamedFields(json, document, true, Marks.AS_JSON);
      fields.object(OF_DOCUMENTS);
      return json.nextToken() == null ? Optional.of(fields.kept.toByteArray()) : Optional.empty();
    } catch (StreamReadException | StreamConstraintsException e) {
      return Optional.empty();
    }
  }

  /**
   * The line's bytes without what nobody named. Of an orders file nothing is kept of a line that is
   * no object.
   *
   * @param whole otherwise only its beginning is there, and what of that can be read is kept
   * @param names of what is read of events
   */
  static byte[] of(byte[] line, boolean whole, FeedKind kind, EventNames names) {
    var isDocument = kind == FeedKind.ORDERS;
    var other = isDocument ? new byte[0] : line;
    // A character for each byte: a place in the text is one in the bytes, sound UTF-8 or not.
    try (var json = RecordParser.json(new String(line, ISO_8859_1))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return other;
      }
      var fields = new NamedFields(json, line, isDocument, Marks.FOR_PEOPLE);
      return fields.isSoundObject(named(kind, names)) || !whole ? fields.kept.toByteArray() : other;
    } catch (StreamReadException | StreamConstraintsException e) {
      return other;
    }
  }

  private static Named named(FeedKind kind, EventNames names) {
    return switch (kind) {
      case CAPTURES, REFUNDS, RELEASES -> OF_RECORDS;
      case ORDERS -> OF_DOCUMENTS;
      case REFUSALS -> OF_REFUSALS;
      case EVENTS -> ofEvents(new EventRecord(names));
    };
  }

  private static Named ofEvents(EventRecord events) {
    return new Named(
        List.of(events.fields()),
        Map.of(),
        null,
        Map.of(
            "metadata",
            Named.of(EventRecord.METADATA_FIELDS),
            "payload",
            Named.of(events.payloadFields())));
  }

  /** Whether the bytes are one JSON object, be it of sound text or not. */
  static boolean isObject(byte[] line) {
    try (var json = RecordParser.json(new String(line, ISO_8859_1))) {
      return json.nextToken() == JsonToken.START_OBJECT
          && new NamedFields(json, line, false, Marks.FOR_PEOPLE).isSoundObject(OF_RECORDS);
    } catch (StreamReadException | StreamConstraintsException e) {
      return false;
    }
  }

  private boolean isSoundObject(Named named) {
    try {
      object(named);
      return FeedLine.isBlank(line, (int) json.currentLocation().getCharOffset());
    } catch (StreamReadException | StreamConstraintsException e) {
      return false;
    }
  }

  private void object(Named named) {
    var separator = "{";
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = json.currentName();
      json.nextToken();
      if (named.has(name)) {
        write(separator + '"' + name + "\":");
        var inside = named.objects().get(name);
        if (inside != null && json.currentToken() == JsonToken.START_OBJECT) {
          object(inside);
        } else {
          value(named.inList(name));
        }
        separator = ",";
      } else {
        json.skipChildren();
      }
    }
    write(separator.equals("{") ? "{}" : "}");
  }

  /** Lists of records or texts are the only values that are not single ones. */
  private void value(@Nullable Named inList) {
    switch (json.currentToken()) {
      case START_ARRAY -> list(inList);
      case START_OBJECT -> {
        json.skipChildren();
        write(marks.object);
      }
      default -> {
        var from = (int) json.currentTokenLocation().getCharOffset();
        json.finishToken();
        kept.write(line, from, (int) json.currentLocation().getCharOffset() - from);
      }
    }
  }

  private void list(@Nullable Named named) {
    if (named == null) {
      json.skipChildren();
      write(marks.list);
      return;
    }
    var separator = "[";
    while (json.nextToken() != JsonToken.END_ARRAY) {
      write(separator);
      separator = ",";
      if (json.currentToken() == JsonToken.START_OBJECT) {
        object(named);
      } else if (json.currentToken() == JsonToken.START_ARRAY) {
        json.skipChildren();
        write(marks.list);
      } else if (isAboutPersons) {
        write("\"…\"");
      } else {
        value(null);
      }
    }
    write(separator.equals("[") ? "[]" : "]");
  }

  private void write(String text) {
    kept.writeBytes(text.getBytes(UTF_8));
  }
}
