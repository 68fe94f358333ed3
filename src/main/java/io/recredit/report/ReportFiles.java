package io.recredit.report;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.report.content.Overview;
import io.recredit.report.content.ReportQueries;
import io.recredit.report.content.ReportTables;
import io.recredit.report.content.SummaryRows;
import io.recredit.report.content.WrittenFile;
import io.recredit.report.html.HtmlReport;
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

  /** The tables, in the order of the sheets. */
  static final List<Table> TABLES =
      Stream.concat(
              Stream.of(ReportTables.SUMMARY, ReportTables.DAYS),
              ReportTables.QUERIES.stream().map(ReportTables.Query::table))
          .toList();

  /** Of all files of a report. */
  static final List<String> NAMES =
      Stream.concat(Stream.of(PAGE, WORKBOOK), TABLES.stream().map(ReportFiles::csv)).toList();

  private static final int ROWS_FETCHED = 1000;

  private final OutputFolder folder;
  private final ReportQueries queries;
  private final Overview overview;
  private final CsvStyle style;
  private final Progress progress;
  private final ControlTotals controlTotals = new ControlTotals();

  ReportFiles(
      OutputFolder folder,
      ReportQueries queries,
      Overview overview,
      CsvStyle style,
      Progress progress) {
    this.style = style;
    this.folder = folder;
    this.queries = queries;
    this.overview = overview;
    this.progress = progress;
  }

  private static String csv(Table table) {
    return table.name() + ".csv";
  }

  /** The spreadsheet and the CSV files, each row read once. */
  List<WrittenFile> tables() throws IOException {
    var streamed = folder.unfinished("streamed-" + WORKBOOK);
    try (var spreadsheet = new Spreadsheet(out(streamed), Worksheet.MAX_ROWS)) {
      table(ReportTables.SUMMARY, spreadsheet, SummaryRows.of(overview));
      table(ReportTables.DAYS, spreadsheet, SummaryRows.days(overview));
      for (var query : ReportTables.QUERIES) {
        table(query, spreadsheet);
      }
    }
    controlTotals.mustAgreeWith(overview.totals());
    var workbook = folder.unfinished(WORKBOOK);
    StableWorkbook.copy(streamed, workbook, queries.reported().shownAt());
    var files = new ArrayList<WrittenFile>();
    files.add(
        WrittenFile.of(WORKBOOK, TABLES.stream().mapToLong(controlTotals::rows).sum(), workbook));
    for (var table : TABLES) {
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

  private void table(ReportTables.Query query, Spreadsheet spreadsheet) throws IOException {
    var table = query.table();
    progress.begin(
        text("report.progress", table.name()), Progress.Unit.ROWS, overview.rowsIn(table));
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
    Files.writeString(path, HtmlReport.of(overview, tables), UTF_8);
    return WrittenFile.of(PAGE, null, path);
  }

  private static OutputStream out(Path path) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path));
  }
}
