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
import io.recredit.report.content.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the pages of all reports have in common: one file, no script, nothing from elsewhere. */
final class HtmlPage {

  private static final String CSS = resource("report.css");

  private HtmlPage() {}

  static String of(String title, String... parts) {
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
            escaped(title),
            CSS,
            Bars.PATTERNS,
            String.join("", parts));
  }

  /**
   * What the page is.
   *
   * @param company null where nobody said its name
   */
  static String header(
      String kicker, String title, @Nullable String company, Map<String, String> facts) {
    return tag(
            "header",
            "",
            paragraph("kicker", company == null ? kicker : company + " · " + kicker),
            tag("h1", "", escaped(title)),
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

  /** The files beside the page, by which they can be told to be unchanged. */
  static String register(List<WrittenFile> files) {
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
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
