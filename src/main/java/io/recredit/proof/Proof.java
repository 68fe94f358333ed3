package io.recredit.proof;

import io.recredit.postgres.BlockRanges;
import io.recredit.postgres.TableStatistics;
import io.recredit.wording.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The proof of SPEC part 4, from the tables alone: what was accepted is what was decided, refund by
 * refund, and for every order, business date and currency; nothing is credited above what was
 * captured. Each check selects what breaks it, as sentences; none may select anything.
 */
@Repository
public class Proof {

  private static final int MOST_NAMED = 5;

  /**
   * What the checks look at: the rows that hold as of the run, of the orders in question, in
   * temporary tables, so that each check is a cheap join. A refund's currency is worked out from
   * the input once more. Its business date is the decision's: PostgreSQL may know other rules of a
   * time zone than the JDK, and a ledger must not stop over that; BUSINESS_DATE_IS_NEAR bounds it.
   */
  private static final List<String> ROWS =
      List.of(
          """
          create temporary table proved_order on commit drop as {orders}
          """,
          "analyze proved_order",
          """
          create temporary table proved_decision on commit drop as
          select d.refund_id, d.since_run, d.order_id, d.outcome, d.currency, d.refunded_amount, d.written_off_amount,
            d.refunded_at, d.business_date
          from proved_order join decision d using (order_id)
          where d.since_run <= :run and (d.until_run is null or d.until_run > :run)
          """,
          """
          create temporary table proved_capture on commit drop as
          select c.capture_id, c.order_id, c.captured_amount, c.captured_at, c.purchase_currency
          from proved_order join capture c using (order_id)
          where c.counts and c.since_run <= :run and (c.until_run is null or c.until_run > :run)
          """,
          """
          create temporary table proved_refund on commit drop as
          select r.refund_id, r.order_id, r.refunded_amount, r.refunded_at, d.business_date, r.purchase_currency as currency
          from proved_order join refund r using (order_id)
          left join proved_decision d using (refund_id)
          where r.counts and r.since_run <= :run and (r.until_run is null or r.until_run > :run)
          """,
          """
          update proved_refund r set currency = oldest.purchase_currency
          from (
            select distinct on (c.order_id) c.order_id, c.captured_at, c.purchase_currency
            from (select distinct order_id from proved_refund where currency is null) unnamed
            join proved_capture c using (order_id)
            order by c.order_id, c.captured_at, c.capture_id
          ) oldest
          where r.currency is null and oldest.order_id = r.order_id and oldest.captured_at <= r.refunded_at
          """,
          """
          create temporary table proved_credit on commit drop as
          select d.order_id, d.currency, k.refund_id, k.since_run, k.capture_id, k.credited_amount
          from proved_decision d join credit k on k.refund_id = d.refund_id and k.since_run = d.since_run
          """);

  private static final String EVERY_RECORD_ONCE =
      """
      select format('Capture %s of order %s is accepted %s times.', capture_id, order_id, count(*))
      from proved_capture group by capture_id, order_id having count(*) > 1
      union all
      select format('Refund %s of order %s is accepted %s times.', refund_id, order_id, count(*))
      from proved_refund group by refund_id, order_id having count(*) > 1
      union all
      select format('Refund %s of order %s has %s credits on capture %s.', refund_id, order_id, count(*), capture_id)
      from proved_credit group by refund_id, since_run, order_id, capture_id having count(*) > 1
      """;

  private static final String EVERY_REFUND_DECIDED_ONCE =
      """
      select case
        when d.refund_id is null then format('Refund %s of order %s was accepted and not decided.', a.refund_id, a.order_id)
        when a.refund_id is null then format('Refund %s of order %s was decided and is not accepted.', d.refund_id, d.order_id)
        when d.decisions > 1 then format('Refund %s of order %s was decided %s times.', a.refund_id, a.order_id, d.decisions)
        else format('Refund %s of order %s: %s accepted, %s decided.', a.refund_id, a.order_id,
          recredit.money(a.refunded_amount, a.currency), recredit.money(d.refunded_amount, a.currency))
      end
      from proved_refund a
      full join (
        select refund_id, order_id, count(*) as decisions, sum(refunded_amount) as refunded_amount
        from proved_decision group by refund_id, order_id
      ) d on d.refund_id = a.refund_id and d.order_id = a.order_id
      where d.refund_id is null or a.refund_id is null or d.decisions > 1 or d.refunded_amount <> a.refunded_amount
      """;

