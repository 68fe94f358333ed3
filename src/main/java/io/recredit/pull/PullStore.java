package io.recredit.pull;

import io.recredit.pull.KlarnaApi.Payout;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was pulled when, and the orders and payouts that are still to be asked for. */
@Repository
class PullStore {

  /**
   * Since when payouts are owed: some days before those up to which all are known, and all that
   * later pulls asked for in vain.
   */
  private static final String PAYOUTS_OWED_FROM =
      """
      select least(
        (select max(payouts_until) from pull) - :daysBefore,
        (select min(payouts_from) from pull
          where pull_id > coalesce((select max(pull_id) from pull where payouts_until is not null), 0)))
      """;

  /** As what is shown has them. */
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

  /** The newest day whose file a pull made or added to. */
  Optional<LocalDate> lastFileDate() {
    return jdbc.sql("select max(file_date) from pull").query(LocalDate.class).optional();
  }

  /** Up to when all payouts are known. */
  Optional<LocalDate> payoutsUntil() {
    return jdbc.sql("select max(payouts_until) from pull").query(LocalDate.class).optional();
  }

  /**
   * Since when the next pull is to ask for payouts; empty where none ever did.
   *
   * @param daysBefore how many days before those that are known
   */
  Optional<LocalDate> payoutsOwedFrom(int daysBefore) {
    return jdbc.sql(PAYOUTS_OWED_FROM)
        .param("daysBefore", daysBefore)
        .query(LocalDate.class)
        .optional();
  }

  /** What somebody asks for is asked for, be it that it was forgotten. */
  void wantAgain(Collection<String> orderIds) {
    want(orderIds, "update set forgotten_at = null");
  }

  /** Of an order that is wanted already, or forgotten, nothing changes. */
  void want(Collection<String> orderIds) {
    want(orderIds, "nothing");
  }

  private void want(Collection<String> orderIds, String onConflict) {
    jdbc.sql(
            "insert into order_to_pull (order_id) select distinct unnest(?) on conflict (order_id) do "
                + onConflict)
        .param(orderIds.toArray(new String[0]))
        .update();
  }

  /** Orders with open exceptions or decisions that Klarna's record contradicts. */
  void wantOpen() {
    jdbc.sql(WANT_OPEN).update();
  }

  /** Those that failed last come last: they are not to keep the others from being asked for. */
  List<String> wanted() {
    return jdbc.sql(
            "select order_id from order_to_pull where forgotten_at is null order by failed_at nulls first, order_id")
        .query(String.class)
        .list();
  }

  void had(Collection<String> orderIds) {
    jdbc.sql("delete from order_to_pull where order_id = any(?)")
        .param(orderIds.toArray(new String[0]))
        .update();
  }

  void notHad(String orderId, NotHadException why, Instant at) {
    jdbc.sql("update order_to_pull set failed_at = :at, failure = :why where order_id = :order")
        .param("at", inUtc(at))
        .param("why", why.getMessage())
        .param("order", orderId)
        .update();
  }

  /** Whether it was asked for. */
  boolean forget(String orderId, Instant at) {
    return jdbc.sql(
                "update order_to_pull set forgotten_at = :at where order_id = :order and forgotten_at is null")
            .param("at", inUtc(at))
            .param("order", orderId)
            .update()
        > 0;
  }

  /**
   * Notes a payout that Klarna lists.
   *
   * @param again whether its report is wanted though it was had
   */
  void want(Payout payout, boolean again) {
    jdbc.sql(
            """
            insert into payout_to_pull (payment_reference, payout_date) values (:reference, :day)
            on conflict (payment_reference) do update
            set pulled_at = case when :again then null else payout_to_pull.pulled_at end
            """)
        .param("reference", payout.reference())
        .param("day", payout.day())
        .param("again", again)
        .update();
  }

  List<Payout> payoutsWanted() {
    return jdbc.sql(
            """
            select payment_reference, payout_date from payout_to_pull where pulled_at is null
            order by failed_at nulls first, payout_date, payment_reference
            """)
        .query(
            (row, n) ->
                new Payout(
                    row.getString("payment_reference"),
                    row.getObject("payout_date", LocalDate.class)))
        .list();
  }

  void had(Payout payout, Instant at) {
    jdbc.sql(
            """
            update payout_to_pull set pulled_at = :at, failed_at = null, failure = null
            where payment_reference = :reference
            """)
        .param("at", inUtc(at))
        .param("reference", payout.reference())
        .update();
  }

  void notHad(Payout payout, NotHadException why, Instant at) {
    jdbc.sql(
            "update payout_to_pull set failed_at = :at, failure = :why where payment_reference = :reference")
        .param("at", inUtc(at))
        .param("why", why.getMessage())
        .param("reference", payout.reference())
        .update();
  }

  /**
   * A pull.
   *
   * @param fileDate null where no file was made
   * @param payoutsFrom null where payouts were not asked for
   * @param payoutsUntil null where they were not asked for, or not had
   */
  record Done(
      @Nullable LocalDate fileDate,
      @Nullable LocalDate payoutsFrom,
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
            insert into pull (file_date, payouts_from, payouts_until, started_at, ended_at, documents, reports, not_had, calls)
            values (:day, :from, :until, :started, :ended, :documents, :reports, :notHad, :calls)
            """)
        .param("day", pull.fileDate())
        .param("from", pull.payoutsFrom())
        .param("until", pull.payoutsUntil())
        .param("started", inUtc(pull.startedAt()))
        .param("ended", inUtc(pull.endedAt()))
        .param("documents", pull.documents())
        .param("reports", pull.reports())
        .param("notHad", pull.notHad())
        .param("calls", pull.calls())
        .update();
  }

  private static OffsetDateTime inUtc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
