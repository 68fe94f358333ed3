package io.recredit.report;

import static io.recredit.report.Markup.cssClass;
import static io.recredit.report.Markup.escaped;
import static io.recredit.report.Markup.heading;
import static io.recredit.report.Markup.paragraph;
import static io.recredit.report.Markup.row;
import static io.recredit.report.Markup.table;
import static io.recredit.report.Markup.tag;
import static io.recredit.report.Markup.td;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
                HtmlTotals.of(overview),
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

  private String byDay() {
    var shown = overview.largest();
    if (shown.isEmpty()) {
      return "";
    }
    var page = new StringBuilder(heading("Credited and unallocated, by day"));
    page.append(Bars.legend());
    shown.forEach(totals -> page.append(DayChart.of(overview, totals.currency())));
    if (overview.totals().size() > shown.size()) {
      page.append(
          paragraph("note", "The other currencies are not drawn; the sheet days has all of them."));
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
                            Markup.number(
                                Figures.count(Objects.requireNonNullElse(file.rows(), 0L))),
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
