package io.recredit.proof;

import static io.recredit.wording.Messages.text;

import io.recredit.ledger.ClosedPeriods;
import io.recredit.postgres.BlockRanges;
import io.recredit.postgres.TableStatistics;
import io.recredit.proof.Checks.Check;
import io.recredit.wording.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The proof of rules.md, part 4, from the tables alone: what was accepted is what was decided,
 * refund by refund, and for every order, business date and currency; nothing is credited above what
 * was captured ({@link Checks}); and the books lead to just that.
 */
@Repository
public class Proof {

  private static final int MOST_NAMED = 5;

  private static final String SHARE =
      "select order_id from order_to_decide where n between :first and :last";

  private static final String EVERY_ORDER =
      """
      select order_id from refund where since_run <= :run and (until_run is null or until_run > :run)
      union select order_id from decision where since_run <= :run and (until_run is null or until_run > :run)
      """;

  private static final String NOTE_WHAT_WAS_PROVED =
      """
      insert into proved_range
        (first_n, last_n, refunds_decided, credited, excepted, written_off, duplicates, orders_over_refunded)
      select :first, :last, count(*),
        count(*) filter (where since_run = :run and outcome = 'credited'),
        count(*) filter (where since_run = :run and outcome = 'exception'),
        count(*) filter (where since_run = :run and outcome = 'written_off'),
        count(*) filter (where since_run = :run and outcome = 'duplicate'),
        (
          select count(*)
          from (
            select order_id, currency, sum(refunded_amount) as refunded
            from proved_decision where outcome <> 'duplicate' group by order_id, currency
          ) r
          join (
            select order_id, purchase_currency as currency, sum(captured_amount) as captured
            from proved_capture group by order_id, purchase_currency
          ) c using (order_id, currency)
          join (
            select distinct on (order_id) order_id, purchase_currency as currency
            from proved_capture order by order_id, captured_at, capture_id
          ) o using (order_id, currency)
          where refunded > captured
        )
      from proved_decision
      """;

  private final JdbcClient jdbc;
  private final ClosedPeriods closed;
  private final TableStatistics statistics;
  private final BlockRanges ranges;

  Proof(JdbcClient jdbc, ClosedPeriods closed, TableStatistics statistics, BlockRanges ranges) {
    this.jdbc = jdbc;
    this.closed = closed;
    this.statistics = statistics;
    this.ranges = ranges;
  }

  /**
   * Before the orders of a run are proved: what was written is to be found quickly, and what an
   * earlier process proved does not count.
   */
  public void prepare(long runId) {
    jdbc.sql("delete from proved_range").update();
    statistics.refresh(
        "decision",
        "refund_id, order_id, outcome, currency, business_date, since_run, until_run",
        rowsOf("decision", runId));
    statistics.refresh("credit", "refund_id, capture_id, since_run", rowsOf("credit", runId));
    statistics.refresh(
        "exception_text", "refund_id, since_run, until_run", rowsOf("exception_text", runId));
    statistics.refresh(
        "refund_evidence",
        "refund_id, order_id, since_run, until_run",
        rowsOf("refund_evidence", runId));
    statistics.refresh(
        "book_line", "refund_id, capture_id, since_run, until_run", rowsOf("book_line", runId));
    ranges.summarizeRest("book_line");
    ranges.summarizeRest("decision");
    ranges.summarizeRest("refund_evidence");
    ranges.summarizeRest("credit");
    ranges.summarizeRest("exception_text");
  }

  /**
   * What does not hold of the touched orders of these numbers; empty if the proof passes, and then
   * what was proved is noted. All that is proved is of one order, so shares of them can be proved
   * side by side.
   */
  public List<String> ofOrders(long runId, long first, long last) {
    var broken = checks(SHARE, Map.of("run", runId, "first", first, "last", last));
    if (broken.isEmpty()) {
      jdbc.sql(NOTE_WHAT_WAS_PROVED)
          .param("run", runId)
          .param("first", first)
          .param("last", last)
          .update();
    }
    return broken;
  }

  /**
   * What does not hold of everything that is shown; empty if the proof passes, or nothing is shown
   * yet.
   */
  @Transactional(isolation = Isolation.REPEATABLE_READ)
  public List<String> ofEverything() {
    return jdbc.sql("select run_id from run where status = 'done' order by run_id desc limit 1")
        .query((row, n) -> everything(Map.of("run", row.getLong(1))))
        .optional()
        .orElse(List.of());
  }

  private List<String> everything(Map<String, Long> run) {
    var broken = new ArrayList<>(checks(EVERY_ORDER, run));
    for (var check : BookChecks.ALL) {
      broken.addAll(broken(check, run));
    }
    broken.addAll(closed.broken());
    return broken;
  }

  private long rowsOf(String table, long runId) {
    return jdbc.sql("select count(*) from " + table + " where since_run = ?")
        .param(runId)
        .query(Long.class)
        .single();
  }

  /** Whether every touched order was decided, and then proved; sentences where not. */
  public List<String> ofWholeRun() {
    return jdbc.sql(
            """
            select touched, decided, proved
            from (select count(*) as touched from order_to_decide) t,
              (select coalesce(sum(last_n - first_n + 1), 0) as decided from decided_range) d,
              (select coalesce(sum(last_n - first_n + 1), 0) as proved from proved_range) p
            where touched <> decided or touched <> proved
            """)
        .query(
            (row, n) ->
                text(
                    "proof.orders",
                    row.getLong("touched"),
                    row.getLong("decided"),
                    row.getLong("proved")))
        .list();
  }

  /** The tables do not add up; says where. */
  public static UserException failed(List<String> broken) {
    return new UserException(text("proof.failed", String.join(" ", broken)));
  }

  private List<String> checks(String orders, Map<String, Long> parameters) {
    for (var rows : Checks.ROWS) {
      jdbc.sql(rows.replace("{orders}", orders)).params(parameters).update();
    }
    var broken = new ArrayList<String>();
    for (var check : Checks.ALL) {
      broken.addAll(broken(check, parameters));
    }
    return broken;
  }

  private List<String> broken(Check check, Map<String, Long> parameters) {
    return jdbc.sql(check.query() + " limit " + MOST_NAMED)
        .params(parameters)
        .query(check.sentence())
        .list();
  }
}
