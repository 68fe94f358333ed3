package io.recredit.report.html;

import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.id;
import static io.recredit.report.html.Markup.number;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.row;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.td;
import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Formats;
import io.recredit.report.content.Overview;
import io.recredit.wording.Days;
import java.util.List;

/** The part of the page that is about the input: what was rejected, and what was never read. */
final class HtmlInput {

  private static final int MOST_RANGES = 40;

  private HtmlInput() {}

  static String of(Overview overview) {
    return rejected(overview) + coverage(overview);
  }

  private static String rejected(Overview overview) {
    var heading = heading(text("report.page.rejected"));
    if (overview.rejectedCount() == 0) {
      return heading + paragraph("", text("report.page.rejected.none"));
    }
    var shown = overview.rejected();
    var lines = counted("report.count.line", overview.rejectedCount());
    return heading
        + paragraph(
            "note",
            overview.rejectedCount() > shown.size()
                ? text("report.page.rejected.first", lines, shown.size())
                : text("report.page.rejected.all", lines))
        + table(
            List.of(
                head(text("report.head.file")),
                numberHead(text("report.head.line")),
                head(text("report.head.error"))),
            shown.stream().map(HtmlInput::rejected).toList());
  }

  private static String rejected(Overview.RejectedLine line) {
    return row(id(line.fileName()), number(Formats.count(line.lineNumber())), td(line.error()));
  }

  private static String coverage(Overview overview) {
    var never = overview.daysNeverRead();
    var all = counted("report.count.day", overview.daysRead() + never.size());
    return heading(text("report.page.coverage"))
        + paragraph(
            "",
            never.isEmpty()
                ? text("report.page.coverage.whole", all)
                : text("report.page.coverage.holes", never.size(), all, ranges(overview)));
  }

  private static String ranges(Overview overview) {
    var ranges = Days.ranges(overview.daysNeverRead());
    var said = String.join(", ", ranges.subList(0, Math.min(ranges.size(), MOST_RANGES)));
    return ranges.size() > MOST_RANGES ? text("report.page.coverage.more", said) : said;
  }
}
