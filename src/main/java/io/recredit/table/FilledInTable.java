package io.recredit.table;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/**
 * A table that people fill in and hand back, as a sheet of a workbook or as a CSV file. Columns are
 * found by their names, wherever they stand.
 *
 * @param name of the sheet
 * @param mustHave the columns without which it is another file
 * @param filledIn the columns for people; a row in which all of them are empty says nothing
 * @param ifThere columns that are read too, where the file has them
 */
public record FilledInTable(
    String name, List<String> mustHave, List<String> filledIn, List<String> ifThere) {

  private static final int BYTES_TO_TELL = 8;

  /**
   * What a file holds.
   *
   * @param rows those that say something
   * @param problems a sentence for each cell that cannot be read
   */
  public record Contents(List<FilledInRow> rows, List<String> problems) {}

  /** {@link UserException} where it is no such file at all. */
  public Contents read(Path file) {
    try {
      var start = start(file);
      if (ReadableWorkbook.isOLE2Header(start)) {
        throw new UserException(text("table.old-excel", file));
      }
      if (isWide(start)) {
        throw new UserException(text("table.not-utf8", file));
      }
      return ReadableWorkbook.isOOXMLZipHeader(start)
          ? new FilledInWorkbook(this, file).read()
          : new FilledInCsv(this, file).read();
    } catch (NoSuchFileException e) {
      throw new UserException(text("table.no-file", file), e);
    } catch (IOException | UncheckedIOException | ExcelReaderException e) {
      throw new UserException(
          isOfCharacters(e) ? text("table.not-utf8", file) : text("table.no-spreadsheet", file), e);
    }
  }

  private static byte[] start(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UserException(text("table.folder", file));
    }
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(BYTES_TO_TELL);
    }
  }

  /** UTF-16, as "Unicode text" is saved: of a header every second byte is zero. */
  private static boolean isWide(byte[] start) {
    return start.length > 1 && (start[0] == 0 || start[1] == 0 || (start[0] & 0xFE) == 0xFE);
  }

  private static boolean isOfCharacters(Throwable failure) {
    return failure instanceof CharacterCodingException
        || failure.getCause() instanceof CharacterCodingException;
  }

  /** Without the others it is another file. */
  void mustHaveColumns(String where, Collection<String> header) {
    var missing = mustHave.stream().filter(column -> !header.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(text("table.no-column", where, String.join(", ", missing), name));
    }
  }

  List<String> columns() {
    return Stream.of(mustHave, filledIn, ifThere).flatMap(List::stream).distinct().toList();
  }

  boolean saysSomething(FilledInRow row) {
    return filledIn.stream().anyMatch(column -> !row.text(column).isEmpty());
  }
}
