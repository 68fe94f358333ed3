package io.recredit.pull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was pulled when, and the orders that are still to be asked for. */
@Repository
class PullStore {

  /** As what is shown has them: an order that a run at work decides is asked for once more. */
  private static final String WANT_OPEN =
      """
      insert into order_to_pull (order_id)
      select order_id from recredit.refund_exception
      union
      select order_id from recredit.contradicted_decision
      on conflict do nothing
      """;

  private final JdbcClient jdbc;

  PullStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The last pull that was answered.
   *
   * @param payoutsUntil up to when the payouts were had; null where they never were
   */
  record LastPull(LocalDate fileDate, @Nullable LocalDate payoutsUntil) {}

  Optional<LastPull> last() {
    return jdbc.sql(
            """
            select max(file_date) as file_date, max(payouts_until) as payouts_until from pull having count(*) > 0
            """)
        .query(
            (row, n) ->
                new LastPull(
                    row.getObject("file_date", LocalDate.class),
                    row.getObject("payouts_until", LocalDate.class)))
        .optional();
  }

  /** Of an order that is wanted already nothing changes. */
  void want(Collection<String> orderIds) {
    if (!orderIds.isEmpty()) {
      jdbc.sql("insert into order_to_pull (order_id) select unnest(?) on conflict do nothing")
          .param(orderIds.toArray(new String[0]))
          .update();
    }
  }

  /** Orders with open exceptions or decisions that Klarna's record contradicts. */
  void wantOpen() {
    jdbc.sql(WANT_OPEN).update();
  }

  List<String> wanted() {
    return jdbc.sql("select order_id from order_to_pull order by order_id")
        .query(String.class)
        .list();
  }

  void had(Collection<String> orderIds) {
    if (!orderIds.isEmpty()) {
      jdbc.sql("delete from order_to_pull where order_id = any(?)")
          .param(orderIds.toArray(new String[0]))
          .update();
    }
  }

  void notHad(String orderId, NotHadException why, Instant at) {
    jdbc.sql("update order_to_pull set failed_at = :at, failure = :why where order_id = :order")
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("why", why.getMessage())
        .param("order", orderId)
        .update();
  }

  /** Whether it was wanted. */
  boolean forget(String orderId) {
    return jdbc.sql("delete from order_to_pull where order_id = ?").param(orderId).update() > 0;
  }

  /**
   * A pull that was answered.
   *
   * @param payoutsUntil null where the payouts were not asked for, or not all had
   */
  record Done(
      LocalDate fileDate,
      @Nullable LocalDate payoutsUntil,
      Instant startedAt,
      Instant endedAt,
      long documents,
      long reports,
      long notHad,
      long calls) {}

  void done(Done pull) {
    jdbc.sql(
            """
            insert into pull (file_date, payouts_until, started_at, ended_at, documents, reports, not_had, calls)
            values (:day, :until, :started, :ended, :documents, :reports, :notHad, :calls)
            """)
        .param("day", pull.fileDate())
        .param("until", pull.payoutsUntil())
        .param("started", pull.startedAt().atOffset(ZoneOffset.UTC))
        .param("ended", pull.endedAt().atOffset(ZoneOffset.UTC))
        .param("documents", pull.documents())
        .param("reports", pull.reports())
        .param("notHad", pull.notHad())
        .param("calls", pull.calls())
        .update();
  }
}
