package io.recredit.report;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Formats;
import io.recredit.report.content.Overview;
import io.recredit.report.content.Totals;
import io.recredit.wording.Amounts;
import io.recredit.wording.Days;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a report comes to, for the terminal. */
final class ReportLines {

  private static final int MOST_RANGES = 3;

  private ReportLines() {}

  static List<String> of(Overview overview) {
    var reported = overview.reported();
    var lines = new ArrayList<String>();
    lines.add(
        text(
            "report.lines.head",
            reported.request().days(),
            reported.request().basis().words(),
            reported.run().runId(),
            reported.run().what()));
    if (reported.prunedBefore() != null) {
      lines.add(line(text("report.pruned"), text("report.pruned.before", reported.prunedBefore())));
    }
    lines.add("");
    for (var totals : overview.totals()) {
      lines.add(
          line(text("report.refunded"), Amounts.format(totals.refunded(), totals.currency())));
      lines.add(line("", sum(totals)));
    }
    lines.add(line(text("report.lines.exceptions"), Formats.count(overview.exceptionCount())));
    if (overview.record().toMoveCount() > 0) {
      lines.add(
          line(
              text("report.lines.record"),
              counted("count.to-move", overview.record().toMoveCount())));
    }
    if (overview.otherAmounts() > 0) {
      lines.add(
          line(text("report.duplicates"), counted("count.other-amount", overview.otherAmounts())));
    }
    if (overview.overtaken() > 0) {
      lines.add(line(text("report.resolved"), counted("count.overtaken", overview.overtaken())));
    }
    if (overview.rejectedCount() > 0) {
      lines.add(
          line(
              text("report.lines.rejected"),
              counted("report.count.input-line", overview.rejectedCount())));
    }
    if (!overview.daysNeverRead().isEmpty()) {
      lines.add(line(text("report.lines.never-read"), neverRead(overview)));
    }
    return lines;
  }

  private static String sum(Totals of) {
    return text(
        "report.lines.sum",
        Amounts.number(of.credited(), of.currency()),
        Amounts.number(of.unallocated(), of.currency()),
        Amounts.number(of.writtenOff(), of.currency()),
        Amounts.number(of.duplicated(), of.currency()));
  }

  private static String neverRead(Overview overview) {
    var ranges = Days.ranges(overview.daysNeverRead());
    return ranges.size() > MOST_RANGES
        ? counted("report.count.day", overview.daysNeverRead().size())
        : String.join(", ", ranges);
  }

  private static String line(String label, String value) {
    return String.format(Locale.ROOT, "  %-12s%s", label, value);
  }
}
