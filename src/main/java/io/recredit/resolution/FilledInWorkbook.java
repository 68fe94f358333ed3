package io.recredit.resolution;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The sheets of exceptions in a workbook, row by row. */
final class FilledInWorkbook {

  private static final Pattern SHEET =
      Pattern.compile(Pattern.quote(FilledIn.SHEET) + "( [0-9]+)?");
  // More digits than that Excel does not keep of a number.
  private static final int MOST_DIGITS = 15;

  private final Path file;
  private final List<FilledIn> rows = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  FilledInWorkbook(Path file) {
    this.file = file;
  }

  FilledIn.Reading read() throws IOException {
    try (var workbook = new ReadableWorkbook(file.toFile())) {
      var sheets =
          workbook.getSheets().filter(sheet -> SHEET.matcher(sheet.getName()).matches()).toList();
      if (sheets.isEmpty()) {
        throw new UserException("%s has no sheet %s.".formatted(file, FilledIn.SHEET));
      }
      for (var sheet : sheets) {
        read(sheet);
      }
    }
    return new FilledIn.Reading(rows, problems);
  }

  private void read(Sheet sheet) throws IOException {
    try (var stream = sheet.openStream()) {
      Map<String, Integer> columns = new HashMap<>();
      stream.forEach(
          row -> {
            if (columns.isEmpty()) {
              columns.putAll(header(row));
              FilledInFile.mustHaveColumns(
                  "The sheet %s of %s".formatted(sheet.getName(), file), columns.keySet());
            } else {
              read(place(sheet, row), row, columns);
            }
          });
    }
  }

  private static Map<String, Integer> header(Row row) {
    var columns = new HashMap<String, Integer>();
    for (var c = 0; c < row.getCellCount(); c++) {
      var name = row.getCellText(c).strip();
      if (!name.isEmpty()) {
        columns.putIfAbsent(name, c);
      }
    }
    return columns;
  }

  private static String place(Sheet sheet, Row row) {
    return sheet.getName().equals(FilledIn.SHEET)
        ? "Row " + row.getRowNum()
        : "Row %d of sheet %s".formatted(row.getRowNum(), sheet.getName());
  }

  private void read(String place, Row row, Map<String, Integer> columns) {
    var texts = new HashMap<String, String>();
    for (var column : FilledIn.COLUMNS) {
      var cell = row.getOptionalCell(columns.getOrDefault(column, -1)).orElse(null);
      if (cell != null && cell.getType() != CellType.EMPTY) {
        texts.put(column, text(cell));
        if (!isReadable(cell)) {
          problems.add("%s: %s holds %s. Write it as text.".formatted(place, column, what(cell)));
        }
      }
    }
    var filledIn = FilledIn.of(place, column -> texts.getOrDefault(column, ""));
    if (!filledIn.isEmpty()) {
      rows.add(filledIn);
    }
  }

  /** An identifier of digits is a number to a spreadsheet, unless it is a long one. */
  private static boolean isReadable(org.dhatim.fastexcel.reader.Cell cell) {
    return switch (cell.getType()) {
      case STRING -> true;
      case NUMBER -> cell.asNumber().precision() <= MOST_DIGITS;
      default -> false;
    };
  }

  private static String what(org.dhatim.fastexcel.reader.Cell cell) {
    return switch (cell.getType()) {
      case FORMULA -> "a formula";
      case BOOLEAN -> "TRUE or FALSE";
      case NUMBER -> "a number of more digits than a spreadsheet keeps";
      default -> "an error";
    };
  }

  private static String text(org.dhatim.fastexcel.reader.Cell cell) {
    return cell.getType() == CellType.NUMBER
        ? cell.asNumber().stripTrailingZeros().toPlainString()
        : cell.getText().strip();
  }
}
