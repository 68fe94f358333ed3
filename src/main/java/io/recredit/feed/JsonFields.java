package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Said;
import io.recredit.wording.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of the JSON object on a line, each read as the kind of value that the contract wants
 * under its name. What is read is always the whole value, right or wrong.
 */
final class JsonFields {

  static final int MAX_IDENTIFIER = 255;
  private static final int QUOTED_CHARACTERS = 60;
  private static final int LONGEST_LONG = 20;

  private final JsonParser json;
  private final byte[] line;
  private final boolean isAboutPersons;

  /**
   * @param isAboutPersons whether objects that stand where none is wanted are not to be quoted
   */
  JsonFields(JsonParser json, byte[] line, boolean isAboutPersons) {
    this.json = json;
    this.line = line;
    this.isAboutPersons = isAboutPersons;
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
      return otherThan(Messages.text("feed.value.text"), name);
    }
    var text = json.getString();
    return switch (Texts.check(text)) {
      case GOOD -> Field.of(name, text);
      case NUL -> faulty(name, Messages.text("feed.value.nul"));
      case ILL_FORMED -> faulty(name, Messages.text("feed.value.half-character"));
    };
  }

  /** An identifier or a reference, a number as it is written; an empty one says nothing. */
  Field<String> identifier(String name) {
    var field = identifying(name);
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
        : faulty(name, Messages.text("feed.value.too-long", MAX_IDENTIFIER));
  }

  private Field<String> identifying(String name) {
    return switch (json.currentToken()) {
      case VALUE_STRING -> text(name);
      case VALUE_NUMBER_INT -> Field.of(name, json.getString());
      default -> otherThan(Messages.text("feed.value.identifier"), name);
    };
  }

  Field<String> country(String name) {
    return letters(name, 2, () -> Messages.text("feed.value.country"));
  }

  Field<String> currency(String name) {
    return letters(name, 3, () -> Messages.text("feed.value.currency"));
  }

  Field<Long> anyWholeNumber(String name) {
    return wholeNumber(name, Long.MIN_VALUE);
  }

  /** A whole number of at least the given one, within 64 bits. */
  Field<Long> wholeNumber(String name, long least) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return otherThan(Messages.text("feed.value.whole-number"), name);
    }
    var tooLarge =
        json.getStringLength() > LONGEST_LONG
            || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    if (tooLarge) {
      return faulty(name, Messages.text("feed.value.between", least, Long.MAX_VALUE));
    }
    var number = json.getLongValue();
    return number < least
        ? faulty(name, Messages.text("feed.value.at-least", least))
        : Field.of(name, number);
  }

  /** A number that is only shown: anything else says nothing. */
  Field<Long> wholeNumberIfAny(String name, long least) {
    var field = wholeNumber(name, least);
    return field.faults().isEmpty() ? field : Field.absent();
  }

  Field<Instant> time(String name) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return otherThan(Messages.text("feed.value.time"), name);
    }
    var time = Rfc3339.parse(json.getString());
    return time == null ? faulty(name, Messages.text("feed.value.time")) : Field.of(name, time);
  }

  Field<List<OrderLine>> orderLines(String name) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return otherThan(Messages.text("feed.value.array"), name);
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

  /** An object with these fields; what is wrong in it is asked of what it says. */
  Field<Said> object(String name, Fields fields) {
    return json.currentToken() == JsonToken.START_OBJECT
        ? Field.of(name, read(fields))
        : otherThan(Messages.text("feed.value.object"), name);
  }

  /** Texts in a list, or one alone. */
  Field<List<String>> texts(String name) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      var one = text(name);
      var text = one.value();
      return text == null
          ? one.saysNothing() ? Field.absent() : Field.faulty(name, one.faults())
          : Field.of(name, List.of(text));
    }
    var texts = new ArrayList<String>();
    var faults = new ArrayList<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      var one = text(name);
      var text = one.value();
      if (text != null) {
        texts.add(text);
      }
      faults.addAll(one.faults());
    }
    return faults.isEmpty() ? Field.of(name, texts) : Field.faulty(name, faults);
  }

  /** Records in a list, each an object with these fields. */
  <T> Field<List<T>> records(String name, Fields fields, Function<Said, T> maker) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return otherThan(Messages.text("feed.value.array"), name);
    }
    var records = new ListedRecords<>(name, maker);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!records.areWanted()) {
        records.countOneMore();
        json.skipChildren();
      } else if (json.currentToken() == JsonToken.START_OBJECT) {
        records.add(read(fields));
      } else {
        json.skipChildren();
        records.addNoObject();
      }
    }
    return records.toField();
  }

  private Field<String> letters(String name, int count, Supplier<String> expected) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return otherThan(expected.get(), name);
    }
    var text = json.getString();
    if (text.isEmpty()) {
      return Field.absent();
    }
    return Texts.isLetters(text, count)
        ? Field.of(name, text.toUpperCase(Locale.ROOT))
        : faulty(name, expected.get());
  }

  /** For a value of a type that is not wanted: null is nothing, all else a fault. */
  private <T> Field<T> otherThan(String expected, String name) {
    return json.currentToken() == JsonToken.VALUE_NULL ? Field.absent() : faulty(name, expected);
  }

  private <T> Field<T> faulty(String name, String expected) {
    return Field.faulty(name, Messages.text("feed.value.wrong", name, quotedValue(), expected));
  }

  /** The current value as it stands in the input, cut. */
  private String quotedValue() {
    var token = json.currentToken();
    var start = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    json.finishToken();
    var end = (int) json.currentLocation().getByteOffset();
    if (isAboutPersons && token.isStructStart()) {
      return token == JsonToken.START_OBJECT ? "{…}" : "[…]";
    }
    var quoted = RawText.of(line, start, end, QUOTED_CHARACTERS);
    return quoted.length() < end - start && RawText.characters(line, start, end) > QUOTED_CHARACTERS
        ? quoted + "…"
        : quoted;
  }
}
