package io.recredit.payout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.feed.RawText;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a CSV file, or the line that cannot be one.
 *
 * @param line where it begins, from 1
 * @param bytes without its end; of a faulty row its first line alone, of one too long its beginning
 * @param fields where each field begins and ends, without quotes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CsvRow(long line, byte[] bytes, int[] fields, @Nullable Fault fault) {

  enum Fault {
    /** A quote begins, and no quote ends it so that the row could go on. */
    UNENDING_QUOTE,
    /** Behind the end of a quote stands neither a separator nor the row's end. */
    BEHIND_QUOTE,
    TOO_LONG
  }

  int width() {
    return fields.length / 2;
  }

  /** Whether nothing is on the line. */
  boolean isBlank() {
    return width() == 1 && text(0).isEmpty();
  }

  /** The field, stripped. */
  String text(int field) {
    var from = fields[2 * field];
    var text = new String(bytes, from, fields[2 * field + 1] - from, UTF_8);
    return (isQuoted(from) ? text.replace("\"\"", "\"") : text).strip();
  }

  /** All fields, stripped. */
  List<String> texts() {
    return IntStream.range(0, width()).mapToObj(this::text).toList();
  }

  /** Whether the field begins as a number does. */
  boolean isLikeNumber(int field) {
    if (field >= width() || fields[2 * field] == fields[2 * field + 1]) {
      return false;
    }
    var first = bytes[fields[2 * field]];
    return (first >= '0' && first <= '9') || first == '-' || first == '+';
  }

  /** Where a field begins behind a quote it is quoted: else a separator would stand there. */
  private boolean isQuoted(int from) {
    return from > 0 && bytes[from - 1] == '"';
  }

  String raw() {
    return RawText.of(bytes);
  }
}
