package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

import io.recredit.evidence.Verdict;
import io.recredit.report.content.Overview.DayTotals;
import io.recredit.table.Cell;
import io.recredit.wording.Days;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the tables that are known as a whole: the summary, and the days. */
public final class SummaryRows {

  private final Overview overview;
  private final List<List<Cell>> rows = new ArrayList<>();

  private SummaryRows(Overview overview) {
    this.overview = overview;
  }

  /** Of {@link ReportTables#SUMMARY}. */
  public static List<List<Cell>> of(Overview overview) {
    var summary = new SummaryRows(overview);
    summary.reported();
    overview.totals().forEach(summary::totals);
    summary.exceptions();
    summary.record();
    summary.rest();
    return summary.rows;
  }

  /** Of {@link ReportTables#DAYS}. */
  public static List<List<Cell>> days(Overview overview) {
    return overview.days().stream().map(SummaryRows::day).toList();
  }

  private static List<Cell> day(DayTotals of) {
    var totals = of.totals();
    return List.of(
        of.day() == null ? Cell.BLANK : new Cell.Day(of.day()),
        Cell.text(totals.currency()),
        new Cell.Count(totals.refunds()),
        Cell.money(totals.refunded(), totals.currency()),
        Cell.minorUnits(totals.refunded(), totals.currency()),
        new Cell.Count(totals.creditedRefunds()),
        Cell.money(totals.credited(), totals.currency()),
        Cell.money(totals.assumed(), totals.currency()),
        new Cell.Count(totals.exceptions()),
        Cell.money(totals.unallocated(), totals.currency()),
        Cell.minorUnits(totals.unallocated(), totals.currency()),
        new Cell.Count(totals.writeOffs()),
        Cell.money(totals.writtenOff(), totals.currency()),
        Cell.minorUnits(totals.writtenOff(), totals.currency()),
        new Cell.Count(totals.duplicates()),
        Cell.money(totals.duplicated(), totals.currency()),
        Cell.minorUnits(totals.duplicated(), totals.currency()),
        Cell.money(totals.difference(), totals.currency()));
  }

  private void reported() {
    var reported = overview.reported();
    var request = reported.request();
    var part = text("report.summary.report");
    said(part, text("report.summary.from"), request.from().toString());
    said(part, text("report.summary.to"), request.to().toString());
    said(part, text("report.summary.basis"), request.basis().column());
    said(
        part,
        text("report.summary.run"),
        text("report.summary.run.what", reported.run().runId(), reported.run().what()));
    said(part, text("report.summary.shown-on"), reported.shownOn().toString());
    reported
        .run()
        .policies()
        .words()
        .forEach((name, word) -> said(text("report.summary.policy"), name, word));
  }

  private void totals(Totals of) {
    amount(of, text("report.refunded"), of.refunds(), of.refunded());
    amount(of, text("report.credited"), of.creditedRefunds(), of.credited());
    amount(of, text("report.unallocated"), of.exceptions(), of.unallocated());
    amount(of, text("report.written-off"), of.writeOffs(), of.writtenOff());
    amount(of, text("report.duplicates"), of.duplicates(), of.duplicated());
    amount(of, text("report.difference"), null, of.difference());
    amount(of, text("report.summary.assumed"), null, of.assumed());
  }

  private void exceptions() {
    for (var of : overview.byReason()) {
      add(
          text("report.summary.by-reason"),
          of.what(),
          of.currency(),
          of.count(),
          of.amount(),
          text("report.reason." + of.what()));
    }
    for (var of : overview.byAge()) {
      add(
          text("report.summary.by-age"),
          of.what().words(),
          of.currency(),
          of.count(),
          of.amount(),
          null);
    }
    for (var cause : overview.rootCauses()) {
      add(
          text("report.summary.root-causes"),
          cause.refundId(),
          cause.currency(),
          cause.blocked(),
          cause.blockedAmount(),
          cause.reason() == null
              ? text("report.summary.cause-resolved", cause.orderId(), cause.businessDate())
              : text(
                  "report.summary.cause", cause.orderId(), cause.businessDate(), cause.reason()));
    }
  }

  private void record() {
    var record = overview.record();
    if (record.isEmpty()) {
      return;
    }
    var part = text("report.summary.record");
    for (var verdict : Verdict.values()) {
      if (record.refunds(verdict) > 0) {
        count(part, verdict.name(), record.refunds(verdict));
      }
    }
    count(part, text("report.summary.record.to-move"), record.toMoveCount());
    count(part, text("report.summary.record.differing"), record.differingCount());
    record.feed().forEach(of -> add(part, of.kind(), null, of.count(), null, of.example()));
  }

  private void rest() {
    if (overview.otherAmounts() > 0) {
      count(
          text("report.summary.check"),
          text("report.summary.other-amounts"),
          overview.otherAmounts());
    }
    if (overview.overtaken() > 0) {
      count(text("report.summary.check"), text("report.summary.overtaken"), overview.overtaken());
    }
    add(
        text("report.summary.balances"),
        text("report.summary.balances.left-out"),
        null,
        overview.invoicesLeftOut(),
        null,
        text("report.summary.balances.scope"));
    count(text("report.summary.input"), text("report.summary.rejected"), overview.rejectedCount());
    var coverage = text("report.summary.coverage");
    count(coverage, text("report.summary.days-read"), overview.daysRead());
    add(
        coverage,
        text("report.summary.never-read"),
        null,
        (long) overview.daysNeverRead().size(),
        null,
        String.join(", ", Days.ranges(overview.daysNeverRead())));
  }

  private void count(String part, String item, long count) {
    add(part, item, null, count, null, null);
  }

  private void said(String part, String item, String value) {
    add(part, item, null, null, null, value);
  }

  private void amount(Totals of, String item, @Nullable Long count, BigInteger amount) {
    add(text("report.summary.totals"), item, of.currency(), count, amount, null);
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
            amount == null ? Cell.BLANK : Cell.minorUnits(amount, currency),
            Cell.text(value)));
  }
}
