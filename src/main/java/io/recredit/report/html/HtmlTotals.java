package io.recredit.report.html;

import static io.recredit.report.html.Markup.cssClass;
import static io.recredit.report.html.Markup.escaped;
import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.tag;
import static io.recredit.report.html.Markup.td;
import static io.recredit.report.html.Markup.words;
import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Formats;
import io.recredit.report.content.Overview;
import io.recredit.report.content.Totals;
import io.recredit.wording.Amounts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The part of the page that is the answer: how much is on invoices, and that it all adds up. */
final class HtmlTotals {

  private final Overview overview;

  private HtmlTotals(Overview overview) {
    this.overview = overview;
  }

  static String of(Overview overview) {
    var part = new HtmlTotals(overview);
    return part.leads() + part.totals();
  }

  private String leads() {
    if (overview.days().isEmpty()) {
      return paragraph("", text("report.page.nothing"));
    }
    var leads = overview.largest().stream().map(HtmlTotals::lead).toList();
    return tag("div", cssClass("leads"), String.join("\n", leads))
        + "\n"
        + otherCurrencies()
        + withoutCurrency()
        + otherAmounts()
        + overtaken();
  }

  private String otherCurrencies() {
    var drawn = overview.largest();
    var others =
        overview.totals().stream()
            .filter(totals -> totals.currency() != null && !drawn.contains(totals))
            .map(totals -> String.valueOf(totals.currency()))
            .toList();
    return others.isEmpty()
        ? ""
        : paragraph("note", text("report.page.other-currencies", String.join(", ", others)));
  }

  private String otherAmounts() {
    return overview.otherAmounts() == 0
        ? ""
        : paragraph("note", counted("report.page.other-amounts", overview.otherAmounts()));
  }

  private String overtaken() {
    return overview.overtaken() == 0
        ? ""
        : paragraph("note", counted("report.page.overtaken", overview.overtaken()));
  }

  private String withoutCurrency() {
    return overview.totals().stream()
        .filter(totals -> totals.currency() == null)
        .map(totals -> paragraph("note", counted("report.page.unknown-currency", totals.refunds())))
        .collect(Collectors.joining());
  }

  /** Duplicates are no refunds of their own: the share is of the others. */
  private static String lead(Totals totals) {
    var given = totals.refunded().subtract(totals.duplicated());
    return tag(
        "div",
        cssClass("lead"),
        tag("div", cssClass("what"), escaped(refunded(given, totals))),
        tag(
            "div",
            cssClass("figure"),
            escaped(Formats.share(totals.credited(), given)),
            " ",
            tag("small", "", escaped(text("report.page.on-invoices")))),
        Bars.shares(totals),
        tag("div", cssClass("what"), escaped(open(totals))));
  }

  private static String refunded(BigInteger given, Totals totals) {
    var amount = Amounts.format(given, totals.currency());
    var refunds = counted("count.refund", totals.refunds() - totals.duplicates());
    return totals.duplicates() == 0
        ? text("report.page.refunded", amount, refunds)
        : text("report.page.refunded-once", amount, refunds);
  }

  private static String open(Totals totals) {
    return totals.exceptions() == 0
        ? text("report.page.nothing-open")
        : text(
            "report.page.open",
            Amounts.format(totals.unallocated(), totals.currency()),
            counted("count.exception", totals.exceptions()));
  }

  private String totals() {
    var rows = new ArrayList<String>();
    for (var totals : overview.totals()) {
      rows.add(amounts(totals));
      rows.add(counts(totals));
    }
    return heading(text("report.page.totals"))
        + table(
            List.of(
                head(text("report.head.currency")),
                numberHead(text("report.head.refunded")),
                numberHead(text("report.head.credited")),
                numberHead(text("report.head.unallocated")),
                numberHead(text("report.head.written-off")),
                numberHead(text("report.head.duplicates")),
                numberHead(text("report.head.difference"))),
            rows)
        + tag("p", cssClass("proof"), proof())
        + "\n";
  }

  private String proof() {
    var proved = overview.totals().stream().allMatch(totals -> totals.difference().signum() == 0);
    return proved
        ? tag("span", cssClass("ok"))
            + tag("b", "", escaped(text("report.page.proved")))
            + " "
            + escaped(text("report.page.proved.what"))
        : tag("span", cssClass("alarm"), escaped(text("report.page.not-proved")));
  }

  private static String amounts(Totals totals) {
    var credited = escaped(Amounts.number(totals.credited(), totals.currency()));
    return tag(
            "tr",
            cssClass("first"),
            Markup.th(
                Formats.currency(totals.currency()),
                totals.currency() == null ? text("report.page.minor-units") : ""),
            amount(totals.refunded(), totals),
            td("n", totals.assumed().signum() == 0 ? credited : credited + words(assumed(totals))),
            amount(totals.unallocated(), totals),
            amount(totals.writtenOff(), totals),
            amount(totals.duplicated(), totals),
            amount(totals.difference(), totals))
        + "\n";
  }

  private static String assumed(Totals totals) {
    return text("report.page.assumed", Amounts.number(totals.assumed(), totals.currency()));
  }

  private static String amount(BigInteger amount, Totals of) {
    return Markup.number(Amounts.number(amount, of.currency()));
  }

  private static String counts(Totals totals) {
    var rest =
        totals.refunds()
            - totals.creditedRefunds()
            - totals.exceptions()
            - totals.writeOffs()
            - totals.duplicates();
    return tag(
            "tr",
            cssClass("sub"),
            Markup.th(text("report.page.refunds"), ""),
            count(totals.refunds()),
            count(totals.creditedRefunds()),
            count(totals.exceptions()),
            count(totals.writeOffs()),
            count(totals.duplicates()),
            count(rest))
        + "\n";
  }

  private static String count(long count) {
    return Markup.number(Formats.count(count));
  }
}
