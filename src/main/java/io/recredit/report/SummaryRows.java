package io.recredit.report;

import io.recredit.report.Overview.DayTotals;
import io.recredit.table.Cell;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the tables that are known as a whole: the summary, and the days. */
final class SummaryRows {

  private final Overview overview;
  private final List<List<Cell>> rows = new ArrayList<>();

  private SummaryRows(Overview overview) {
    this.overview = overview;
  }

  /** Of {@link ReportTables#SUMMARY}. */
  static List<List<Cell>> of(Overview overview) {
    var summary = new SummaryRows(overview);
    summary.scope();
    overview.totals().forEach(summary::totals);
    summary.exceptions();
    summary.rest();
    return summary.rows;
  }

  /** Of {@link ReportTables#DAYS}. */
  static List<List<Cell>> days(Overview overview) {
    return overview.days().stream().map(SummaryRows::day).toList();
  }

  private static List<Cell> day(DayTotals of) {
    var totals = of.totals();
    return List.of(
        of.day() == null ? Cell.BLANK : new Cell.Day(of.day()),
        Cell.text(totals.currency()),
        new Cell.Count(totals.refunds()),
        Cell.money(totals.refunded(), totals.currency()),
        new Cell.Count(totals.creditedRefunds()),
        Cell.money(totals.credited(), totals.currency()),
        Cell.money(totals.assumed(), totals.currency()),
        new Cell.Count(totals.exceptions()),
        Cell.money(totals.unallocated(), totals.currency()),
        new Cell.Count(totals.writeOffs()),
        Cell.money(totals.writtenOff(), totals.currency()),
        new Cell.Count(totals.duplicates()),
        Cell.money(totals.duplicated(), totals.currency()),
        Cell.money(totals.difference(), totals.currency()));
  }

  private void scope() {
    var scope = overview.scope();
    said("report", "from", scope.request().from().toString());
    said("report", "to", scope.request().to().toString());
    said("report", "day that counts", scope.request().basis().column());
    said("report", "run shown", "run %d, %s".formatted(scope.run().runId(), scope.run().what()));
    said("report", "shown on", scope.shownOn().toString());
    scope.run().policies().words().forEach((name, word) -> said("policy", name, word));
  }

  private void totals(Totals totals) {
    amount(totals, "refunded", totals.refunds(), totals.refunded());
    amount(totals, "credited", totals.creditedRefunds(), totals.credited());
    amount(totals, "unallocated", totals.exceptions(), totals.unallocated());
    amount(totals, "written off", totals.writeOffs(), totals.writtenOff());
    amount(totals, "duplicates", totals.duplicates(), totals.duplicated());
    amount(totals, "difference", null, totals.difference());
    amount(totals, "assumed, of what is credited", null, totals.assumed());
  }

  private void exceptions() {
    overview
        .byReason()
        .forEach(
            of ->
                add(
                    "exceptions by reason",
                    of.what(),
                    of.currency(),
                    of.count(),
                    of.amount(),
                    ReasonWords.of(of.what())));
    overview
        .byAge()
        .forEach(
            of ->
                add(
                    "exceptions by age",
                    of.what().words(),
                    of.currency(),
                    of.count(),
                    of.amount(),
                    null));
    overview
        .rootCauses()
        .forEach(
            cause ->
                add(
                    "root causes, the worst",
                    cause.refundId(),
                    cause.currency(),
                    cause.blocked(),
                    cause.blockedAmount(),
                    "order %s, refund of %s, %s"
                        .formatted(
                            cause.orderId(),
                            cause.businessDate(),
                            cause.reason() == null ? "resolved" : cause.reason())));
  }

  private void rest() {
    add("input", "rejected lines", null, overview.rejectedCount(), null, null);
    add("coverage", "days read", null, (long) overview.daysRead(), null, null);
    add(
        "coverage",
        "days never read",
        null,
        (long) overview.daysNeverRead().size(),
        null,
        String.join(", ", Figures.spans(overview.daysNeverRead())));
  }

  private void said(String part, String item, String value) {
    add(part, item, null, null, null, value);
  }

  private void amount(Totals of, String item, @Nullable Long count, BigInteger amount) {
    add("totals", item, of.currency(), count, amount, null);
  }

  private void add(
      String part,
      String item,
      @Nullable String currency,
      @Nullable Long count,
      @Nullable BigInteger amount,
      @Nullable String value) {
    rows.add(
        Arrays.asList(
            Cell.text(part),
            Cell.text(item),
            Cell.text(currency),
            count == null ? Cell.BLANK : new Cell.Count(count),
            amount == null ? Cell.BLANK : Cell.money(amount, currency),
            Cell.text(value)));
  }
}
