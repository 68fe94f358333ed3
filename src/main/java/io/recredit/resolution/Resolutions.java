package io.recredit.resolution;

import io.recredit.allocation.Resolution;
import io.recredit.allocation.Resolution.Part;
import io.recredit.postgres.Rows;
import io.recredit.resolution.ResolutionEntry.Kind;
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
public class Resolutions {

  private final JdbcClient jdbc;

  Resolutions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A refund as it stands, for whoever is about to resolve it.
   *
   * @param reason why it is an exception, if it is one
   * @param matchRule by which it is credited, if it is
   * @param resolution the newest one, a withdrawal too; null if it was never resolved
   * @param resolvedByRun the run that made it
   */
  public record Resolvable(
      String refundId,
      String orderId,
      String outcome,
      @Nullable String reason,
      @Nullable String matchRule,
      @Nullable String currency,
      long refundedAmount,
      LocalDate businessDate,
      @Nullable ResolutionEntry resolution,
      @Nullable Long resolvedByRun) {

    /** Whether a resolution of it holds. */
    public boolean resolved() {
      return resolution != null && resolution.kind() != Kind.WITHDRAWN;
    }

    /** Open, or resolved before. */
    public boolean canBeResolved() {
      return outcome.equals("exception") || resolved();
    }
  }

  /** The decided refunds of these ids. To be asked while no run is unfinished. */
  Map<String, Resolvable> resolvable(Collection<String> refundIds) {
    return jdbc
        .sql(
            """
            select d.*, s.kind, s.resolved_amount, s.capture_id, s.amount, s.note, s.resolved_by, s.since_run as resolved_by_run
            from decision d
            left join resolution s on s.refund_id = d.refund_id and s.until_run is null
            where d.refund_id = any(?) and d.until_run is null
            """)
        .param(refundIds.toArray(String[]::new))
        .query(
            (row, n) ->
                new Resolvable(
                    row.getString("refund_id"),
                    row.getString("order_id"),
                    row.getString("outcome"),
                    row.getString("reason"),
                    row.getString("match_rule"),
                    row.getString("currency"),
                    row.getLong("refunded_amount"),
                    Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
                    row.getString("kind") == null ? null : entry(row),
                    row.getObject("resolved_by_run", Long.class)))
        .list()
        .stream()
        .collect(Collectors.toMap(Resolvable::refundId, Function.identity()));
  }

  private static ResolutionEntry entry(ResultSet row) throws SQLException {
    return new ResolutionEntry(
        row.getString("refund_id"),
        kind(row),
        row.getLong("resolved_amount"),
        parts(row),
        row.getString("note"),
        row.getString("resolved_by"));
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

  /** Writes a run's resolutions; each takes the place of the one before it. */
  @Transactional
  void write(long runId, List<ResolutionEntry> entries, Instant at) {
    for (var entry : entries) {
      jdbc.sql("update resolution set until_run = ? where refund_id = ? and until_run is null")
          .params(runId, entry.refundId())
          .update();
      jdbc.sql(
              """
              insert into resolution
                (refund_id, since_run, kind, resolved_amount, capture_id, amount, written_off_amount, note, resolved_by,
                  resolved_at)
              values (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)
              """)
          .params(
              entry.refundId(),
              runId,
              entry.kind().word(),
              entry.resolvedAmount(),
              entry.parts().stream().map(Part::captureId).toArray(String[]::new),
              entry.parts().stream().map(Part::amount).toArray(Long[]::new),
              entry.kind() == Kind.WRITTEN_OFF ? entry.resolvedAmount() : 0L,
              entry.note(),
              entry.by(),
              at.atOffset(ZoneOffset.UTC))
          .update();
    }
  }

  /**
   * The resolutions that hold, of the refunds of a page of touched orders, by the order's number.
   */
  public Map<Long, List<Resolution>> inForce(long first, long last) {
    var byOrder = new HashMap<Long, List<Resolution>>();
    jdbc.sql(
            """
            select t.n, s.*
            from resolution s
            join refund r on r.refund_id = s.refund_id and r.until_run is null and r.counts
            join order_to_decide t on t.order_id = r.order_id
            where s.until_run is null and s.kind <> 'withdrawn' and t.n between :first and :last
            """)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getLong("n"), n -> new ArrayList<>())
                  .add(resolution(row));
            });
    return byOrder;
  }

  /** The resolutions that held after a run, of one order's refunds. */
  public List<Resolution> ofOrder(String orderId, long run) {
    return jdbc.sql(
            """
            select s.*
            from refund r join resolution s on s.refund_id = r.refund_id
            where r.order_id = :order and r.counts
              and r.since_run <= :run and (r.until_run is null or r.until_run > :run)
              and s.since_run <= :run and (s.until_run is null or s.until_run > :run) and s.kind <> 'withdrawn'
            """)
        .param("order", orderId)
        .param("run", run)
        .query((row, n) -> resolution(row))
        .list();
  }

  /** Every one that finished runs made of the refunds of an order, by run. */
  public List<ShownResolution> everyOneOfOrder(String orderId) {
    return jdbc.sql(
            """
            select s.*
            from recredit.resolution s
            where s.refund_id in (select d.refund_id from decision d where d.order_id = ?)
            order by s.run_id, s.refund_id
            """)
        .param(orderId)
        .query(
            (row, n) ->
                new ShownResolution(
                    row.getString("refund_id"),
                    kind(row),
                    row.getLong("resolved_amount"),
                    parts(row),
                    row.getString("note"),
                    row.getString("resolved_by"),
                    Rows.time(row, "resolved_at"),
                    row.getLong("run_id"),
                    row.getObject("superseded_by", Long.class)))
        .list();
  }

  /** None that the run itself made may be contradicted already. */
  public void mustHold(long runId) {
    var contradicted =
        jdbc.sql(
                """
            select format('Refund %s: %s', d.refund_id, t.explanation)
            from resolution s join decision d on d.refund_id = s.refund_id and d.until_run is null
            join exception_text t on t.refund_id = d.refund_id and t.until_run is null
            where s.since_run = ? and d.reason = 'RESOLUTION_VOID'
            order by d.refund_id
            """)
            .param(runId)
            .query(String.class)
            .list();
    if (!contradicted.isEmpty()) {
      throw ResolutionCheck.refused(contradicted);
    }
  }

  private static Resolution resolution(ResultSet row) throws SQLException {
    return new Resolution(
        row.getString("refund_id"),
        row.getLong("resolved_amount"),
        parts(row),
        row.getString("resolved_by"),
        Rows.time(row, "resolved_at"));
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
