package io.recredit.store;

import io.recredit.allocation.Settlement;
import io.recredit.allocation.Settlement.Part;
import io.recredit.store.SettlementEntry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What accountants decided about exceptions, in versions like all input. */
@Repository
public class Settlements {

  private final JdbcClient jdbc;

  Settlements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A refund as it stands, for whoever is about to settle it.
   *
   * @param reason why it is an exception, if it is one
   * @param matchRule by which it is credited, if it is
   * @param settlement the newest one, a withdrawal too; null if it was never settled
   * @param settledByRun the run that made it
   */
  public record Settleable(
      String refundId,
      String orderId,
      String outcome,
      @Nullable String reason,
      @Nullable String matchRule,
      @Nullable String currency,
      long refundedAmount,
      LocalDate businessDate,
      @Nullable SettlementEntry settlement,
      @Nullable Long settledByRun) {

    /** Whether a settlement of it holds. */
    public boolean settled() {
      return settlement != null && settlement.kind() != Kind.WITHDRAWN;
    }

    /** Open, or settled before. */
    public boolean canBeSettled() {
      return outcome.equals(DecisionRow.EXCEPTION) || settled();
    }
  }

  /** The decided refunds of these ids. To be asked while no run is unfinished. */
  public Map<String, Settleable> settleable(Collection<String> refundIds) {
    return jdbc
        .sql(
            """
            select d.*, s.kind, s.settled_amount, s.capture_id, s.amount, s.note, s.settled_by, s.since_run as settled_by_run
            from decision d
            left join settlement s on s.refund_id = d.refund_id and s.until_run is null
            where d.refund_id = any(?) and d.until_run is null
            """)
        .param(refundIds.toArray(String[]::new))
        .query(
            (row, n) ->
                new Settleable(
                    row.getString("refund_id"),
                    row.getString("order_id"),
                    row.getString("outcome"),
                    row.getString("reason"),
                    row.getString("match_rule"),
                    row.getString("currency"),
                    row.getLong("refunded_amount"),
                    Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
                    row.getString("kind") == null ? null : entry(row),
                    row.getObject("settled_by_run", Long.class)))
        .list()
        .stream()
        .collect(Collectors.toMap(Settleable::refundId, Function.identity()));
  }

  private static SettlementEntry entry(ResultSet row) throws SQLException {
    return new SettlementEntry(
        row.getString("refund_id"),
        kind(row),
        row.getLong("settled_amount"),
        parts(row),
        row.getString("note"),
        row.getString("settled_by"));
  }

  /**
   * A capture of an order, as people name it.
   *
   * @param invoice the number that the customer sees, if it has one
   */
  public record Invoice(String orderId, String captureId, @Nullable String invoice) {}

  /** The captures of these orders, the oldest first. */
  public List<Invoice> invoices(Collection<String> orderIds) {
    return jdbc.sql(
            """
            select order_id, capture_id, klarna_reference
            from capture
            where order_id = any(?) and until_run is null and counts
            order by captured_at, capture_id
            """)
        .param(orderIds.toArray(String[]::new))
        .query((row, n) -> new Invoice(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  /** Writes a run's settlements; each takes the place of the one before it. */
  @Transactional
  public void write(long runId, List<SettlementEntry> entries, Instant at) {
    for (var entry : entries) {
      jdbc.sql("update settlement set until_run = ? where refund_id = ? and until_run is null")
          .params(runId, entry.refundId())
          .update();
      jdbc.sql(
              """
              insert into settlement
                (refund_id, since_run, kind, settled_amount, capture_id, amount, note, settled_by, settled_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              entry.refundId(),
              runId,
              entry.kind().word(),
              entry.settledAmount(),
              entry.parts().stream().map(Part::captureId).toArray(String[]::new),
              entry.parts().stream().map(Part::amount).toArray(Long[]::new),
              entry.note(),
              entry.by(),
              at.atOffset(ZoneOffset.UTC))
          .update();
    }
  }

  /**
   * The settlements that hold, of the refunds of a page of touched orders, by the order's number.
   */
  Map<Long, List<Settlement>> inForce(long first, long last) {
    var byOrder = new HashMap<Long, List<Settlement>>();
    jdbc.sql(
            """
            select t.n, s.*
            from settlement s
            join refund r on r.refund_id = s.refund_id and r.until_run is null and r.counts
            join touched_order t on t.order_id = r.order_id
            where s.until_run is null and s.kind <> 'withdrawn' and t.n between :first and :last
            """)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getLong("n"), n -> new ArrayList<>())
                  .add(settlement(row));
            });
    return byOrder;
  }

  /** The settlements that held after a run, of one order's refunds. */
  List<Settlement> ofOrder(String orderId, long run) {
    return jdbc.sql(
            """
            select s.*
            from refund r join settlement s on s.refund_id = r.refund_id
            where r.order_id = :order and r.counts
              and r.since_run <= :run and (r.until_run is null or r.until_run > :run)
              and s.since_run <= :run and (s.until_run is null or s.until_run > :run) and s.kind <> 'withdrawn'
            """)
        .param("order", orderId)
        .param("run", run)
        .query((row, n) -> settlement(row))
        .list();
  }

  /** Every one that finished runs made of the refunds of an order, by run. */
  List<ShownSettlement> everyOneOfOrder(String orderId) {
    return jdbc.sql(
            """
            select s.*
            from recredit.settlement s
            where s.refund_id in (select d.refund_id from decision d where d.order_id = ?)
            order by s.run_id, s.refund_id
            """)
        .param(orderId)
        .query(
            (row, n) ->
                new ShownSettlement(
                    row.getString("refund_id"),
                    kind(row),
                    row.getLong("settled_amount"),
                    parts(row),
                    row.getString("note"),
                    row.getString("settled_by"),
                    OrderHistories.time(row, "settled_at"),
                    row.getLong("run_id"),
                    row.getObject("superseded_by", Long.class)))
        .list();
  }

  /** Why settlements that the run itself made do not hold, as sentences. */
  public List<String> contradicted(Run run) {
    return jdbc.sql(
            """
            select format('Refund %s: %s', d.refund_id, d.explanation)
            from settlement s join decision d on d.refund_id = s.refund_id and d.until_run is null
            where s.since_run = ? and d.reason = 'SETTLEMENT_VOID'
            order by d.refund_id
            """)
        .param(run.runId())
        .query(String.class)
        .list();
  }

  private static Settlement settlement(ResultSet row) throws SQLException {
    return new Settlement(
        row.getString("refund_id"),
        row.getLong("settled_amount"),
        parts(row),
        row.getString("settled_by"),
        OrderHistories.time(row, "settled_at"));
  }

  private static Kind kind(ResultSet row) throws SQLException {
    return Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
  }

  private static List<Part> parts(ResultSet row) throws SQLException {
    var captures = (String[]) row.getArray("capture_id").getArray();
    var amounts = (Long[]) row.getArray("amount").getArray();
    var parts = new ArrayList<Part>();
    for (var i = 0; i < captures.length; i++) {
      parts.add(new Part(captures[i], amounts[i]));
    }
    return parts;
  }
}
