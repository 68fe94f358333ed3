package io.recredit.report.html;

import static io.recredit.report.html.Markup.cssClass;
import static io.recredit.report.html.Markup.escaped;
import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.row;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.tag;
import static io.recredit.report.html.Markup.td;
import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.report.content.Formats;
import io.recredit.report.content.Overview;
import io.recredit.report.content.WrittenFile;
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
public final class HtmlReport {

  private static final String CSS = resource("report.css");

  private final Overview overview;
  private final List<WrittenFile> files;

  private HtmlReport(Overview overview, List<WrittenFile> files) {
    this.overview = overview;
    this.files = files;
  }

  public static String of(Overview overview, List<WrittenFile> files) {
    var report = new HtmlReport(overview, files);
    return """
    <!DOCTYPE html>
    <html lang="%s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    %s%s</body>
    </html>
    """
        .formatted(
            text("report.page.language"),
            escaped(report.title()),
            CSS,
            Bars.PATTERNS,
            String.join(
                "",
                report.header(),
                HtmlTotals.of(overview),
                report.byDay(),
                HtmlExceptions.of(overview),
                HtmlRecord.of(overview.record()),
                HtmlInput.of(overview),
                report.register()));
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
    facts.put(
        text("report.fact.policies"),
        reported.run().policies().words().entrySet().stream()
            .filter(policy -> !policy.getKey().equals("time-zone"))
            .map(policy -> policy.getKey() + " " + policy.getValue())
            .collect(Collectors.joining(" · ")));
    return tag(
            "header",
            "",
            paragraph("kicker", text("report.page.kicker")),
            tag("h1", "", escaped(title())),
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
    var page = new StringBuilder(heading(text("report.page.by-day")));
    page.append(Bars.legend());
    shown.forEach(totals -> page.append(DayChart.of(overview, totals.currency())));
    if (overview.totals().size() > shown.size()) {
      page.append(paragraph("note", text("report.page.by-day.others")));
    }
    return page.toString();
  }

  private String register() {
    return heading(text("report.page.files"))
        + paragraph("note", text("report.page.files.note"))
        + table(
            List.of(
                head(text("report.head.file")),
                numberHead(text("report.head.rows")),
                head("SHA-256")),
            files.stream()
                .map(
                    file ->
                        row(
                            td(file.name()),
                            Markup.number(
                                Formats.count(Objects.requireNonNullElse(file.rows(), 0L))),
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
