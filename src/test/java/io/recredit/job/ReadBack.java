package io.recredit.job;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** A report's tables, read back from its files. */
record ReadBack(Path folder) {

  record SheetRow(Map<String, Cell> cells) {

    Cell cell(String column) {
      return Objects.requireNonNull(cells.get(column), column);
    }

    String text(String column) {
      var cell = cells.get(column);
      return cell == null ? "" : cell.getText();
    }
  }

  List<String> sheets() {
    try (var workbook = workbook()) {
      return workbook.getSheets().map(sheet -> sheet.getName()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a sheet behind its header, by column. */
  List<SheetRow> sheet(String name) {
    try (var workbook = workbook()) {
      var rows = workbook.findSheet(name).orElseThrow().read();
      var header = rows.get(0);
      return rows.stream().skip(1).map(row -> new SheetRow(byColumn(header, row))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReadableWorkbook workbook() throws IOException {
    return new ReadableWorkbook(
        folder.resolve("reconciliation.xlsx").toFile(), new ReadingOptions(true, false));
  }

  private static Map<String, Cell> byColumn(Row header, Row row) {
    var cells = new LinkedHashMap<String, Cell>();
    for (var c = 0; c < header.getCellCount(); c++) {
      if (row.hasCell(c)) {
        cells.put(header.getCellText(c), row.getCell(c));
      }
    }
    return cells;
  }

  List<Map<String, String>> csv(String name) {
    try (var records = CsvReader.builder().ofNamedCsvRecord(folder.resolve(name + ".csv"))) {
      var rows = new ArrayList<Map<String, String>>();
      records.forEach(record -> rows.add(record.getFieldsAsMap()));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** "SEK 123.45, 7 rows", by currency. */
  List<String> sheetSums(String name, String column) {
    var sums = new TreeMap<String, List<BigDecimal>>();
    for (var row : sheet(name)) {
      sums.computeIfAbsent(row.text("currency"), c -> new ArrayList<>())
          .add(row.cell(column).asNumber());
    }
    return said(sums);
  }

  List<String> csvSums(String name, String column) {
    var sums = new TreeMap<String, List<BigDecimal>>();
    for (var row : csv(name)) {
      sums.computeIfAbsent(row.get("currency"), c -> new ArrayList<>())
          .add(new BigDecimal(row.get(column)));
    }
    return said(sums);
  }

  private static List<String> said(Map<String, List<BigDecimal>> sums) {
    return sums.entrySet().stream()
        .map(
            of ->
                "%s %s, %d rows"
                    .formatted(
                        of.getKey(),
                        of.getValue().stream()
                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                            .stripTrailingZeros()
                            .toPlainString(),
                        of.getValue().size()))
        .toList();
  }
}
