package io.recredit.report;

import io.recredit.report.content.BooksOfDays;
import io.recredit.report.content.Overview;
import io.recredit.report.content.ReportTables;
import io.recredit.report.content.ReportTables.Query;
import io.recredit.report.content.ReportedRun;
import io.recredit.report.content.SummaryRows;
import io.recredit.report.content.WrittenFile;
import io.recredit.report.html.HtmlReport;
import io.recredit.table.Cell;
import io.recredit.table.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the refunds of some days, by business date. */
record RefundsReport(Overview overview, BooksOfDays books) implements ReportContent {

  @Override
  public ReportedRun reported() {
    return overview.reported();
  }

  @Override
  public Map<Table, List<List<Cell>>> known() {
    var known = new LinkedHashMap<Table, List<List<Cell>>>();
    known.put(ReportTables.SUMMARY, SummaryRows.of(overview));
    known.put(ReportTables.DAYS, SummaryRows.days(overview));
    return known;
  }

  @Override
  public List<Query> queries() {
    return ReportTables.QUERIES;
  }

  @Override
  public long rowsIn(Table table) {
    return overview.rowsIn(table);
  }

  @Override
  public void check(ControlTotals rows) {
    rows.mustAgreeWith(overview.totals());
  }

  @Override
  public Instant moment() {
    return reported().shownAt();
  }

  @Override
  public String page(List<WrittenFile> files) {
    return HtmlReport.of(overview, books, files);
  }

  @Override
  public List<String> lines() {
    return ReportLines.of(overview);
  }
}
