package io.recredit.resolution;

import io.recredit.resolution.Invoices.Invoice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is known of refunds that somebody wants to resolve, and what was known of them when a report
 * was made. To be asked while no run is unfinished.
 */
@Repository
class ResolvableRefunds {

  private final JdbcClient jdbc;

  ResolvableRefunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The decided refunds of these ids, by id. */
  Map<String, ResolvableRefund> refunds(Collection<String> refundIds) {
    return asOf(Long.MAX_VALUE, refundIds);
  }

  /** Those of the requests as each one's author saw them, by run and id. */
  Map<List<?>, SeenRefund> seen(Collection<ResolutionRequest> requests) {
    var idsByRun =
        requests.stream()
            .filter(request -> request.seen() != null)
            .collect(
                Collectors.groupingBy(
                    request -> Objects.requireNonNull(request.seen()).run(),
                    Collectors.mapping(ResolutionRequest::refundId, Collectors.toList())));
    var finished = finished(idsByRun.keySet());
    var seen = new HashMap<List<?>, SeenRefund>();
    idsByRun.forEach(
        (run, ids) -> {
          if (finished.contains(run)) {
            asOf(run, ids)
                .forEach((id, shown) -> seen.put(List.of(run, id), new SeenRefund(run, shown)));
          }
        });
    return seen;
  }

  private Set<Long> finished(Collection<Long> runs) {
    return new HashSet<>(
        jdbc.sql("select run_id from run where status = 'done' and run_id = any(?)")
            .param(runs.toArray(Long[]::new))
            .query(Long.class)
            .list());
  }

  private Map<String, ResolvableRefund> asOf(long run, Collection<String> refundIds) {
    var ids = refundIds.toArray(String[]::new);
    var invoices = invoices(run, ids);
    return jdbc
        .sql(
            """
            select d.refund_id, d.order_id, d.outcome, d.reason, d.match_rule, d.currency, d.refunded_amount, d.business_date,
              t.proposed, s.kind, s.resolved_amount, s.capture_id, s.amount, s.note, s.resolved_by, s.resolved_at,
              s.since_run as run_id, s.until_run as superseded_by
            from decision d
            left join exception_text t on t.refund_id = d.refund_id
              and t.since_run <= :run and (t.until_run is null or t.until_run > :run)
            left join resolution s on s.refund_id = d.refund_id
              and s.since_run <= :run and (s.until_run is null or s.until_run > :run)
            where d.refund_id = any(:ids)
              and d.since_run <= :run and (d.until_run is null or d.until_run > :run)
            """)
        .param("run", run)
        .param("ids", ids)
        .query((row, n) -> refund(row, invoices.getOrDefault(row.getString("order_id"), List.of())))
        .list()
        .stream()
        .collect(Collectors.toMap(ResolvableRefund::refundId, Function.identity()));
  }

  private static ResolvableRefund refund(ResultSet row, List<Invoice> invoices)
      throws SQLException {
    return new ResolvableRefund(
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getString("match_rule"),
        row.getString("currency"),
        row.getLong("refunded_amount"),
        Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
        row.getString("proposed"),
        last(row),
        new Invoices(row.getString("order_id"), invoices));
  }

  private static @Nullable ShownResolution last(ResultSet row) throws SQLException {
    return row.getString("kind") == null ? null : ShownResolution.read(row);
  }

  /** Those of the refunds' orders, the oldest first, by order. */
  private Map<String, List<Invoice>> invoices(long run, String[] refundIds) {
    var byOrder = new HashMap<String, List<Invoice>>();
    jdbc.sql(
            """
            select order_id, capture_id, klarna_reference
            from capture
            where order_id in (
                select d.order_id from decision d
                where d.refund_id = any(:ids) and d.since_run <= :run and (d.until_run is null or d.until_run > :run))
              and counts and since_run <= :run and (until_run is null or until_run > :run)
            order by captured_at, capture_id
            """)
        .param("run", run)
        .param("ids", refundIds)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getString("order_id"), order -> new ArrayList<>())
                  .add(new Invoice(row.getString("capture_id"), row.getString("klarna_reference")));
            });
    return byOrder;
  }
}
