package io.recredit.ledger;

import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.Policies;
import io.recredit.feed.FeedKind;
import io.recredit.input.InputTable;
import io.recredit.ledger.DecisionRow.CreditRow;
import io.recredit.ledger.KlarnaAnswers.PayoutDifference;
import io.recredit.ledger.KlarnaAnswers.ShownEvent;
import io.recredit.ledger.KlarnaAnswers.ShownPayout;
import io.recredit.ledger.KlarnaAnswers.ShownRefusal;
import io.recredit.ledger.ShownOrder.OtherOrders;
import io.recredit.ledger.ShownOrder.ShownDecision;
import io.recredit.postgres.Rows;
import io.recredit.resolution.Resolutions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads single orders as of the newest finished run: what an unfinished one wrote or closed is not
 * seen. All of an order comes from one snapshot, so that a run may finish meanwhile.
 */
@Repository
public class ShownOrders {

  private static final String RECORDS =
      """
      select {columns}
      from {table} x
      where x.order_id = :order and x.counts
        and x.since_run <= :run and (x.until_run is null or x.until_run > :run)
      """;

  private final JdbcClient jdbc;
  private final Resolutions resolutions;
  private final KlarnaRecords records;

  ShownOrders(JdbcClient jdbc, Resolutions resolutions, KlarnaRecords records) {
    this.jdbc = jdbc;
    this.resolutions = resolutions;
    this.records = records;
  }

