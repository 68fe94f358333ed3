package io.recredit.report.content;

import io.recredit.report.content.Overview.DayTotals;
import io.recredit.report.content.Overview.Exceptions;
import io.recredit.report.content.Overview.RefusedRequest;
import io.recredit.report.content.Overview.RejectedLine;
import io.recredit.report.content.Overview.RootCause;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Asks for what a report says at a glance. */
public record OverviewQueries(ReportQueries queries) {

  static final int MOST_ROOT_CAUSES = 15;
  static final int MOST_REFUSED = 20;
  static final int MOST_REJECTED = 20;

  private static final String EXCEPTIONS_OF_RANGE =
      """
      from recredit.refund_exception x
      where x.business_date between :from and :to
      """;

  private static final String REFUSED_OF_RANGE =
      """
      from recredit.refused_refund x
      where x.attempted_at >= :start and x.attempted_at < :end
      """;

  private static final String REJECTED_OF_RANGE =
      "from recredit.rejected_record x where " + ReportTables.REJECTED_IN_RANGE;

  private static final String ROOT_CAUSES =
      "with blocked as (select x.* "
          + EXCEPTIONS_OF_RANGE
          + """
            and x.blocking_refund_id is not null)
          select b.blocking_refund_id, b.order_id,
            coalesce(root.reason, nullif(root.match_rule, 'MANUAL')) as reason, root.business_date, b.currency,
            count(*) as blocked, sum(b.refunded_amount) as amount
          from blocked b
          join recredit.refund_outcome root on root.refund_id = b.blocking_refund_id
          group by b.blocking_refund_id, b.order_id, root.reason, root.match_rule, root.business_date, b.currency
          order by blocked desc, amount desc, b.blocking_refund_id, b.currency
          limit\s"""
          + MOST_ROOT_CAUSES;

  private static final String OTHER_AMOUNTS =
      """
      select count(*)
      from recredit.refund_duplicate x
      where x.business_date between :from and :to and x.refunded_amount <> x.duplicate_of_amount
      """;

  private static final String OVERTAKEN =
      """
      select count(*)
      from recredit.resolution s
      join recredit.refund_outcome x using (refund_id)
      where x.business_date between :from and :to and s.rules_amounts is not null
      """;

  private static final String INVOICES_LEFT_OUT =
      """
      select count(*)
      from shown_capture x
      where x.captured_at >= :start and x.captured_at < :end
        and not exists (select from shown_refund r where r.order_id = x.order_id)
      """;

  public Overview read() {
    var daysRead = daysRead();
    return new Overview(
        queries.reported(),
        days(),
        byReason(),
        byAge(),
        rootCauses(),
        queries.count("select count(distinct x.blocking_refund_id) " + EXCEPTIONS_OF_RANGE),
        refused(),
        queries.count("select count(*) " + REFUSED_OF_RANGE),
        rejected(),
        queries.count("select count(*) " + REJECTED_OF_RANGE),
        daysRead.size(),
        neverRead(daysRead),
        queries.count(OTHER_AMOUNTS),
        queries.count(OVERTAKEN),
        queries.count(INVOICES_LEFT_OUT),
        new RecordQueries(queries).read(),
        new PayoutQueries(queries).read());
  }

  /** A refund without a decision belongs to no day: it is shown wherever one looks. */
  private List<DayTotals> days() {
    return queries
        .ask(
            "select x.business_date as day, "
                + Totals.COLUMNS
                + """
                from recredit.refund_outcome x
                where x.business_date between :from and :to or x.outcome is null
                group by day, x.currency
                order by day, x.currency
                """)
        .query((row, n) -> new DayTotals(row.getObject("day", LocalDate.class), Totals.read(row)))
        .list();
  }

  private List<Exceptions<String>> byReason() {
    return queries
        .ask(
            "select x.reason, x.currency, count(*) as refunds, sum(x.refunded_amount) as amount "
                + EXCEPTIONS_OF_RANGE
                + "group by x.reason, x.currency order by refunds desc, amount desc, x.reason, x.currency")
        .query(
            (row, n) ->
                new Exceptions<>(
                    row.getString("reason"),
                    row.getString("currency"),
                    row.getLong("refunds"),
                    Totals.sum(row, "amount")))
        .list();
  }

  private List<Exceptions<Age>> byAge() {
    var ages = new HashMap<String, Exceptions<Age>>();
    queries
        .ask(
            "select :shownOn - x.business_date as days, x.currency, count(*) as refunds, sum(x.refunded_amount) as amount "
                + EXCEPTIONS_OF_RANGE
                + "group by days, x.currency")
        .query(
            row -> {
              var age = Age.of(row.getInt("days"));
              var currency = row.getString("currency");
              ages.merge(
                  age + " " + currency,
                  new Exceptions<>(
                      age, currency, row.getLong("refunds"), Totals.sum(row, "amount")),
                  Exceptions::plus);
            });
    return ages.values().stream()
        .sorted(
            Comparator.comparing((Exceptions<Age> of) -> of.what())
                .thenComparing(of -> String.valueOf(of.currency())))
        .toList();
  }

  private List<RootCause> rootCauses() {
    return queries
        .ask(ROOT_CAUSES)
        .query(
            (row, n) ->
                new RootCause(
                    row.getString("blocking_refund_id"),
                    row.getString("order_id"),
                    row.getString("reason"),
                    Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
                    row.getString("currency"),
                    row.getLong("blocked"),
                    Totals.sum(row, "amount")))
        .list();
  }

  private List<RefusedRequest> refused() {
    return queries
        .ask(
            "select x.order_id, x.refunded_amount, x.currency, x.correlation_id, x.would_be, x.followed_by, "
                + "concat_ws(' ', x.http_status, x.error_code, x.error_message) as answer "
                + REFUSED_OF_RANGE
                + "order by x.attempted_at, x.refusal_id limit "
                + MOST_REFUSED)
        .query(
            (row, n) ->
                new RefusedRequest(
                    row.getString("order_id"),
                    row.getObject("refunded_amount", Long.class),
                    row.getString("currency"),
                    row.getString("answer"),
                    row.getString("correlation_id"),
                    row.getString("would_be"),
                    row.getString("followed_by")))
        .list();
  }

  private List<RejectedLine> rejected() {
    return queries
        .ask(
            "select x.file_name, x.line_number, x.error "
                + REJECTED_OF_RANGE
                + "order by x.file_date, x.kind, x.file_name, x.line_number limit "
                + MOST_REJECTED)
        .query(
            (row, n) ->
                new RejectedLine(
                    row.getString("file_name"), row.getLong("line_number"), row.getString("error")))
        .list();
  }

  private Set<LocalDate> daysRead() {
    return queries
        .ask(
            """
            select distinct file_date from recredit.input_file
            where kind in ('captures', 'orders') and file_date between :from and :to
            """)
        .query(LocalDate.class)
        .set();
  }

  /** Of the days that were over. */
  private List<LocalDate> neverRead(Set<LocalDate> daysRead) {
    var request = queries.reported().request();
    return request
        .from()
        .datesUntil(request.to().plusDays(1))
        .filter(day -> day.isBefore(queries.reported().shownOn()) && !daysRead.contains(day))
        .toList();
  }
}
