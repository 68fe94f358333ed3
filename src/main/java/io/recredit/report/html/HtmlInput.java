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
import io.recredit.wording.Amounts;
import io.recredit.wording.Days;
import java.util.List;
import java.util.Objects;

/**
 * The part of the page that is about the input: what Klarna refused, what was rejected, and what
 * was never read.
 */
final class HtmlInput {

  private static final int MOST_RANGES = 40;

  private HtmlInput() {}

  static String of(Overview overview) {
    return refused(overview) + rejected(overview) + coverage(overview);
  }

  /** Nothing is said where there are none: most shops do not collect them. */
  private static String refused(Overview overview) {
    if (overview.refusedCount() == 0) {
      return "";
    }
    var shown = overview.refused();
    var requests = counted("report.count.request", overview.refusedCount());
    return heading(text("report.page.refused"))
        + paragraph(
            "note",
            overview.refusedCount() > shown.size()
                ? text("report.page.refused.first", requests, shown.size())
                : text("report.page.refused.all", requests))
        + table(
            List.of(
                head(text("report.head.order")),
                numberHead(text("report.head.amount")),
                head(text("report.head.answer")),
                head(text("report.head.correlation")),
                head(text("report.head.would-be")),
                head(text("report.head.followed-by"))),
            shown.stream().map(HtmlInput::refused).toList());
  }

  private static String refused(Overview.RefusedRequest request) {
    var amount = request.refundedAmount();
    return row(
        id(request.orderId()),
        number(amount == null ? "" : Amounts.format(amount, request.currency())),
        td(request.answer()),
        id(Objects.requireNonNullElse(request.correlationId(), "")),
        td(Objects.requireNonNullElse(request.wouldBe(), "")),
        id(Objects.requireNonNullElse(request.followedBy(), "")));
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
