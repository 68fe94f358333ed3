package io.recredit.payout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.feed.RawText;
import io.recredit.payout.Value.Form;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object's known fields; of a repeated one the last counts. */
final class JsonSaid implements Said {

  private static final String TOTALS = "totals";
  private static final JsonFactory JSON = new JsonFactory();

  private final long row;
  private final int page;
  private final Map<Name, Value> values = new EnumMap<>(Name.class);
  private @Nullable Map<Total, Value> totals;

  JsonSaid(long row, int page) {
    this.row = row;
    this.page = page;
  }

  /** Reads the object that begins here. */
  JsonSaid readFrom(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = json.currentName();
      json.nextToken();
      put(name, json);
    }
    return this;
  }

  /** Takes the value that is read, whole. */
  void put(String name, JsonParser json) {
    var known = Name.of(name);
    if (known != null) {
      put(values, known, json);
    } else if (name.equals(TOTALS) && json.currentToken() == JsonToken.START_OBJECT) {
      totals = totals(json);
    } else {
      json.skipChildren();
    }
  }

  boolean hasTotals() {
    return totals != null;
  }

  private static Map<Total, Value> totals(JsonParser json) {
    var totals = new EnumMap<Total, Value>(Total.class);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var total = Total.of(json.currentName());
      json.nextToken();
      if (total == null) {
        json.skipChildren();
      } else {
        put(totals, total, json);
      }
    }
    return totals;
  }

  private static <K> void put(Map<K, Value> values, K key, JsonParser json) {
    var value = read(json);
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  /** Null where it says nothing. What is no single value may hold anything, and is not kept. */
  static @Nullable Value read(JsonParser json) {
    switch (json.currentToken()) {
      case VALUE_NULL -> {
        return null;
      }
      case VALUE_STRING -> {
        var text = json.getString().strip();
        return text.isEmpty() ? null : new Value(text, Form.TEXT);
      }
      case VALUE_NUMBER_INT -> {
        return new Value(json.getString(), Form.WHOLE);
      }
      case START_OBJECT, START_ARRAY -> {
        var mark = json.currentToken() == JsonToken.START_OBJECT ? "{…}" : "[…]";
        json.skipChildren();
        return new Value(mark, Form.OTHER);
      }
      default -> {
        return new Value(json.getString(), Form.OTHER);
      }
    }
  }

  @Override
  public long row() {
    return row;
  }

  @Override
  public @Nullable Value value(Name name) {
    return values.get(name);
  }

  @Override
  public @Nullable Value value(Total total) {
    return totals == null ? null : totals.get(total);
  }

  @Override
  public int page() {
    return page;
  }

  @Override
  public String raw() {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      values.forEach((name, value) -> write(json, name.text(), value));
      if (totals != null) {
        json.writeName(TOTALS).writeStartObject();
        totals.forEach((total, value) -> write(json, total.field(), value));
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return RawText.of(text.toString().getBytes(UTF_8));
  }

  private static void write(JsonGenerator json, String name, Value value) {
    json.writeName(name);
    if (value.form() == Form.TEXT) {
      json.writeString(value.text());
    } else {
      json.writeRawValue(value.text());
    }
  }
}
