package io.recredit.report;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.BooksOfDays;
import io.recredit.report.content.PostedOverview;
import io.recredit.report.content.PostedTables;
import io.recredit.report.content.ReportTables.Query;
import io.recredit.report.content.ReportedRun;
import io.recredit.report.content.WrittenFile;
import io.recredit.report.html.HtmlPosted;
import io.recredit.table.Cell;
import io.recredit.table.Table;
import io.recredit.wording.Amounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What stands in the books of some days, by posting date. */
record PostedReport(ReportedRun reported, PostedOverview overview, BooksOfDays books)
    implements ReportContent {

  @Override
  public Map<Table, List<List<Cell>>> known() {
    return Map.of();
  }

  @Override
  public List<Query> queries() {
    return PostedTables.QUERIES;
  }

  @Override
  public long rowsIn(Table table) {
    return table.equals(PostedTables.JOURNAL) ? overview.entries() : 0;
  }

  @Override
  public void check(ControlTotals rows) {
    overview
        .byCurrency()
        .forEach(
            (currency, amount) -> rows.mustAgree(PostedTables.JOURNAL, currency.code(), amount));
  }

  /** Closed days are of when they were closed, whenever the report is written. */
  @Override
  public Instant moment() {
    var closing = books.closing();
    return closing == null ? reported.shownAt() : closing.closedAt();
  }

  @Override
  public String page(List<WrittenFile> files) {
    return HtmlPosted.of(reported, overview, books, files);
  }

  @Override
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        text(
            "report.posted.head",
            counted("count.entry", overview.entries()),
            reported.request().days(),
            books.words()));
    lines.add("");
    for (var total : overview.totals()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-12s%s",
              total.account(),
              Amounts.format(total.amount(), total.currency())));
    }
    if (overview.unknownRefunds() > 0) {
      lines.add("");
      lines.add(counted("report.posted.unknown", overview.unknownRefunds()));
    }
    return lines;
  }
}