  /** Empty where no finished run has read anything of the order. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<ShownOrder> order(String orderId) {
    return jdbc.sql("select * from run where status = 'done' order by run_id desc limit 1")
        .query((row, n) -> order(orderId, row.getLong("run_id"), PolicyStore.read(row)))
        .optional()
        .filter(ShownOrders::isKnown);
  }

  private ShownOrder order(String orderId, long run, Policies policies) {
    var history =
        new OrderHistory(
            orderId,
            records(
                FeedKind.CAPTURES,
                orderId,
                run,
                (row, n) -> OrderHistories.capture(row, UnaryOperator.identity())),
            records(
                FeedKind.REFUNDS,
                orderId,
                run,
                (row, n) -> OrderHistories.refund(row, UnaryOperator.identity())),
            records(FeedKind.RELEASES, orderId, run, (row, n) -> OrderHistories.release(row)),
            resolutions.ofOrder(orderId, run),
            records.shown(orderId));
    return new ShownOrder(
        run,
        policies,
        history,
        decisions(orderId),
        resolutions.everyOneOfOrder(orderId),
        new OtherOrders(hints(orderId), movedTo(orderId)),
        new KlarnaAnswers(
            refusals(orderId), events(orderId), payouts(orderId), payoutDifferences(orderId)));
  }

  private Map<String, String> hints(String orderId) {
    return byRefund(
        orderId,
        "select refund_id, told from seen_elsewhere where order_id = ? and told is not null");
  }

  private Map<String, String> movedTo(String orderId) {
    return byRefund(
        orderId,
        """
        select distinct d.refund_id, r.order_id as told
        from decision d
        join shown_refund r on r.refund_id = d.refund_id and r.order_id <> d.order_id
        where d.order_id = ?
        """);
  }

  private Map<String, String> byRefund(String orderId, String sql) {
    var told = new HashMap<String, String>();
    jdbc.sql(sql)
        .param(orderId)
        .query(
            row -> {
              told.put(row.getString("refund_id"), row.getString("told"));
            });
    return told;
  }

  private List<ShownPayout> payouts(String orderId) {
    return jdbc.sql(
            """
            select refund_id, null as capture_id, payment_reference, payout_date, amount, paid_currency, matched_by
            from recredit.refund_payout where order_id = :order and payment_reference is not null
            union all
            select null, capture_id, payment_reference, payout_date, amount, paid_currency, matched_by
            from recredit.capture_payout where order_id = :order and payment_reference is not null
            order by payout_date, payment_reference, refund_id, capture_id
            """)
        .param("order", orderId)
        .query(
            (row, n) ->
                new ShownPayout(
                    row.getString("refund_id"),
                    row.getString("capture_id"),
                    row.getString("payment_reference"),
                    row.getObject("payout_date", LocalDate.class),
                    row.getBigDecimal("amount").toBigIntegerExact(),
                    row.getString("paid_currency"),
                    row.getString("matched_by")))
        .list();
  }

  private List<PayoutDifference> payoutDifferences(String orderId) {
    return jdbc.sql(
            """
            select kind, payment_reference, row, refund_id, capture_id, explanation, suggestion
            from recredit.payout_difference
            where order_id = ? order by kind, payment_reference, row, refund_id, capture_id
            """)
        .param(orderId)
        .query(
            (row, n) ->
                new PayoutDifference(
                    row.getString("kind"),
                    row.getString("payment_reference"),
                    row.getObject("row", Long.class),
                    row.getString("refund_id"),
                    row.getString("capture_id"),
                    row.getString("explanation"),
                    row.getString("suggestion")))
        .list();
  }

  private List<ShownRefusal> refusals(String orderId) {
    return jdbc.sql(
            """
            select refusal_id, attempted_at, http_status, error_code, error_message, correlation_id,
              refunded_amount, currency, would_be, followed_by, request_faults
            from recredit.refused_refund where order_id = ? order by attempted_at, refusal_id
            """)
        .param(orderId)
        .query(
            (row, n) ->
                new ShownRefusal(
                    row.getString("refusal_id"),
                    Rows.time(row, "attempted_at"),
                    row.getObject("http_status", Long.class),
                    row.getString("error_code"),
                    row.getString("error_message"),
                    row.getString("correlation_id"),
                    row.getObject("refunded_amount", Long.class),
                    row.getString("currency"),
                    row.getString("would_be"),
                    row.getString("followed_by"),
                    row.getString("request_faults")))
        .list();
  }

  private List<ShownEvent> events(String orderId) {
    return jdbc.sql(
            """
            select event_id, occurred_at, order_id, refund_id, matched_by, named_refund_id, refunded_amount,
              correlation_id
            from (
              select * from recredit.refund_event where order_id = :order
              union
              select * from recredit.refund_event where named_order_id = :order
            ) e
            order by occurred_at, event_id
            """)
        .param("order", orderId)
        .query(
            (row, n) ->
                new ShownEvent(
                    row.getString("event_id"),
                    Rows.time(row, "occurred_at"),
                    row.getString("order_id"),
                    row.getString("refund_id"),
                    row.getString("matched_by"),
                    row.getString("named_refund_id"),
                    row.getObject("refunded_amount", Long.class),
                    row.getString("correlation_id")))
        .list();
  }

  private static boolean isKnown(ShownOrder order) {
    var history = order.history();
    return !history.captures().isEmpty()
        || !history.refunds().isEmpty()
        || !history.releases().isEmpty()
        || history.klarnaRecord().latest().isPresent()
        || !order.decisions().isEmpty()
        || !order.answers().isEmpty();
  }

  private <T> List<T> records(FeedKind kind, String orderId, long run, RowMapper<T> reader) {
    var table = InputTable.of(kind);
    return jdbc.sql(table.sql(RECORDS.replace("{columns}", table.historyColumns())))
        .param("order", orderId)
        .param("run", run)
        .query(reader)
        .list();
  }

  private List<ShownDecision> decisions(String orderId) {
    var credits = credits(orderId);
    return jdbc.sql(
            """
            select d.*, made.decided_on, superseding.run_id as superseded_by,
              superseding.decided_on as superseded_on
            from decision d
            join recredit.finished_run made on made.run_id = d.since_run
            left join recredit.finished_run superseding on superseding.run_id = d.until_run
            where d.order_id = ?
            order by d.since_run, d.refunded_at, d.refund_id
            """)
        .param(orderId)
        .query((row, n) -> decision(row, credits))
        .list();
  }

  /** Of every version of every decision on the order, by refund and run. */
  private Map<List<?>, List<CreditRow>> credits(String orderId) {
    var credits = new HashMap<List<?>, List<CreditRow>>();
    jdbc.sql(
            """
            select c.*
            from decision d
            join credit c on c.refund_id = d.refund_id and c.since_run = d.since_run
            where d.order_id = ?
            """)
        .param(orderId)
        .query(
            row -> {
              credits
                  .computeIfAbsent(key(row), key -> new ArrayList<>())
                  .add(Decisions.credit(row));
            });
    return credits;
  }

  private static List<?> key(ResultSet row) throws SQLException {
    return List.of(row.getString("refund_id"), row.getLong("since_run"));
  }

  private static ShownDecision decision(ResultSet row, Map<List<?>, List<CreditRow>> credits)
      throws SQLException {
    return new ShownDecision(
        row.getLong("since_run"),
        Objects.requireNonNull(row.getObject("decided_on", LocalDate.class)),
        Decisions.decision(row, credits.getOrDefault(key(row), List.of())),
        row.getObject("superseded_by", Long.class),
        row.getObject("superseded_on", LocalDate.class));
  }
}
