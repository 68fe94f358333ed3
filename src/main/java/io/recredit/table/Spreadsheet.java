package io.recredit.table;

import io.recredit.table.Cell.Count;
import io.recredit.table.Cell.Day;
import io.recredit.table.Cell.MinorUnits;
import io.recredit.table.Cell.Money;
import io.recredit.table.Cell.Text;
import io.recredit.table.Cell.Time;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.BorderSide;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * An XLSX workbook, a sheet per table, in little memory: rows are let go of as they come. Texts
 * stand in their cells as such, so that none is ever taken for a formula.
 */
public final class Spreadsheet implements Closeable {

  private static final int ROWS_KEPT = 500;
  // Excel counts in 64-bit floating point: beyond 15 digits it would show another amount.
  private static final int MOST_DIGITS = 15;

  private static final String DAY = "yyyy-mm-dd";
  private static final String TIME = "yyyy-mm-dd hh:mm:ss";
  private static final String TEXT = "@";
  private static final String HEADER_FILL = "E8ECF1";
  private static final String FILL_IN_FILL = "FFF8DC";

  private final OutputStream out;
  private final Workbook workbook;
  private final int rowsPerSheet;
  private @Nullable Table table;
  private @Nullable Worksheet sheet;
  private int sheets;
  private int row;

  /**
   * @param rowsPerSheet with the header; the further ones go on another sheet
   */
  public Spreadsheet(OutputStream out, int rowsPerSheet) {
    this.out = out;
    workbook = new Workbook(out, "Recredit", null);
    this.rowsPerSheet = rowsPerSheet;
  }

  /** Begins a table; its rows follow. */
  public void begin(Table next) {
    table = next;
    sheets = 0;
    beginSheet(next);
  }

  /** "credits", "credits 2", ... */
  private void beginSheet(Table of) {
    sheets++;
    var fresh = workbook.newWorksheet(sheets == 1 ? of.name() : of.name() + " " + sheets);
    var columns = of.columns();
    for (var c = 0; c < columns.size(); c++) {
      fresh.inlineString(0, c, columns.get(c).name());
      fresh.width(c, width(columns.get(c)));
      fresh
          .style(0, c)
          .bold()
          .fillColor(HEADER_FILL)
          .borderStyle(BorderSide.BOTTOM, BorderStyle.THIN)
          .horizontalAlignment(isNumber(columns.get(c)) ? "right" : "left")
          .set();
    }
    fresh.freezePane(0, 1);
    fresh.repeatRows(0);
    fresh.pageOrientation("landscape");
    fresh.setFitToPage(true);
    fresh.fitToHeight((short) 0);
    sheet = fresh;
    row = 0;
  }

  private static boolean isNumber(Column column) {
    return switch (column.kind()) {
      case COUNT, MONEY, MINOR_UNITS -> true;
      default -> false;
    };
  }

  private static int width(Column column) {
    return switch (column.kind()) {
      case TEXT -> column.name().equals(Column.CURRENCY) ? 10 : 24;
      case SENTENCE, PARTS -> 60;
      case COUNT -> 16;
      case MONEY, MINOR_UNITS -> 22;
      case DAY -> 14;
      case TIME -> 20;
      case FILL_IN -> 28;
    };
  }

  /** A cell per column. */
  public void row(List<Cell> cells) throws IOException {
    var columns = Objects.requireNonNull(table).columns();
    if (row + 1 == rowsPerSheet) {
      endSheet();
      beginSheet(Objects.requireNonNull(table));
    }
    row++;
    for (var c = 0; c < cells.size(); c++) {
      write(c, columns.get(c), cells.get(c));
    }
    if (row % ROWS_KEPT == 0) {
      Objects.requireNonNull(sheet).flush();
    }
  }

  private void write(int c, Column column, Cell cell) {
    var to = Objects.requireNonNull(sheet);
    if (cell instanceof Text text) {
      text(c, text.text());
    } else if (cell instanceof Count count) {
      to.value(row, c, count.count());
    } else if (cell instanceof Day day) {
      to.value(row, c, day.day());
      to.style(row, c).format(DAY).set();
    } else if (cell instanceof Time time) {
      to.value(row, c, time.time().toLocalDateTime());
      to.style(row, c).format(TIME).set();
    } else if (cell instanceof MinorUnits units) {
      number(c, new BigDecimal(units.minorUnits()), "#,##0");
    } else if (cell instanceof Money money && money.currency() != null) {
      number(c, money.amount(), format(money));
    } else if (column.kind() == Column.Kind.FILL_IN) {
      to.style(row, c).format(TEXT).fillColor(FILL_IN_FILL).set();
    }
  }

  /** As text by its format too where somebody who edits the cell would make it a formula. */
  private void text(int c, String text) {
    var to = Objects.requireNonNull(sheet);
    to.inlineString(row, c, XmlText.escaped(text));
    if (FormulaGuard.looksLikeFormula(text)) {
      to.style(row, c).format(TEXT).set();
    }
  }

  private void number(int c, BigDecimal number, String format) {
    var to = Objects.requireNonNull(sheet);
    if (number.precision() > MOST_DIGITS) {
      to.inlineString(row, c, number.toPlainString());
      to.style(row, c).format(TEXT).horizontalAlignment("right").set();
    } else {
      to.value(row, c, number);
      to.style(row, c).format(format).set();
    }
  }

  /** "#,##0.00 [$SEK]": with the currency's decimals, and its code behind it. */
  private static String format(Money money) {
    var decimals = money.decimals();
    return "#,##0%s\\ [$%s]"
        .formatted(decimals == 0 ? "" : "." + "0".repeat(decimals), money.currency());
  }

  private void endSheet() throws IOException {
    var ended = Objects.requireNonNull(sheet);
    var columns = Objects.requireNonNull(table).columns().size();
    ended.setAutoFilter(0, 0, row, columns - 1);
    ended.finish();
  }

  /** Ends a table. */
  public void end() throws IOException {
    endSheet();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      workbook.finish();
    }
  }
}
