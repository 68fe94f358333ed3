package io.recredit.resolution;

import io.recredit.resolution.ResolvableRefund.Invoice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is known of refunds that somebody wants to resolve. */
@Repository
class ResolvableRefunds {

  private final JdbcClient jdbc;

  ResolvableRefunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The decided refunds of these ids. To be asked while no run is unfinished. */
  Map<String, ResolvableRefund> refunds(Collection<String> refundIds) {
    var ids = refundIds.toArray(String[]::new);
    var invoices = invoices(ids);
    return jdbc
        .sql(
            """
            select d.refund_id, d.order_id, d.outcome, d.reason, d.match_rule, d.currency, d.refunded_amount, d.business_date,
              s.kind, s.resolved_amount, s.capture_id, s.amount, s.note, s.resolved_by, s.resolved_at,
              s.since_run as run_id, s.until_run as superseded_by
            from decision d
            left join resolution s on s.refund_id = d.refund_id and s.until_run is null
            where d.refund_id = any(?) and d.until_run is null
            """)
        .param(ids)
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
        row.getString("kind") == null ? null : ShownResolution.read(row),
        invoices);
  }

  /** Those of the refunds' orders, by order. */
  private Map<String, List<Invoice>> invoices(String[] refundIds) {
    var byOrder = new HashMap<String, List<Invoice>>();
    jdbc.sql(
            """
            select order_id, capture_id, klarna_reference
            from capture
            where order_id in (select d.order_id from decision d where d.refund_id = any(?) and d.until_run is null)
              and until_run is null and counts
            order by captured_at, capture_id
            """)
        .param(refundIds)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getString("order_id"), order -> new ArrayList<>())
                  .add(new Invoice(row.getString("capture_id"), row.getString("klarna_reference")));
            });
    return byOrder;
  }
}
