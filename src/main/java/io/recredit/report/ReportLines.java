package io.recredit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a report comes to, for the terminal. */
final class ReportLines {

  private ReportLines() {}

  static List<String> of(Overview overview) {
    var scope = overview.scope();
    var lines = new ArrayList<String>();
    lines.add(
        "Refunds of %s %s, as run %d (%s) shows them."
            .formatted(
                scope.request().days(),
                scope.request().basis().words(),
                scope.run().runId(),
                scope.run().what()));
    lines.add("");
    for (var totals : overview.totals()) {
      lines.add(label("refunded") + Figures.money(totals.refunded(), totals.currency()));
      lines.add(
          label("")
              + "= %s credited + %s unallocated + %s written off + %s duplicates"
                  .formatted(
                      Figures.amount(totals.credited(), totals.currency()),
                      Figures.amount(totals.unallocated(), totals.currency()),
                      Figures.amount(totals.writtenOff(), totals.currency()),
                      Figures.amount(totals.duplicated(), totals.currency())));
    }
    lines.add(label("exceptions") + Figures.count(overview.exceptionCount()));
    if (overview.rejectedCount() > 0) {
      lines.add(label("rejected") + Figures.counted(overview.rejectedCount(), "input line"));
    }
    if (!overview.daysNeverRead().isEmpty()) {
      lines.add(label("never read") + neverRead(overview));
    }
    return lines;
  }

  private static String neverRead(Overview overview) {
    var spans = Figures.spans(overview.daysNeverRead());
    return spans.size() > 3
        ? Figures.counted(overview.daysNeverRead().size(), "day")
        : String.join(", ", spans);
  }

  private static String label(String label) {
    return String.format(Locale.ROOT, "  %-12s", label);
  }
}
