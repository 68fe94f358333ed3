package io.recredit.run;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a finished run read of what Klarna paid out, and how that stands beside the refunds. Of a
 * run that read none nothing is said: looking at all payouts takes longer than a small night.
 */
@Component
class RunPayouts {

  private static final int MOST_NAMED = 5;

  private final JdbcClient jdbc;

  RunPayouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> lines(Run run) {
    var lines = new ArrayList<String>();
    read(run).ifPresent(lines::add);
    lines.addAll(noReports(run));
    if (hasRead(run)) {
      lines.add(returns());
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

  /** Of all payouts, not of those read alone: what is missing is in none of them. */
  private String returns() {
    Map<String, Long> differences =
        jdbc
            .sql("select kind, count(*) as refunds from recredit.payout_difference group by kind")
            .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    var paid =
        jdbc.sql("select count(*) from recredit.refund_payout where payment_reference is not null")
            .query(Long.class)
            .single();
    var other = differences.getOrDefault("RETURN_AMOUNT", 0L);
    return text(
        "run.payouts.returns",
        paid - other,
        other,
        differences.getOrDefault("RETURN_UNKNOWN", 0L),
        differences.getOrDefault("RETURN_MISSING", 0L));
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
