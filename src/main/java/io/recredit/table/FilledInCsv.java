package io.recredit.table;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.recredit.wording.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The lines of a CSV file, as {@link CsvFile} or a spreadsheet program has written it. */
record FilledInCsv(FilledInTable table, Path file) {

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  FilledInTable.Contents read() throws IOException {
    var rows = new ArrayList<FilledInRow>();
    try (var text = open();
        var records = CsvReader.builder().fieldSeparator(separator()).ofNamedCsvRecord(text)) {
      for (var record : records) {
        table.mustHaveColumns(file.toString(), record.getHeader());
        var row = row(record);
        if (table.saysSomething(row)) {
          rows.add(row);
        }
      }
    } catch (CsvParseException e) {
      throw new UserException(text("table.no-csv", file, String.valueOf(e.getMessage())), e);
    }
    return new FilledInTable.Contents(rows, List.of());
  }

  private FilledInRow row(NamedCsvRecord record) {
    var texts = new HashMap<String, String>();
    for (var column : table.columns()) {
      record
          .findField(column)
          .ifPresent(field -> texts.put(column, Blanks.strip(FormulaGuard.unguarded(field))));
    }
    return new FilledInRow(text("table.line", record.getStartingLineNumber()), texts);
  }

  /** Strictly UTF-8, behind the mark that some programs begin it with. */
  private BufferedReader open() throws IOException {
    var text = Files.newBufferedReader(file, UTF_8);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  /** Where decimals have a comma, spreadsheet programs put semicolons between the fields. */
  private char separator() throws IOException {
    try (var text = open()) {
      var header = text.readLine();
      return header != null && header.indexOf(',') < 0 && header.indexOf(';') >= 0 ? ';' : ',';
    }
  }
}
