package io.recredit.report.content;

import io.recredit.evidence.Certainty;
import io.recredit.evidence.Verdict;
import io.recredit.report.content.RecordOverview.Agreement;
import io.recredit.report.content.RecordOverview.Differing;
import io.recredit.report.content.RecordOverview.FeedDifferences;
import io.recredit.report.content.RecordOverview.ToMove;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Asks for what a report says at a glance of Klarna's own record. */
record RecordQueries(ReportQueries queries) {

  static final int MOST_TO_MOVE = 15;
  static final int MOST_DIFFERING = 15;

  RecordOverview read() {
    var differing = new AtomicLong();
    var worst = differing(differing);
    return new RecordOverview(
        agreement(),
        toMove(),
        queries.count("select count(*) " + RecordTables.TO_MOVE),
        worst,
        differing.get(),
        feed());
  }

  private List<Agreement> agreement() {
    return queries
        .ask(RecordTables.AGREEMENT)
        .query(
            (row, n) ->
                new Agreement(
                    row.getString("decision"),
                    Verdict.valueOf(row.getString("verdict")),
                    Certainty.PROVEN.name().equals(row.getString("certainty")),
                    row.getString("currency"),
                    row.getLong("refunds"),
                    Totals.sum(row, "amount")))
        .list();
  }

  private List<ToMove> toMove() {
    return queries
        .ask(
            "select m.refund_id, m.request "
                + RecordTables.TO_MOVE
                + "order by m.refunded_amount desc, m.refund_id limit "
                + MOST_TO_MOVE)
        .query((row, n) -> new ToMove(row.getString("refund_id"), row.getString("request")))
        .list();
  }

  /**
   * Those that differ the most.
   *
   * @param all takes how many there are
   */
  private List<Differing> differing(AtomicLong all) {
    return queries
        .ask(
            "select c.*, count(*) over () as all_of_them "
                + RecordTables.DIFFERING
                + "order by abs(c.difference) desc, c.capture_id limit "
                + MOST_DIFFERING)
        .query(
            (row, n) -> {
              all.set(row.getLong("all_of_them"));
              return new Differing(
                  row.getString("order_id"),
                  row.getString("invoice_reference"),
                  row.getString("currency"),
                  Totals.sum(row, "credited_amount"),
                  Totals.sum(row, "klarna_refunded_amount"),
                  Totals.sum(row, "difference"));
            })
        .list();
  }

  private List<FeedDifferences> feed() {
    return queries
        .ask(
            "select f.kind, count(*) as differences, min(f.explanation) as example "
                + RecordTables.OTHERWISE_FED
                + "group by f.kind order by f.kind")
        .query(
            (row, n) ->
                new FeedDifferences(
                    row.getString("kind"), row.getLong("differences"), row.getString("example")))
        .list();
  }
}
