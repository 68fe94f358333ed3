package io.recredit.report;

import static io.recredit.report.Markup.heading;
import static io.recredit.report.Markup.id;
import static io.recredit.report.Markup.number;
import static io.recredit.report.Markup.paragraph;
import static io.recredit.report.Markup.row;
import static io.recredit.report.Markup.table;
import static io.recredit.report.Markup.td;

import java.util.List;

/** The part of the page that is about the input: what was rejected, and what was never read. */
final class HtmlInput {

  private static final int MOST_SPANS = 40;

  private HtmlInput() {}

  static String of(Overview overview) {
    return rejected(overview) + coverage(overview);
  }

  private static String rejected(Overview overview) {
    if (overview.rejectedCount() == 0) {
      return heading("Rejected input") + paragraph("", "None: every line could be accepted.");
    }
    var shown = overview.rejected().size();
    return heading("Rejected input")
        + paragraph(
            "note",
            "%s could not be accepted and count for nothing until they are corrected%s."
                .formatted(
                    Figures.counted(overview.rejectedCount(), "line"),
                    overview.rejectedCount() > shown
                        ? "; the first %d are shown, the sheet rejected has all".formatted(shown)
                        : ""))
        + table(
            List.of("File", "Line#", "What is wrong"),
            overview.rejected().stream()
                .map(
                    line ->
                        row(
                            id(line.fileName()),
                            number(Figures.count(line.lineNumber())),
                            td(line.error())))
                .toList());
  }

  private static String coverage(Overview overview) {
    var never = overview.daysNeverRead();
    var all = overview.daysRead() + never.size();
    if (never.isEmpty()) {
      return heading("Coverage")
          + paragraph("", "Every day of the range was read, %s.".formatted(days(all)));
    }
    var spans = Figures.spans(never);
    return heading("Coverage")
        + paragraph(
            "",
            "%s of %s were never read, so their refunds and captures are missing: %s%s."
                .formatted(
                    Figures.count(never.size()),
                    days(all),
                    String.join(", ", spans.subList(0, Math.min(spans.size(), MOST_SPANS))),
                    spans.size() > MOST_SPANS ? " and more" : ""));
  }

  private static String days(int days) {
    return Figures.counted(days, "day");
  }
}
