package io.recredit.table;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * @param key the column that says what a row is about
 * @param filledIn the columns for people; a row in which all of them are empty says nothing
 * @param ifThere columns that are read too, where the file has them
 */
public record FilledInTable(String name, String key, List<String> filledIn, List<String> ifThere) {

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
      return ReadableWorkbook.isOOXMLZipHeader(start)
          ? new FilledInWorkbook(this, file).read()
          : new FilledInCsv(this, file).read();
    } catch (NoSuchFileException e) {
      throw new UserException(text("table.no-file", file), e);
    } catch (IOException | UncheckedIOException | ExcelReaderException e) {
      throw new UserException(text("table.no-spreadsheet", file), e);
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

  /** Without the others it is another file. */
  void mustHaveColumns(String where, Collection<String> header) {
    var missing = mustHave().filter(column -> !header.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(text("table.no-column", where, String.join(", ", missing), name));
    }
  }

  private Stream<String> mustHave() {
    return Stream.concat(Stream.of(key), filledIn.stream());
  }

  List<String> columns() {
    return Stream.concat(mustHave(), ifThere.stream()).toList();
  }

  boolean saysSomething(FilledInRow row) {
    return filledIn.stream().anyMatch(column -> !row.text(column).isEmpty());
  }
}
