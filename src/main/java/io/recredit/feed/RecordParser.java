package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Refund;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes records of lines. A line is UTF-8 and holds one JSON object; of a repeated name in it the
 * last counts, and names that the contract does not know are ignored whatever they hold. A parser
 * may be used by several threads at once.
 */
public final class RecordParser<T> {

  /** Bounds the memory that a line of nothing but brackets can take; no real line comes near. */
  private static final int MAX_DEPTH = 1_000_000;

  /** A line's length is bounded, so nothing in it needs a bound of its own, except its depth. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final Fields fields;
  private final UnaryOperator<Said> completed;
  private final Maker<T> maker;

  private RecordParser(Fields fields, UnaryOperator<Said> completed, Maker<T> maker) {
    this.fields = fields;
    this.completed = completed;
    this.maker = maker;
  }

  /** Makes a record of what an object says without a fault. */
  @FunctionalInterface
  private interface Maker<T> {
    T of(Said said) throws BadRecordException;
  }

  /**
   * Makes a kind's records of its lines.
   *
   * @param names of what is read of events
   */
  public static RecordParser<? extends Delivered> of(FeedKind kind, EventNames names) {
    return switch (kind) {
      case CAPTURES -> captures();
      case REFUNDS -> refunds();
      case RELEASES -> releases();
      case ORDERS -> documents();
      case REFUSALS -> refusals();
      case EVENTS -> events(names);
    };
  }

  static RecordParser<Delivered.OfCapture> captures() {
    return new RecordParser<>(CaptureRecord.FIELDS, said -> said, CaptureRecord::of);
  }

  static RecordParser<Delivered.OfRefund> refunds() {
    return new RecordParser<>(RefundRecord.FIELDS, said -> said, RefundRecord::of);
  }

  static RecordParser<Delivered.OfRelease> releases() {
    return new RecordParser<>(ReleaseRecord.FIELDS, said -> said, ReleaseRecord::of);
  }

  static RecordParser<Delivered.OfDocument> documents() {
    return new RecordParser<>(DocumentRecord.FIELDS, said -> said, DocumentRecord::of);
  }

  static RecordParser<Delivered.OfRefusal> refusals() {
    return new RecordParser<>(RefusalRecord.FIELDS, said -> said, RefusalRecord::of);
  }

  static RecordParser<Delivered.OfEvent> events(EventNames names) {
    var events = new EventRecord(names);
    return new RecordParser<>(events.fields(), said -> said, events::of);
  }

  /** Whether the line is a JSON object that has a value, right or wrong, as an id of the kind. */
  static boolean isObjectOf(FeedLine line, FeedKind kind) {
    try {
      requireText(line);
      try (var json = JSON.createParser(ObjectReadContext.empty(), line.bytes())) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return false;
        }
        var has = hasOneOf(kind.idNames(), kind.idWithin(), json);
        requireEnd(json, line.bytes());
        return has;
      }
    } catch (BadRecordException | StreamConstraintsException | StreamReadException e) {
      return false;
    }
  }

  /** Reads the object that begins here to its end. */
  private static boolean hasOneOf(List<String> names, @Nullable String within, JsonParser json) {
    var has = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = json.currentName();
      var value = json.nextToken();
      if (within == null) {
        has |= names.contains(name) && hasValue(json);
        json.skipChildren();
      } else if (name.equals(within) && value == JsonToken.START_OBJECT) {
        has |= hasOneOf(names, null, json);
      } else {
        json.skipChildren();
      }
    }
    return has;
  }

  private static boolean hasValue(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> false;
      case VALUE_STRING -> !json.getString().isEmpty();
      default -> true;
    };
  }

  /** Reads JSON that is bounded by a line's length. */
  static JsonParser json(String text) {
    return JSON.createParser(ObjectReadContext.empty(), text);
  }

  /**
   * Refunds before they are sent, with what stands in where one has no id or no time yet, and where
   * the order stands in the address that it is sent to; all else is as in a refunds file.
   */
  public static RecordParser<Refund> refundRequests(
      @Nullable String orderIfNone, String idIfNone, Instant timeIfNone) {
    return new RecordParser<>(
        RefundRecord.FIELDS,
        said -> RefundRecord.withStandIns(said, orderIfNone, idIfNone, timeIfNone),
        RefundRecord::refund);
  }

  public ParsedLine<T> parse(FeedLine line) {
    try {
      requireText(line);
      return new Accepted<>(read(line.bytes()));
    } catch (BadRecordException e) {
      return new Rejected<>(e.told());
    }
  }

  private static void requireText(FeedLine line) throws BadRecordException {
    if (line.isTooLong()) {
      throw new BadRecordException(text("feed.line.too-long", LineReader.MAX_LINE_BYTES));
    }
    var bytes = line.bytes();
    if (LineReader.byteOrderMarkLength(bytes, bytes.length) > 0) {
      throw new BadRecordException(text("feed.line.byte-order-mark"));
    }
    var end = RawText.utf8Length(bytes);
    if (end < bytes.length) {
      throw new BadRecordException(
          text(
              "feed.line.no-utf8",
              RawText.characters(bytes, 0, end) + 1,
              RawText.of(bytes, end, end + 1, 4)));
    }
  }

  private T read(byte[] line) throws BadRecordException {
    try (var json = JSON.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRecordException(text("feed.line.no-object"));
      }
      var said = completed.apply(new JsonFields(json, line, fields.areAboutPersons()).read(fields));
      requireEnd(json, line);
      var faults = said.faults();
      if (!faults.isEmpty()) {
        throw new BadRecordException(faults);
      }
      return maker.of(said);
    } catch (StreamConstraintsException e) {
      throw new BadRecordException(text("feed.line.too-deep", MAX_DEPTH));
    } catch (StreamReadException e) {
      throw new BadRecordException(notJson(line, e));
    }
  }

  private static String notJson(byte[] line, StreamReadException e) {
    var at = (int) e.getLocation().getByteOffset();
    return e instanceof UnexpectedEndOfInputException || at >= line.length
        ? text("feed.line.cut")
        : text("feed.line.no-json", RawText.characters(line, 0, at) + 1);
  }

  private static void requireEnd(JsonParser json, byte[] line) throws BadRecordException {
    for (var i = (int) json.currentLocation().getByteOffset(); i < line.length; i++) {
      if (!FeedLine.isBlank(line[i])) {
        throw new BadRecordException(text("feed.line.goes-on", RawText.characters(line, 0, i) + 1));
      }
    }
  }
}
