package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Said;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of the JSON object on a line, each read as the kind of value that the contract wants
 * under its name. What is read is always the whole value, right or wrong.
 */
final class JsonFields {

  private static final int MAX_IDENTIFIER = 255;
  private static final int QUOTED_CHARACTERS = 60;
  private static final int LONGEST_LONG = 20;

  private final JsonParser json;
  private final byte[] line;

  JsonFields(JsonParser json, byte[] line) {
    this.json = json;
    this.line = line;
  }

  /** What the object that begins here says. */
  Said read(Fields fields) {
    var said = fields.nothingSaid();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = json.currentName();
      json.nextToken();
      var place = fields.placeOf(name);
      if (place == null) {
        json.skipChildren();
      } else {
        said.put(place, place.read(this, name));
      }
    }
    return said;
  }

  /** A text of any length, kept as it is. */
  Field<String> text(String name) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return otherThan("it must be a text, in quotation marks", name);
    }
    var text = json.getString();
    return switch (Texts.check(text)) {
      case GOOD -> Field.of(name, text);
      case NUL -> faulty(name, "a text must not hold a NUL character");
      case ILL_FORMED ->
          faulty(name, "it holds half a character, which is not well-formed Unicode");
    };
  }

  /** An identifier or a reference; an empty one says nothing. */
  Field<String> identifier(String name) {
    var field = text(name);
    var text = field.value();
    if (text == null) {
      return field;
    }
    if (text.isEmpty()) {
      return Field.absent();
    }
    return text.length() <= MAX_IDENTIFIER
            || text.codePointCount(0, text.length()) <= MAX_IDENTIFIER
        ? field
        : faulty(name, "it may have at most " + MAX_IDENTIFIER + " characters");
  }

  Field<String> country(String name) {
    return letters(name, 2, "a country is its two letters, such as SE");
  }

  Field<String> currency(String name) {
    return letters(name, 3, "a currency is its three letters, such as SEK");
  }

  Field<Long> anyWholeNumber(String name) {
    return wholeNumber(name, Long.MIN_VALUE);
  }

  /** A whole number of at least the given one, within 64 bits. */
  Field<Long> wholeNumber(String name, long least) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return otherThan(
          "it must be a JSON whole number, without fraction, exponent or quotes", name);
    }
    var tooLarge =
        json.getStringLength() > LONGEST_LONG
            || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    if (tooLarge) {
      return faulty(name, "it must lie between " + least + " and " + Long.MAX_VALUE);
    }
    var number = json.getLongValue();
    return number < least ? faulty(name, "it must be at least " + least) : Field.of(name, number);
  }

  Field<Instant> time(String name) {
    var expected =
        "a time is written 2026-11-20T09:30:00Z or, with an offset, 2026-11-20T10:30:00+01:00";
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return otherThan(expected, name);
    }
    var time = Rfc3339.parse(json.getString());
    return time == null ? faulty(name, expected) : Field.of(name, time);
  }

  Field<List<OrderLine>> orderLines(String name) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return otherThan("it must be a JSON array", name);
    }
    var lines = new OrderLines(name);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!lines.areWanted()) {
        lines.countOneMore();
        json.skipChildren();
      } else if (json.currentToken() == JsonToken.START_OBJECT) {
        lines.add(read(OrderLineRecord.FIELDS));
      } else {
        lines.addNoObject(quotedValue());
      }
    }
    return lines.toField();
  }

  private Field<String> letters(String name, int count, String expected) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return otherThan(expected, name);
    }
    var text = json.getString();
    return Texts.isLetters(text, count)
        ? Field.of(name, text.toUpperCase(Locale.ROOT))
        : faulty(name, expected);
  }

  /** For a value of a type that is not wanted: null is nothing, all else a fault. */
  private <T> Field<T> otherThan(String expected, String name) {
    return json.currentToken() == JsonToken.VALUE_NULL ? Field.absent() : faulty(name, expected);
  }

  private <T> Field<T> faulty(String name, String expected) {
    return Field.faulty(name, "%s is %s: %s.".formatted(name, quotedValue(), expected));
  }

  /** The current value as it stands in the input, cut. */
  private String quotedValue() {
    var start = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    json.finishToken();
    var end = (int) json.currentLocation().getByteOffset();
    var quoted = RawText.of(line, start, end, QUOTED_CHARACTERS);
    return quoted.length() < end - start && RawText.characters(line, start, end) > QUOTED_CHARACTERS
        ? quoted + "…"
        : quoted;
  }
}
