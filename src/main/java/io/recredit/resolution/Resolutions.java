package io.recredit.resolution;

import io.recredit.allocation.Resolution;
import io.recredit.allocation.Resolution.Part;
import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Writes a run's resolutions; each takes the place of the one before it. */
  @Transactional
  void write(long runId, List<CheckedResolution> resolutions, Instant at) {
    for (var one : resolutions) {
      var request = one.request();
      jdbc.sql("update resolution set until_run = ? where refund_id = ? and until_run is null")
          .params(runId, request.refundId())
          .update();
      jdbc.sql(
              """
              insert into resolution
                (refund_id, since_run, kind, resolved_amount, capture_id, amount, written_off_amount, note, resolved_by,
                  resolved_at)
              values (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)
              """)
          .params(
              request.refundId(),
              runId,
              request.as().kind().word(),
              one.refund().refundedAmount(),
              one.parts().stream().map(Part::captureId).toArray(String[]::new),
              one.parts().stream().map(Part::amount).toArray(Long[]::new),
              one.writtenOffAmount(),
              request.note(),
              request.by(),
              at.atOffset(ZoneOffset.UTC))
          .update();
    }
  }

  /**
   * The resolutions that hold, of the refunds of a page of orders to decide, by the order's number.
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
        .query((row, n) -> ShownResolution.read(row))
        .list();
  }

  /** The refunds of those that a run made and that do not hold: by the number of their order. */
  public Map<Long, List<String>> contradicted(long runId) {
    var byOrder = new HashMap<Long, List<String>>();
    jdbc.sql(
            """
            select t.n, d.refund_id
            from resolution s
            join decision d on d.refund_id = s.refund_id and d.until_run is null
            join order_to_decide t on t.order_id = d.order_id
            where s.since_run = ? and d.reason = 'RESOLUTION_VOID'
            order by d.refund_id
            """)
        .param(runId)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getLong("n"), n -> new ArrayList<>())
                  .add(row.getString("refund_id"));
            });
    return byOrder;
  }

  private static Resolution resolution(ResultSet row) throws SQLException {
    return new Resolution(
        row.getString("refund_id"),
        row.getLong("resolved_amount"),
        ShownResolution.parts(row),
        row.getLong("written_off_amount"),
        row.getString("resolved_by"),
        Rows.time(row, "resolved_at"));
  }
}
