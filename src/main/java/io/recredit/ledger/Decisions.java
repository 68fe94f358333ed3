package io.recredit.ledger;

import io.recredit.ledger.DecisionRow.CreditRow;
import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The decisions: what is in force, and writing what a run decides differently. */
@Repository
public class Decisions {

  private static final List<String> COLUMNS =
      List.of(
          "refund_id",
          "since_run",
          "order_id",
          "outcome",
          "currency",
          "refunded_amount",
          "refunded_at",
          "business_date",
          "match_rule",
          "reason",
          "blocking_refund_id",
          "duplicate_of",
          "duplicate_of_amount",
          "written_off_amount");

  private static final List<String> CREDIT_COLUMNS =
      List.of("refund_id", "since_run", "capture_id", "credited_amount", "return_fee_amount");

  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final Versions versions;
  private final BesideDecisions beside;
  private final BookLines books;

  Decisions(
      JdbcClient jdbc,
      DataSource dataSource,
      Versions versions,
      BesideDecisions beside,
      BookLines books) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.versions = versions;
    this.beside = beside;
    this.books = books;
  }

  /** What is in force of a page of orders to be decided, by the order's number. */
  Map<Long, InForce> inForce(long first, long last) {
    var decisions = new HashMap<Long, Map<String, DecisionRow>>();
    jdbc.sql(
            """
            select t.n, d.*, c.capture_id, c.credited_amount, c.return_fee_amount
            from order_to_decide t
            join decision d on d.order_id = t.order_id and d.until_run is null
            left join credit c on c.refund_id = d.refund_id and c.since_run = d.since_run
            where t.n between :first and :last and t.decided
            """)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              decisions
                  .computeIfAbsent(row.getLong("n"), n -> new HashMap<>())
                  .merge(row.getString("refund_id"), decision(row, credits(row)), Decisions::both);
            });
    var texts = beside.texts(first, last);
    var rules = beside.rules(first, last);
    var evidence = beside.evidence(first, last);
    var booked = books.inForce(first, last);
    var refusals = beside.refusals(first, last);
    var inForce = new HashMap<Long, InForce>();
    Stream.of(decisions, refusals)
        .flatMap(found -> found.keySet().stream())
        .distinct()
        .forEach(
            n ->
                inForce.put(
                    n,
                    new InForce(
                        List.copyOf(decisions.getOrDefault(n, Map.of()).values()),
                        texts.getOrDefault(n, List.of()),
                        rules.getOrDefault(n, List.of()),
                        evidence.getOrDefault(n, List.of()),
                        booked.getOrDefault(n, List.of()),
                        refusals.getOrDefault(n, List.of()))));
    return inForce;
  }

  private static List<CreditRow> credits(ResultSet row) throws SQLException {
    return row.getString("capture_id") == null ? List.of() : List.of(credit(row));
  }

  /** One decision, of which each has some of the credits. */
  private static DecisionRow both(DecisionRow one, DecisionRow other) {
    var credits = new ArrayList<>(one.credits());
    credits.addAll(other.credits());
    return one.with(credits);
  }

  /**
   * Closes what stands for refunds, and refused requests, that the run's input took from their
   * orders: another order may have them now, and is decided first.
   */
  public void closeOfGoneRefunds(long runId) {
    jdbc.sql(
            """
            with gone as (
              update decision d set until_run = :run
              where d.until_run is null
                and d.refund_id in (select refund_id from refund where until_run = :run)
                and not exists (
                  select from refund r
                  where r.refund_id = d.refund_id and r.until_run is null and r.counts and r.order_id = d.order_id)
              returning d.refund_id
            ), overtaken as (
              update rules_decision x set until_run = :run
              from gone
              where x.refund_id = gone.refund_id and x.until_run is null
            ), unbooked as (
              update book_line x set until_run = :run
              from gone
              where x.refund_id = gone.refund_id and x.until_run is null
            ), outdated as (
              update refund_evidence x set until_run = :run
              from gone
              where x.refund_id = gone.refund_id and x.until_run is null
            )
            update exception_text t set until_run = :run
            from gone
            where t.refund_id = gone.refund_id and t.until_run is null
            """)
        .param("run", runId)
        .update();
    jdbc.sql(
            """
            update refusal_decision d set until_run = :run
            where d.until_run is null
              and d.refusal_id in (select refusal_id from refusal where until_run = :run)
              and not exists (
                select from refusal r
                where r.refusal_id = d.refusal_id and r.until_run is null and r.counts and r.order_id = d.order_id)
            """)
        .param("run", runId)
        .update();
  }

  /** Closes what does not hold any more of some orders, and writes what is new. */
  public void write(long runId, Collection<? extends OrderChanges> orders) throws SQLException {
    beside.write(runId, orders);
    books.write(runId, orders);
    var decisions =
        versions.replace(
            "decision",
            COLUMNS,
            runId,
            orders,
            OrderChanges::decisions,
            (row, to) -> write(row, runId, to));
    BinaryCopy.rows(
        dataSource,
        "credit",
        CREDIT_COLUMNS,
        decisions.stream().flatMap(Decisions::credits).toList(),
        (credit, to) -> write(credit.credit(), credit.decision(), runId, to));
  }

  private record CreditOf(DecisionRow decision, CreditRow credit) {}

  private static Stream<CreditOf> credits(DecisionRow decision) {
    return decision.credits().stream().map(credit -> new CreditOf(decision, credit));
  }

  /**
   * The last of these numbers up to which the run has decided; the one before the first if none.
   */
  public long decidedUpTo(long firstN, long lastN) {
    return jdbc.sql(
            "select coalesce(max(last_n), ? - 1) from decided_range where first_n between ? and ?")
        .params(firstN, firstN, lastN)
        .query(Long.class)
        .single();
  }

  /** The orders of these numbers have been through the allocator; part of the proof. */
  public void wentThrough(long firstN, long lastN) {
    jdbc.sql("insert into decided_range (first_n, last_n) values (?, ?)")
        .params(firstN, lastN)
        .update();
  }

  private static void write(DecisionRow row, long runId, CopyBuffer to) {
    to.text(row.refundId());
    to.bigint(runId);
    to.text(row.orderId());
    to.text(row.outcome());
    to.text(row.currency());
    to.bigint(row.refundedAmount());
    to.time(row.refundedAt());
    to.date(row.businessDate());
    to.text(row.matchRule());
    to.text(row.reason());
    to.text(row.blockingRefundId());
    to.text(row.duplicateOf());
    to.bigint(row.duplicateOfAmount());
    to.bigint(row.writtenOffAmount());
  }

  private static void write(CreditRow credit, DecisionRow row, long runId, CopyBuffer to) {
    to.text(row.refundId());
    to.bigint(runId);
    to.text(credit.captureId());
    to.bigint(credit.creditedAmount());
    to.bigint(credit.returnFeeAmount());
  }

  static DecisionRow decision(ResultSet row, List<CreditRow> credits) throws SQLException {
    return new DecisionRow(
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getString("outcome"),
        row.getString("currency"),
        row.getLong("refunded_amount"),
        Rows.time(row, "refunded_at"),
        Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
        row.getString("match_rule"),
        row.getString("reason"),
        row.getString("blocking_refund_id"),
        row.getString("duplicate_of"),
        row.getObject("duplicate_of_amount", Long.class),
        row.getObject("written_off_amount", Long.class),
        credits);
  }

  static CreditRow credit(ResultSet row) throws SQLException {
    return new CreditRow(
        row.getString("capture_id"),
        row.getLong("credited_amount"),
        row.getLong("return_fee_amount"));
  }
}
