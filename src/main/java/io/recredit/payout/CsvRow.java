package io.recredit.payout;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.recredit.feed.RawText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a CSV file, or the line that cannot be one. */
final class CsvRow {

  enum Fault {
    /** A quote begins, and no quote ends it so that the row could go on. */
    UNENDING_QUOTE,
    /** Behind the end of a quote stands neither a separator nor the row's end. */
    BEHIND_QUOTE,
    TOO_LONG
  }

  private final long line;
  private final byte[] bytes;
  private final char separator;
  private final @Nullable Fault fault;
  private @Nullable List<String> fields;

  /**
   * @param line where it begins, from 1
   * @param bytes without its end; of a faulty row its first line alone, of one too long its
   *     beginning
   * @param separator of its fields
   */
  CsvRow(long line, byte[] bytes, char separator, @Nullable Fault fault) {
    this.line = line;
    this.bytes = bytes;
    this.separator = separator;
    this.fault = fault;
  }

  long line() {
    return line;
  }

  byte[] bytes() {
    return bytes;
  }

  @Nullable Fault fault() {
    return fault;
  }

  /** All fields, stripped; none of a faulty row. */
  List<String> texts() {
    if (fields == null) {
      fields = fault == null ? parsed() : List.of();
    }
    return fields;
  }

  private List<String> parsed() {
    try (var csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .build(
                CsvRecordHandler.of(as -> as.maxFields(CsvRows.MAX_ROW_BYTES + 1)),
                new String(bytes, UTF_8))) {
      return csv.stream().findFirst().map(CsvRecord::getFields).orElse(List.of("")).stream()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it reads a text
    }
  }

  int width() {
    return texts().size();
  }

  /** Whether nothing is on the line, or separators alone, as spreadsheet programs fill lines up. */
  boolean isBlank() {
    return fault == null && texts().stream().allMatch(String::isEmpty);
  }

  /** The field, stripped. */
  String text(int field) {
    return texts().get(field);
  }

  /** Whether the field begins as a number does. */
  boolean isLikeNumber(int field) {
    if (field >= width() || text(field).isEmpty()) {
      return false;
    }
    var first = text(field).charAt(0);
    return (first >= '0' && first <= '9') || first == '-' || first == '+';
  }

  String raw() {
    return RawText.of(bytes);
  }
}
