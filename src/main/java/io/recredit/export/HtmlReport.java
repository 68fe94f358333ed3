package io.recredit.export;

import static io.recredit.export.Markup.cssClass;
import static io.recredit.export.Markup.escaped;
import static io.recredit.export.Markup.heading;
import static io.recredit.export.Markup.paragraph;
import static io.recredit.export.Markup.row;
import static io.recredit.export.Markup.table;
import static io.recredit.export.Markup.tag;
import static io.recredit.export.Markup.td;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The page to read and print: one file, no script, nothing from elsewhere. What was asked for
 * first, then the answer, then what needs work.
 */
final class HtmlReport {

  /** As many currencies as are shown large; all of them stand in the tables. */
  private static final int MOST_LARGE = 4;

  private static final String CSS = resource("report.css");

  private final Overview overview;
  private final List<WrittenFile> files;

  private HtmlReport(Overview overview, List<WrittenFile> files) {
    this.overview = overview;
    this.files = files;
  }

  static String of(Overview overview, List<WrittenFile> files) {
    var report = new HtmlReport(overview, files);
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Refunds of %s</title>
    <style>
    %s</style>
    </head>
    <body>
    %s%s</body>
    </html>
    """
        .formatted(
            escaped(overview.scope().request().days()),
            CSS,
            Bars.PATTERNS,
            String.join(
                "",
                report.header(),
                report.leads(),
                report.totals(),
                report.byDay(),
                HtmlExceptions.of(overview),
                HtmlInput.of(overview),
                report.register()));
  }

  private String header() {
    var scope = overview.scope();
    var facts = new LinkedHashMap<String, String>();
    facts.put(
        "Refunds",
        "of %s, %s (%s)"
            .formatted(
                scope.request().days(), scope.request().basis().words(), scope.zone().getId()));
    facts.put(
        "Shown",
        "as of run %d, %s, done on %s"
            .formatted(scope.run().runId(), scope.run().what(), scope.shownOn()));
    facts.put(
        "Policies",
        scope.run().policies().words().entrySet().stream()
            .filter(policy -> !policy.getKey().equals("time-zone"))
            .map(policy -> policy.getKey() + " " + policy.getValue())
            .collect(Collectors.joining(" · ")));
    return tag(
            "header",
            "",
            paragraph("kicker", "Recredit · which invoice each refund belongs on"),
            tag("h1", "", escaped("Refunds of " + scope.request().days())),
            facts(facts))
        + "\n";
  }

  private static String facts(Map<String, String> facts) {
    return tag(
        "dl",
        cssClass("facts"),
        facts.entrySet().stream()
            .map(
                fact ->
                    tag("dt", "", escaped(fact.getKey())) + tag("dd", "", escaped(fact.getValue())))
            .collect(Collectors.joining("\n")));
  }

  private String leads() {
    var leads = overview.totals().stream().limit(MOST_LARGE).map(HtmlReport::lead).toList();
    return leads.isEmpty()
        ? paragraph("", "No refund of these days was accepted.")
        : tag("div", cssClass("leads"), String.join("\n", leads)) + "\n";
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
                "Refunded: %s in %s"
                    .formatted(
                        Figures.money(given, currency),
                        Figures.counted(totals.refunds() - totals.duplicates(), "refund")))),
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

  private String byDay() {
    var shown = overview.totals().stream().limit(MOST_LARGE).toList();
    if (shown.isEmpty()) {
      return "";
    }
    var page = new StringBuilder(heading("Credited and unallocated, by day"));
    page.append(Bars.legend());
    shown.forEach(totals -> page.append(DayChart.of(overview, totals.currency())));
    var more = overview.totals().size() - shown.size();
    if (more > 0) {
      page.append(
          paragraph(
              "note",
              "Not drawn: %s with fewer refunds. The sheet days has them all."
                  .formatted(more == 1 ? "1 currency" : more + " currencies")));
    }
    return page.toString();
  }

  private String register() {
    return heading("Files of this report")
        + paragraph(
            "note",
            "The same data make the same bytes; recredit.report_register keeps the SHA-256 of each file.")
        + table(
            List.of("File", "Rows#", "SHA-256"),
            files.stream()
                .map(
                    file ->
                        row(
                            td(file.name()),
                            count(Objects.requireNonNullElse(file.rows(), 0L)),
                            Markup.id(file.sha256())))
                .toList());
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
