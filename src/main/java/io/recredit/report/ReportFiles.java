package io.recredit.report;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.report.content.ReportQueries;
import io.recredit.report.content.ReportTables.Query;
import io.recredit.report.content.WrittenFile;
import io.recredit.run.Progress;
import io.recredit.table.Cell;
import io.recredit.table.CsvFile;
import io.recredit.table.CsvStyle;
import io.recredit.table.Spreadsheet;
import io.recredit.table.StableWorkbook;
import io.recredit.table.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Worksheet;

/** Writes the files of one report under names that say that they are not finished. */
final class ReportFiles {

  static final String PAGE = "report.html";
  static final String WORKBOOK = "reconciliation.xlsx";

  private static final int ROWS_FETCHED = 1000;

  private final OutputFolder folder;
  private final ReportQueries queries;
  private final ReportContent content;
  private final CsvStyle style;
  private final Progress progress;
  private final ControlTotals controlTotals = new ControlTotals();

  ReportFiles(
      OutputFolder folder,
      ReportQueries queries,
      ReportContent content,
      CsvStyle style,
      Progress progress) {
    this.style = style;
    this.folder = folder;
    this.queries = queries;
    this.content = content;
    this.progress = progress;
  }

  /** Of all its files. */
  static List<String> names(ReportContent content) {
    return Stream.concat(
            Stream.of(PAGE, WORKBOOK), tablesOf(content).stream().map(ReportFiles::csv))
        .toList();
  }

  private static List<Table> tablesOf(ReportContent content) {
    return Stream.concat(
            content.known().keySet().stream(), content.queries().stream().map(Query::table))
        .toList();
  }

  private static String csv(Table table) {
    return table.name() + ".csv";
  }

  /** The spreadsheet and the CSV files, each row read once. */
  List<WrittenFile> tables() throws IOException {
    var streamed = folder.unfinished("streamed-" + WORKBOOK);
    try (var spreadsheet = new Spreadsheet(out(streamed), Worksheet.MAX_ROWS)) {
      for (var known : content.known().entrySet()) {
        table(known.getKey(), spreadsheet, known.getValue());
      }
      for (var query : content.queries()) {
        table(query, spreadsheet);
      }
    }
    content.check(controlTotals);
    var workbook = folder.unfinished(WORKBOOK);
    StableWorkbook.copy(streamed, workbook, content.moment());
    var tables = tablesOf(content);
    var files = new ArrayList<WrittenFile>();
    files.add(
        WrittenFile.of(WORKBOOK, tables.stream().mapToLong(controlTotals::rows).sum(), workbook));
    for (var table : tables) {
      files.add(
          WrittenFile.of(csv(table), controlTotals.rows(table), folder.unfinished(csv(table))));
    }
    return files;
  }

  private void table(Table table, Spreadsheet spreadsheet, List<List<Cell>> rows)
      throws IOException {
    try (var csv = new CsvFile(table, style, out(folder.unfinished(csv(table))))) {
      spreadsheet.begin(table);
      for (var row : rows) {
        write(table, row, spreadsheet, csv);
      }
      spreadsheet.end();
    }
  }

  private void table(Query query, Spreadsheet spreadsheet) throws IOException {
    var table = query.table();
    progress.begin(
        text("report.progress", table.name()), Progress.Unit.ROWS, content.rowsIn(table));
    try (var csv = new CsvFile(table, style, out(folder.unfinished(csv(table))))) {
      spreadsheet.begin(table);
      queries
          .ask(query.sql())
          .withFetchSize(ROWS_FETCHED)
          .query(
              row -> {
                var cells = new ArrayList<Cell>(table.columns().size());
                for (var column : table.columns()) {
                  cells.add(column.read(row, queries.reported().zone()));
                }
                write(table, cells, spreadsheet, csv);
                progress.advance(1);
              });
      spreadsheet.end();
    } finally {
      progress.end();
    }
  }

  private void write(Table table, List<Cell> cells, Spreadsheet spreadsheet, CsvFile csv) {
    try {
      controlTotals.add(table, cells);
      spreadsheet.row(cells);
      csv.row(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page names the other files with their SHA-256, so it comes last. */
  WrittenFile page(List<WrittenFile> tables) throws IOException {
    var path = folder.unfinished(PAGE);
    Files.writeString(path, content.page(tables), UTF_8);
    return WrittenFile.of(PAGE, null, path);
  }

  private static OutputStream out(Path path) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path));
  }
}
