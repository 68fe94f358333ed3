package io.recredit.resolution;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.recredit.table.FormulaGuard;
import io.recredit.wording.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/**
 * Reads back the exceptions of a report with what an accountant filled in: the workbook, or the CSV
 * file. Columns are found by their names, wherever they stand.
 */
public final class FilledInFile {

  private static final List<String> REQUIRED =
      List.of(FilledIn.REFUND_ID, FilledIn.RESOLVE_AS, FilledIn.NOTE, FilledIn.BY);

  private static final int BYTES_TO_TELL = 8;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private FilledInFile() {}

  /** {@link UserException} where it is no such file at all. */
  public static FilledIn.Reading read(Path file) {
    try {
      var start = start(file);
      if (ReadableWorkbook.isOLE2Header(start)) {
        throw new UserException(
            "%s is in the old Excel format, or has a password. Save it as .xlsx without one."
                .formatted(file));
      }
      return ReadableWorkbook.isOOXMLZipHeader(start)
          ? new FilledInWorkbook(file).read()
          : csv(file);
    } catch (NoSuchFileException e) {
      throw new UserException("There is no file %s.".formatted(file), e);
    } catch (IOException | UncheckedIOException | ExcelReaderException e) {
      throw new UserException(
          "%s cannot be read as a spreadsheet: it is damaged, or something else. Save it anew as .xlsx or as CSV in UTF-8."
              .formatted(file),
          e);
    }
  }

  private static byte[] start(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UserException("%s is a folder, not a file.".formatted(file));
    }
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(BYTES_TO_TELL);
    }
  }

  private static FilledIn.Reading csv(Path file) throws IOException {
    var rows = new ArrayList<FilledIn>();
    try (var text = text(file);
        var records = CsvReader.builder().fieldSeparator(separator(file)).ofNamedCsvRecord(text)) {
      for (var record : records) {
        mustHaveColumns(file.toString(), Set.copyOf(record.getHeader()));
        var row =
            FilledIn.of("Line " + record.getStartingLineNumber(), column -> field(record, column));
        if (!row.isEmpty()) {
          rows.add(row);
        }
      }
    } catch (CsvParseException e) {
      throw new UserException(
          "%s is no CSV: %s".formatted(file, String.valueOf(e.getMessage())), e);
    }
    return new FilledIn.Reading(rows, List.of());
  }

  /** Strictly UTF-8, behind the mark that some programs begin it with. */
  private static BufferedReader text(Path file) throws IOException {
    var text = Files.newBufferedReader(file, UTF_8);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  /** Where decimals have a comma, spreadsheet programs put semicolons between the fields. */
  private static char separator(Path file) throws IOException {
    try (var text = text(file)) {
      var header = text.readLine();
      return header != null && header.indexOf(',') < 0 && header.indexOf(';') >= 0 ? ';' : ',';
    }
  }

  private static String field(NamedCsvRecord record, String column) {
    return FormulaGuard.unguarded(record.findField(column).orElse("")).strip();
  }

  static void mustHaveColumns(String where, Set<String> header) {
    var missing = REQUIRED.stream().filter(column -> !header.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "%s has no column %s in its first row. Fill in the exceptions of a report, and leave that row as it is."
              .formatted(where, String.join(", ", missing)));
    }
  }
}
