package io.recredit.report.html;

import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.BooksOfDays;
import io.recredit.report.content.Overview;
import io.recredit.report.content.WrittenFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page to read and print: one file, no script, nothing from elsewhere. What was asked for
 * first, then the answer, then what needs work.
 */
public final class HtmlReport {

  private final Overview overview;
  private final BooksOfDays books;

  private HtmlReport(Overview overview, BooksOfDays books) {
    this.overview = overview;
    this.books = books;
  }

  public static String of(Overview overview, BooksOfDays books, List<WrittenFile> files) {
    var report = new HtmlReport(overview, books);
    return HtmlPage.of(
        report.title(),
        report.header(),
        HtmlTotals.of(overview),
        report.byDay(),
        HtmlExceptions.of(overview),
        HtmlRecord.of(overview.record()),
        HtmlPayouts.of(overview.payouts()),
        HtmlInput.of(overview),
        HtmlPage.register(files));
  }

  private String title() {
    return text("report.page.title", overview.reported().request().days());
  }

  private String header() {
    var reported = overview.reported();
    var request = reported.request();
    var facts = new LinkedHashMap<String, String>();
    facts.put(
        text("report.fact.refunds"),
        text(
            "report.fact.refunds.of",
            request.days(),
            request.basis().words(),
            reported.zone().getId()));
    facts.put(
        text("report.fact.shown"),
        text(
            "report.fact.shown.run",
            reported.run().runId(),
            reported.run().what(),
            reported.shownOn()));
    if (reported.prunedBefore() != null) {
      facts.put(text("report.pruned"), text("report.pruned.before", reported.prunedBefore()));
    }
    facts.put(
        text("report.fact.policies"),
        reported.run().policies().words().entrySet().stream()
            .filter(policy -> !policy.getKey().equals("time-zone"))
            .map(policy -> policy.getKey() + " " + policy.getValue())
            .collect(Collectors.joining(" · ")));
    facts.put(text("report.fact.books"), books.words());
    return HtmlPage.header(text("report.page.kicker"), title(), books.company(), facts);
  }

  private String byDay() {
    var shown = overview.largest();
    if (shown.isEmpty()) {
      return "";
    }
    var page = new StringBuilder(heading(text("report.page.by-day")));
    page.append(Bars.legend());
    shown.forEach(totals -> page.append(DayChart.of(overview, totals.currency())));
    if (overview.totals().size() > shown.size()) {
      page.append(paragraph("note", text("report.page.by-day.others")));
    }
    return page.toString();
  }
}
