package io.recredit.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * A line of an orders file, made of what the API answered: of that the fields that are read, the
 * rest is about a person and is left out; and when it was read.
 */
public final class DocumentLine {

  private static final String ORDER_ID = "order_id";
  private static final String READ_AT = "read_at";

  private final String orderId;
  private final Instant readAt;
  private final byte[] bytes;

  private DocumentLine(String orderId, Instant readAt, byte[] bytes) {
    this.orderId = orderId;
    this.readAt = readAt;
    this.bytes = bytes;
  }

  public String orderId() {
    return orderId;
  }

  public Instant readAt() {
    return readAt;
  }

  /** Whether whoever reads the file would refuse it. */
  public boolean isTooLong() {
    return bytes.length > LineReader.MAX_LINE_BYTES;
  }

  /** Whether the last line of a file, be it of somebody else's, is not cut off. */
  public static boolean isWhole(byte[] lastLine) {
    return FeedLine.isBlank(lastLine, 0) || NamedFields.isObject(lastLine);
  }

  /** With the line's end. */
  public byte[] withEnd() {
    var line = Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    return line;
  }

  /** Empty where the answer is no order document. */
  public static Optional<DocumentLine> of(byte[] document, Instant readAt) {
    return NamedFields.ofDocument(document)
        .flatMap(
            kept -> {
              var orderId = value(kept, ORDER_ID);
              return orderId == null
                  ? Optional.empty()
                  : Optional.of(new DocumentLine(orderId, readAt, withTime(kept, readAt)));
            });
  }

  /** Of a line that was made so; empty where it was not. */
  public static Optional<DocumentLine> ofLine(byte[] line) {
    var orderId = value(line, ORDER_ID);
    var readAt = value(line, READ_AT);
    try {
      return orderId == null || readAt == null
          ? Optional.empty()
          : Optional.of(new DocumentLine(orderId, Instant.parse(readAt), line));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Behind all else: of a key that is there twice the last counts. */
  private static byte[] withTime(byte[] object, Instant readAt) {
    var line = new ByteArrayOutputStream(object.length + 64);
    line.write(object, 0, object.length - 1);
    line.writeBytes((",\"" + READ_AT + "\":\"" + readAt + "\"}").getBytes(US_ASCII));
    return line.toByteArray();
  }

  /** The last text under a name of the object itself; null where there is none. */
  private static @Nullable String value(byte[] object, String name) {
    String found = null;
    // Characters for bytes, so that bytes which are no UTF-8 do not hinder.
    try (var json = RecordParser.json(new String(object, ISO_8859_1))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        var isAsked = json.currentName().equals(name);
        if (json.nextToken() == JsonToken.VALUE_STRING && isAsked) {
          found = new String(json.getString().getBytes(ISO_8859_1), UTF_8);
        } else {
          json.skipChildren();
        }
      }
      return found;
    } catch (StreamReadException | StreamConstraintsException e) {
      return null;
    }
  }
}
