package io.recredit.run;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a finished run read of what Klarna paid out, and how that stands beside the refunds. Of a
 * run that read none nothing is said: looking at all payouts takes longer than a small night.
 */
@Component
class RunPayouts {

  private static final int MOST_NAMED = 5;

  /** By what the run read and changed alone: what is stored grows, and a night does not. */
  private static final String RETURNS =
      """
      with read as materialized (
        select distinct payment_reference from payout_part where since_run = :run and counts_transactions
      ), range_before as (
        select currency, min(payout_date) as oldest, max(payout_date) - max(due_days) as due
        from (
          select p.currency, coalesce(p.payout_day, (p.payout_at at time zone r.time_zone)::date) as payout_date, r.payout_days as due_days
          from payout p cross join run r
          where r.run_id = :run and p.since_run < :run and (p.until_run is null or p.until_run >= :run)
        ) p
        where payout_date is not null
        group by currency
      )
      select
        coalesce(sum(r.as_made), 0) as as_made, coalesce(sum(r.of_other_amount), 0) as of_other_amount,
        coalesce(sum(r.unknown), 0) as unknown,
        (select count(*) from shown_payout_range now
          left join range_before before on before.currency = now.currency
          join shown_decision d on d.currency = now.currency and d.business_date >= now.oldest and d.business_date < now.due
          where (before.currency is null or d.business_date < before.oldest or d.business_date >= before.due)
            and d.duplicate_of is null
            and not exists (
              select from shown_payout_match m
              where m.order_id = d.order_id and m.record_id = d.refund_id and m.what = 'REFUND')) as missing
      from shown_payout_returns r
      where r.payment_reference in (select payment_reference from read)
      """;

  private final JdbcClient jdbc;

  RunPayouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> lines(Run run) {
    var lines = new ArrayList<String>();
    read(run).ifPresent(lines::add);
    lines.addAll(noReports(run));
    if (hasRead(run)) {
      lines.add(returns(run));
      lines.addAll(off());
    }
    return lines;
  }

  private boolean hasRead(Run run) {
    return jdbc.sql(
            "select exists (select from payout_file where since_run = ? and transactions + totals > 0)")
        .param(run.runId())
        .query(Boolean.class)
        .single();
  }

  private Optional<String> read(Run run) {
    return jdbc.sql(
            """
            select count(*), sum(transactions) from payout_file
            where since_run = ? and complaint is null having count(*) > 0
            """)
        .param(run.runId())
        .query(
            (row, n) ->
                text(
                    "run.payouts.read",
                    counted("count.report", row.getLong(1)),
                    counted("count.transaction", row.getLong(2))))
        .optional();
  }

  private List<String> noReports(Run run) {
    var complaints =
        jdbc.sql(
                "select complaint from payout_file where since_run = ? and complaint is not null order by file_name")
            .param(run.runId())
            .query(String.class)
            .list();
    var lines = new ArrayList<>(complaints.subList(0, Math.min(complaints.size(), MOST_NAMED)));
    if (complaints.size() > MOST_NAMED) {
      lines.add(text("run.summary.more-lines", (long) complaints.size() - MOST_NAMED));
    }
    return lines;
  }

  /**
   * Of the payouts that the run read; and of the days that have become old enough by them to miss
   * something. All that differs is in recredit.payout_difference.
   */
  private String returns(Run run) {
    return jdbc.sql(RETURNS)
        .param("run", run.runId())
        .query(
            (row, n) ->
                text(
                    "run.payouts.returns",
                    row.getLong("as_made"),
                    row.getLong("of_other_amount"),
                    row.getLong("unknown"),
                    row.getLong("missing")))
        .single();
  }

  private List<String> off() {
    var payouts =
        jdbc.sql(
                "select payment_reference from recredit.payout where difference > 0 order by payout_date desc nulls last, 1")
            .query(String.class)
            .list();
    if (payouts.isEmpty()) {
      return List.of();
    }
    var named = String.join(", ", payouts.subList(0, Math.min(payouts.size(), MOST_NAMED)));
    return List.of(counted("run.payouts.off", payouts.size(), named));
  }
}
