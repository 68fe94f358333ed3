package io.recredit.report.html;

import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.number;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.row;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.td;
import static io.recredit.report.html.Markup.th;
import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.BooksOfDays;
import io.recredit.report.content.Formats;
import io.recredit.report.content.PostedOverview;
import io.recredit.report.content.PostedOverview.AccountTotal;
import io.recredit.report.content.PostedOverview.TaxTotal;
import io.recredit.report.content.ReportedRun;
import io.recredit.report.content.WrittenFile;
import io.recredit.wording.Amounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page of a report on the books: what was posted on some days, with its tax. Of closed days it
 * says nothing that another day could change.
 */
public final class HtmlPosted {

  private final ReportedRun reported;
  private final PostedOverview overview;
  private final BooksOfDays books;

  private HtmlPosted(ReportedRun reported, PostedOverview overview, BooksOfDays books) {
    this.reported = reported;
    this.overview = overview;
    this.books = books;
  }

  public static String of(
      ReportedRun reported, PostedOverview overview, BooksOfDays books, List<WrittenFile> files) {
    var page = new HtmlPosted(reported, overview, books);
    return HtmlPage.of(
        page.title(),
        page.header(),
        page.accounts(),
        page.corrections(),
        page.tax(),
        HtmlPage.register(files));
  }

  private String title() {
    return text("report.posted.title", reported.request().days());
  }

  private String header() {
    var facts = new LinkedHashMap<String, String>();
    facts.put(
        text("report.fact.entries"),
        text(
            "report.fact.entries.of",
            Formats.count(overview.entries()),
            reported.request().days(),
            reported.request().basis().words()));
    facts.put(text("report.fact.books"), books.words());
    var closing = books.closing();
    if (closing == null) {
      facts.put(
          text("report.fact.shown"),
          text(
              "report.fact.shown.run",
              reported.run().runId(),
              reported.run().what(),
              reported.shownOn()));
    } else {
      facts.put(text("report.fact.sha256", closing.until()), closing.sha256());
    }
    return HtmlPage.header(text("report.posted.kicker"), title(), books.company(), facts);
  }

  private String accounts() {
    if (overview.totals().isEmpty()) {
      return paragraph("", text("report.posted.nothing"));
    }
    return heading(text("report.posted.accounts"))
        + paragraph("note", text("report.posted.accounts.note"))
        + table(
            List.of(
                head(text("report.head.account")),
                numberHead(text("report.head.entries")),
                numberHead(text("report.head.amount")),
                numberHead(text("report.head.tax")),
                head(text("report.head.currency"))),
            overview.totals().stream().map(HtmlPosted::account).toList());
  }

  private static String account(AccountTotal of) {
    return row(
        th(of.account(), text("report.account." + of.account())),
        number(Formats.count(of.entries())),
        number(Amounts.number(of.amount(), of.currency())),
        number(isOnInvoices(of) ? Amounts.number(of.tax(), of.currency()) : "–"),
        td(Formats.currency(of.currency())));
  }

  private static boolean isOnInvoices(AccountTotal of) {
    return of.account().equals("CREDIT") || of.account().equals("RETURN_FEE");
  }

  private String corrections() {
    return overview.corrections().stream()
        .map(
            of ->
                paragraph(
                    "note",
                    counted(
                        "report.posted.corrections",
                        of.entries(),
                        reported.request().from(),
                        Amounts.format(of.amount(), of.currency()))))
        .collect(Collectors.joining());
  }

  private String tax() {
    if (overview.taxes().isEmpty()) {
      return "";
    }
    var unknown =
        overview.unknownRefunds() == 0
            ? ""
            : paragraph("note", counted("report.posted.unknown", overview.unknownRefunds()));
    var cut =
        overview.taxCount() > overview.taxes().size()
            ? paragraph(
                "note",
                text("report.posted.tax.first", overview.taxes().size(), overview.taxCount()))
            : "";
    return heading(text("report.posted.tax"))
        + unknown
        + cut
        + table(
            List.of(
                head(text("report.head.country")),
                head(text("report.head.rate")),
                numberHead(text("report.head.entries")),
                numberHead(text("report.head.gross")),
                numberHead(text("report.head.net")),
                numberHead(text("report.head.tax")),
                head(text("report.head.currency"))),
            overview.taxes().stream().map(HtmlPosted::tax).toList());
  }

  private static String tax(TaxTotal of) {
    return row(
        th(Objects.requireNonNullElse(of.country(), text("report.posted.no-country")), ""),
        td(of.rate() == null ? because(of.unknownBecause()) : of.rate()),
        number(Formats.count(of.entries())),
        number(Amounts.number(of.amount(), of.currency())),
        number(
            of.tax() == null ? "–" : Amounts.number(of.amount().subtract(of.tax()), of.currency())),
        number(of.tax() == null ? "–" : Amounts.number(of.tax(), of.currency())),
        td(Formats.currency(of.currency())));
  }

  private static String because(@Nullable String unknownBecause) {
    return "CONTRADICTORY".equals(unknownBecause)
        ? text("report.posted.contradictory")
        : text("report.posted.not-said");
  }
}
