package io.recredit.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.recredit.table.Cell.Count;
import io.recredit.table.Cell.Day;
import io.recredit.table.Cell.MinorUnits;
import io.recredit.table.Cell.Money;
import io.recredit.table.Cell.Text;
import io.recredit.table.Cell.Time;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * One table as CSV in UTF-8, by {@link CsvStyle#PLAIN RFC 4180}: {@code 2026-11-20}, {@code
 * 2026-11-20T14:35:00+01:00}, {@code 99.99}; or as {@link CsvStyle#EXCEL} opens it. An amount whose
 * currency nobody knows is empty.
 */
public final class CsvFile implements Closeable {

  private static final char BYTE_ORDER_MARK = 0xFEFF;
  private static final DateTimeFormatter WITHOUT_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** A program that goes by another separator must not find a field's start within a field. */
  private static final QuoteStrategy QUOTES =
      new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
          return value.indexOf(';') >= 0
              || value.indexOf('\t') >= 0
              || FormulaGuard.isGuarded(value);
        }
      };

  private final CsvWriter csv;
  private final CsvStyle style;

  public CsvFile(Table table, CsvStyle style, OutputStream out) throws IOException {
    this.style = style;
    var writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    if (style == CsvStyle.EXCEL) {
      writer.write(BYTE_ORDER_MARK);
    }
    csv =
        CsvWriter.builder()
            .fieldSeparator(style == CsvStyle.EXCEL ? ';' : ',')
            .quoteStrategy(QUOTES)
            .build(writer);
    csv.writeRecord(table.columns().stream().map(Column::name).toList());
  }

  /** A cell per column. */
  public void row(List<Cell> cells) {
    csv.writeRecord(cells.stream().map(this::field).toList());
  }

  private String field(Cell cell) {
    if (cell instanceof Text text) {
      return FormulaGuard.guarded(text.text());
    }
    if (cell instanceof Count count) {
      return String.valueOf(count.count());
    }
    if (cell instanceof Day day) {
      return day.day().toString();
    }
    if (cell instanceof Time time) {
      return style == CsvStyle.EXCEL
          ? WITHOUT_OFFSET.format(time.time())
          : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.time());
    }
    if (cell instanceof MinorUnits units) {
      return units.minorUnits().toString();
    }
    return cell instanceof Money money && money.currency() != null ? amount(money) : "";
  }

  private String amount(Money money) {
    var amount = money.amount().toPlainString();
    return style == CsvStyle.EXCEL ? amount.replace('.', ',') : amount;
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
