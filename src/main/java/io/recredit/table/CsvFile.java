package io.recredit.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.recredit.table.Cell.Count;
import io.recredit.table.Cell.Day;
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

/**
 * One table as CSV (RFC 4180, UTF-8): {@code 2026-11-20}, {@code 2026-11-20T14:35:00+01:00}, {@code
 * 99.99}; an amount whose currency nobody knows in minor units.
 */
public final class CsvFile implements Closeable {

  private final CsvWriter csv;

  public CsvFile(Table table, OutputStream out) {
    csv = CsvWriter.builder().build(new BufferedWriter(new OutputStreamWriter(out, UTF_8)));
    csv.writeRecord(table.columns().stream().map(Column::name).toList());
  }

  /** A cell per column. */
  public void row(List<Cell> cells) {
    csv.writeRecord(cells.stream().map(CsvFile::field).toList());
  }

  private static String field(Cell cell) {
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
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.time());
    }
    return cell instanceof Money money ? money.amount().toPlainString() : "";
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