  private static final String TOTALS_AGREE =
      """
      select format('Order %s, %s, %s: %s refunds of %s accepted, %s of %s decided (credited %s, unallocated %s, written off %s, duplicates %s).',
        t.order_id, t.business_date, coalesce(t.currency, 'currency unknown'),
        t.accepted, recredit.money(t.accepted_amount, t.currency),
        t.decided, recredit.money(t.credited + t.unallocated + t.written_off + t.duplicates, t.currency),
        recredit.money(t.credited, t.currency), recredit.money(t.unallocated, t.currency),
        recredit.money(t.written_off, t.currency), recredit.money(t.duplicates, t.currency))
      from (
        select coalesce(a.order_id, d.order_id) as order_id, coalesce(a.business_date, d.business_date) as business_date,
          coalesce(a.currency, d.currency) as currency,
          coalesce(a.refunds, 0) as accepted, coalesce(a.amount, 0) as accepted_amount, coalesce(d.refunds, 0) as decided,
          coalesce(d.credited, 0) as credited, coalesce(d.unallocated, 0) as unallocated,
          coalesce(d.written_off, 0) as written_off, coalesce(d.duplicates, 0) as duplicates
        from (
          select order_id, business_date, currency, count(*) as refunds, sum(refunded_amount) as amount
          from proved_refund group by order_id, business_date, currency
        ) a
        full join (
          select o.order_id, o.business_date, o.currency, count(*) as refunds,
            coalesce(sum(c.amount), 0) as credited,
            coalesce(sum(o.refunded_amount) filter (where o.outcome = 'exception'), 0) as unallocated,
            coalesce(sum(o.written_off_amount), 0) as written_off,
            coalesce(sum(o.refunded_amount) filter (where o.outcome = 'duplicate'), 0) as duplicates
          from proved_decision o
          left join (
            select refund_id, since_run, sum(credited_amount) as amount from proved_credit group by refund_id, since_run
          ) c on c.refund_id = o.refund_id and c.since_run = o.since_run
          group by o.order_id, o.business_date, o.currency
        ) d on d.order_id = a.order_id and d.business_date = a.business_date
          and coalesce(d.currency, '') = coalesce(a.currency, '')
      ) t
      where t.accepted <> t.decided
        or t.accepted_amount <> t.credited + t.unallocated + t.written_off + t.duplicates
      """;

  private static final String NO_CAPTURE_ABOVE_ITS_AMOUNT =
      """
      select case
        when max(c.captured_amount) is null then
          format('Capture %s of order %s is credited with %s and is not accepted in that order and currency.',
            k.capture_id, k.order_id, recredit.money(sum(k.credited_amount), k.currency))
        else format('Capture %s of order %s is credited with %s, above its captured amount of %s.',
          k.capture_id, k.order_id, recredit.money(sum(k.credited_amount), k.currency),
          recredit.money(max(c.captured_amount), k.currency))
      end
      from proved_credit k
      left join proved_capture c
        on c.capture_id = k.capture_id and c.order_id = k.order_id and c.purchase_currency = k.currency
      group by k.capture_id, k.order_id, k.currency
      having max(c.captured_amount) is null or sum(k.credited_amount) > max(c.captured_amount)
      """;

  private static final String ONLY_CREDITED_HAVE_CREDITS =
      """
      select format('Refund %s of order %s was decided as %s and has credits of %s on invoices; it refunds %s.',
        d.refund_id, d.order_id, d.outcome, recredit.money(coalesce(k.amount, 0), d.currency),
        recredit.money(d.refunded_amount, d.currency))
      from proved_decision d
      left join (
        select refund_id, since_run, sum(credited_amount) as amount from proved_credit group by refund_id, since_run
      ) k on k.refund_id = d.refund_id and k.since_run = d.since_run
      where coalesce(k.amount, 0) <> case d.outcome when 'credited' then d.refunded_amount - coalesce(d.written_off_amount, 0) else 0 end
      """;

  private static final String BUSINESS_DATE_IS_NEAR =
      """
      select format('Refund %s of order %s, made at %s, has the business date %s.',
        d.refund_id, d.order_id, d.refunded_at, d.business_date)
      from proved_decision d
      where abs(d.business_date - (d.refunded_at at time zone 'UTC')::date) > 1
      """;

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
  private final TableStatistics statistics;
  private final BlockRanges ranges;

  Proof(JdbcClient jdbc, TableStatistics statistics, BlockRanges ranges) {
    this.jdbc = jdbc;
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
    ranges.summarizeRest("decision");
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
        .query((row, n) -> checks(EVERY_ORDER, Map.of("run", row.getLong(1))))
        .optional()
        .orElse(List.of());
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
            select format('%s orders were to be decided anew, %s were, and %s were proved.', touched, decided, proved)
            from (select count(*) as touched from order_to_decide) t,
              (select coalesce(sum(last_n - first_n + 1), 0) as decided from decided_range) d,
              (select coalesce(sum(last_n - first_n + 1), 0) as proved from proved_range) p
            where touched <> decided or touched <> proved
            """)
        .query(String.class)
        .list();
  }

  /** The tables do not add up; says where. */
  public static UserException failed(List<String> broken) {
    return new UserException("The proof failed: " + String.join(" ", broken));
  }

  private List<String> checks(String orders, Map<String, Long> parameters) {
    for (var rows : ROWS) {
      jdbc.sql(rows.replace("{orders}", orders)).params(parameters).update();
    }
    var broken = new ArrayList<String>();
    for (var check :
        List.of(
            EVERY_RECORD_ONCE,
            EVERY_REFUND_DECIDED_ONCE,
            TOTALS_AGREE,
            NO_CAPTURE_ABOVE_ITS_AMOUNT,
            ONLY_CREDITED_HAVE_CREDITS,
            BUSINESS_DATE_IS_NEAR)) {
      broken.addAll(jdbc.sql(check + " limit " + MOST_NAMED).query(String.class).list());
    }
    return broken;
  }
}
