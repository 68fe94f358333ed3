package io.recredit.report;

import static io.recredit.report.Markup.cssClass;
import static io.recredit.report.Markup.escaped;
import static io.recredit.report.Markup.heading;
import static io.recredit.report.Markup.paragraph;
import static io.recredit.report.Markup.table;
import static io.recredit.report.Markup.tag;
import static io.recredit.report.Markup.td;

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
      return paragraph("", "No refund of these days was accepted.");
    }
    var leads = overview.largest().stream().map(HtmlTotals::lead).toList();
    return tag("div", cssClass("leads"), String.join("\n", leads))
        + "\n"
        + otherCurrencies()
        + withoutCurrency();
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
        : paragraph(
            "note", "The other currencies are in the table: " + String.join(", ", others) + ".");
  }

  private String withoutCurrency() {
    return overview.totals().stream()
        .filter(totals -> totals.currency() == null)
        .map(
            totals ->
                paragraph(
                    "note",
                    "%s more in a currency that nobody knows: the refund names none, and nothing of its order was captured. Their amounts stand in minor units."
                        .formatted(Figures.counted(totals.refunds(), "refund"))))
        .collect(Collectors.joining());
  }

  /** Duplicates are no refunds of their own: the share is of the others. */
  private static String lead(Totals totals) {
    var given = totals.refunded().subtract(totals.duplicated());
    var currency = totals.currency();
    return tag(
        "div",
        cssClass("lead"),
        tag(
            "div",
            cssClass("what"),
            escaped(
                "Refunded: %s in %s%s"
                    .formatted(
                        Figures.money(given, currency),
                        Figures.counted(totals.refunds() - totals.duplicates(), "refund"),
                        totals.duplicates() == 0 ? "" : ", duplicates left out"))),
        tag(
            "div",
            cssClass("figure"),
            escaped(Figures.share(totals.credited(), given)),
            " ",
            tag("small", "", "on invoices")),
        Bars.shares(totals),
        tag("div", cssClass("what"), escaped(open(totals))));
  }

  private static String open(Totals totals) {
    return totals.exceptions() == 0
        ? "Nothing is open."
        : "Open: %s in %s"
            .formatted(
                Figures.money(totals.unallocated(), totals.currency()),
                Figures.counted(totals.exceptions(), "exception"));
  }

  private String totals() {
    var rows = new ArrayList<String>();
    for (var totals : overview.totals()) {
      rows.add(amounts(totals));
      rows.add(counts(totals));
    }
    var proved = overview.totals().stream().allMatch(totals -> totals.difference().signum() == 0);
    return heading("Totals and proof")
        + table(
            List.of(
                "Currency",
                "Refunded#",
                "= Credited#",
                "+ Unallocated#",
                "+ Written off#",
                "+ Duplicates#",
                "Difference#"),
            rows)
        + tag(
            "p",
            cssClass("proof"),
            proved
                ? "<span class=\"ok\"></span><b>Proved.</b> Refunded = credited + unallocated + written off + duplicates in every currency; the rows sum to the same."
                : "<span class=\"alarm\">Not proved: there is a difference. Run the command prove.</span>")
        + "\n";
  }

  private static String amounts(Totals totals) {
    var credited = escaped(Figures.amount(totals.credited(), totals.currency()));
    return tag(
            "tr",
            cssClass("first"),
            Markup.th(
                Figures.currency(totals.currency()),
                totals.currency() == null ? "in minor units" : ""),
            amount(totals.refunded(), totals),
            totals.assumed().signum() == 0
                ? td("n", credited)
                : td(
                    "n",
                    credited
                        + tag(
                            "span",
                            cssClass("words"),
                            "of it "
                                + escaped(Figures.amount(totals.assumed(), totals.currency()))
                                + " assumed")),
            amount(totals.unallocated(), totals),
            amount(totals.writtenOff(), totals),
            amount(totals.duplicated(), totals),
            amount(totals.difference(), totals))
        + "\n";
  }

  private static String amount(BigInteger amount, Totals of) {
    return Markup.number(Figures.amount(amount, of.currency()));
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
            Markup.th("refunds", ""),
            count(totals.refunds()),
            count(totals.creditedRefunds()),
            count(totals.exceptions()),
            count(totals.writeOffs()),
            count(totals.duplicates()),
            count(rest))
        + "\n";
  }

  private static String count(long count) {
    return Markup.number(Figures.count(count));
  }
}
