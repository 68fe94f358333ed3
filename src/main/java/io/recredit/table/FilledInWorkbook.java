package io.recredit.table;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The sheets of one table in a workbook, row by row, as {@link Spreadsheet} names them. */
final class FilledInWorkbook {

  // More digits than that Excel does not keep of a number.
  private static final int MOST_DIGITS = 15;

  private final FilledInTable table;
  private final Path file;
  private final List<FilledInRow> rows = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  FilledInWorkbook(FilledInTable table, Path file) {
    this.table = table;
    this.file = file;
  }

  FilledInTable.Contents read() throws IOException {
    var name = Pattern.compile(Pattern.quote(table.name()) + "( [0-9]+)?");
    try (var workbook = new ReadableWorkbook(file.toFile())) {
      var sheets =
          workbook.getSheets().filter(sheet -> name.matcher(sheet.getName()).matches()).toList();
      if (sheets.isEmpty()) {
        throw new UserException(text("table.no-sheet", file, table.name()));
      }
      for (var sheet : sheets) {
        read(sheet);
      }
    }
    return new FilledInTable.Contents(rows, problems);
  }

  private void read(Sheet sheet) throws IOException {
    try (var stream = sheet.openStream()) {
      Map<String, Integer> columns = new HashMap<>();
      stream.forEach(
          row -> {
            if (columns.isEmpty()) {
              columns.putAll(header(row));
              table.mustHaveColumns(text("table.sheet", sheet.getName(), file), columns.keySet());
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

  private String place(Sheet sheet, Row row) {
    return sheet.getName().equals(table.name())
        ? text("table.row", row.getRowNum())
        : text("table.row-of-sheet", row.getRowNum(), sheet.getName());
  }

  private void read(String place, Row row, Map<String, Integer> columns) {
    var texts = new HashMap<String, String>();
    for (var column : table.columns()) {
      var cell = row.getOptionalCell(columns.getOrDefault(column, -1)).orElse(null);
      if (cell != null && cell.getType() != CellType.EMPTY) {
        texts.put(column, written(cell));
        if (!isReadable(cell)) {
          problems.add(text("table.unreadable", place, column, what(cell)));
        }
      }
    }
    var filledIn = new FilledInRow(place, texts);
    if (table.saysSomething(filledIn)) {
      rows.add(filledIn);
    }
  }

  /** An identifier of digits is a number to a spreadsheet, unless it is a long one. */
  private static boolean isReadable(Cell cell) {
    return switch (cell.getType()) {
      case STRING -> true;
      case NUMBER -> cell.asNumber().precision() <= MOST_DIGITS;
      default -> false;
    };
  }

  private static String what(Cell cell) {
    return switch (cell.getType()) {
      case FORMULA -> text("table.unreadable.formula");
      case BOOLEAN -> text("table.unreadable.boolean");
      case NUMBER -> text("table.unreadable.number");
      default -> text("table.unreadable.error");
    };
  }

  private static String written(Cell cell) {
    return cell.getType() == CellType.NUMBER
        ? cell.asNumber().stripTrailingZeros().toPlainString()
        : Blanks.strip(XmlText.unescaped(cell.getText()));
  }
}
