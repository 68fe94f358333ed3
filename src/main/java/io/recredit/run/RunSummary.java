package io.recredit.run;

import io.recredit.input.Readings;
import io.recredit.wording.Amounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The short summary at the end of a run: what was read, what became of it, and where to look next.
 */
@Component
public class RunSummary {

  private static final int MOST_NAMED = 5;

  private final JdbcClient jdbc;
  private final Readings readings;
  private final RunChanges changes;

  RunSummary(JdbcClient jdbc, Readings readings, RunChanges changes) {
    this.jdbc = jdbc;
    this.readings = readings;
    this.changes = changes;
  }

  /** The counts that a finished run wrote down, as {@code recredit.run} shows them. */
  private record Counts(
      Duration took,
      long captures,
      long refunds,
      long releases,
      long repeated,
      long rejected,
      long withdrawn,
      long ordersDecided,
      long refundsDecided,
      long credited,
      long excepted,
      long writtenOff,
      long duplicates,
      long changed,
      long ordersOverRefunded) {

    boolean changedNothing() {
      return credited + excepted + writtenOff + duplicates + changed == 0;
    }
  }

  /** Whether some of the lines that the run read were rejected. */
  public boolean hasRejected(Run run) {
    return counts(run).rejected() > 0;
  }

  public List<String> lines(Run run) {
    var counts = counts(run);
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Run %d, %s, done in %.1f s.",
            run.runId(),
            run.what(),
            counts.took().toMillis() / 1000.0));
    lines.add("");
    addGroup(lines, "read", run.kind() == Run.Kind.RESOLUTION ? List.of() : List.of(read(counts)));
    addGroup(lines, "corrected", changes.ofInput(run));
    addGroup(lines, "decided", List.of(decided(counts)));
    addGroup(lines, "changed", changes.ofDecisions(run, counts.changed()));
    addGroup(lines, "credited", credited(run));
    addGroup(lines, "exceptions", exceptions(run));
    addGroup(lines, "beyond", beyondCaptured(counts));
    addGroup(lines, "never read", daysNeverRead());
    addGroup(
        lines,
        "proof",
        List.of(
            "passed: refunded = credited + unallocated + written off + duplicates, for every order and day"));
    addGroup(lines, "rejected", rejected(run, counts));
    lines.add("");
    lines.addAll(lookNext(run, counts));
    return lines;
  }

  /** The label stands before the first line of its group. */
  private static void addGroup(List<String> lines, String label, List<String> group) {
    for (var i = 0; i < group.size(); i++) {
      lines.add(String.format(Locale.ROOT, "  %-11s %s", i == 0 ? label : "", group.get(i)));
    }
  }

  private static String read(Counts counts) {
    var read =
        "%s, %s, %s"
            .formatted(
                counted(counts.captures(), "capture"),
                counted(counts.refunds(), "refund"),
                counted(counts.releases(), "release"));
    return read
        + (counts.repeated() > 0 ? "; " + counted(counts.repeated(), "repeated delivery") : "")
        + (counts.rejected() > 0 ? "; " + counted(counts.rejected(), "line") + " rejected" : "")
        + (counts.withdrawn() > 0
            ? "; " + counted(counts.withdrawn(), "record") + " withdrawn"
            : "");
  }

  private static String decided(Counts counts) {
    var decided =
        "%s of %s"
            .formatted(
                counted(counts.refundsDecided(), "refund"),
                counted(counts.ordersDecided(), "order"));
    if (counts.changedNothing()) {
      return decided + ": nothing changed";
    }
    return decided
        + "; new or different: %s credited, %s, %s"
            .formatted(
                number(counts.credited()),
                counted(counts.excepted(), "exception"),
                counted(counts.duplicates(), "duplicate"))
        + (counts.writtenOff() > 0 ? ", " + number(counts.writtenOff()) + " written off" : "")
        + (counts.changed() > 0
            ? "; " + counted(counts.changed(), "earlier decision") + " replaced or withdrawn"
            : "");
  }

  private List<String> credited(Run run) {
    return jdbc.sql(
            """
            select d.currency, sum(c.credited_amount),
              coalesce(sum(c.credited_amount) filter (where d.match_rule = 'ONE_OF_SEVERAL'), 0)
            from decision d join credit c on c.refund_id = d.refund_id and c.since_run = d.since_run
            where d.since_run = ?
            group by d.currency order by d.currency
            """)
        .param(run.runId())
        .query((row, n) -> credited(row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3)))
        .list();
  }

  private static String credited(String currency, BigDecimal credited, BigDecimal assumed) {
    return assumed.signum() == 0
        ? amount(credited, currency)
        : "%s, of it %s assumed (one of several invoices)"
            .formatted(amount(credited, currency), amount(assumed, currency));
  }

  private List<String> exceptions(Run run) {
    return jdbc.sql(
            """
            select reason, currency, count(*), sum(refunded_amount)
            from decision where since_run = ? and outcome = 'exception'
            group by reason, currency order by reason, currency
            """)
        .param(run.runId())
        .query(
            (row, n) ->
                String.format(
                    Locale.ROOT,
                    "%-24s %6s  %s",
                    row.getString(1),
                    number(row.getLong(3)),
                    amount(row.getBigDecimal(4), row.getString(2))))
        .list();
  }

  private static List<String> beyondCaptured(Counts counts) {
    return counts.ordersOverRefunded() == 0
        ? List.of()
        : List.of(
            counted(counts.ordersOverRefunded(), "order") + " refunded beyond what was captured");
  }

  private List<String> daysNeverRead() {
    var days = readings.daysNeverRead();
    if (days.isEmpty()) {
      return List.of();
    }
    var named = days.stream().limit(MOST_NAMED).map(LocalDate::toString).toList();
    return List.of(
        String.join(", ", named)
            + (days.size() > MOST_NAMED
                ? " and " + (days.size() - MOST_NAMED) + " more days"
                : ""));
  }

  private List<String> rejected(Run run, Counts counts) {
    if (counts.rejected() == 0) {
      return List.of();
    }
    var lines =
        new ArrayList<>(
            jdbc.sql(
                    """
                    select r.file_name || ' line ' || r.line_number || ': ' || r.error
                    from rejected_record r
                    join input_file f on f.kind = r.kind and f.file_date = r.file_date and f.since_run = :run
                    where r.until_run is null
                    order by r.file_date, r.kind, r.line_number
                    limit :most
                    """)
                .param("run", run.runId())
                .param("most", MOST_NAMED)
                .query(String.class)
                .list());
    if (counts.rejected() > MOST_NAMED) {
      lines.add("and " + number(counts.rejected() - MOST_NAMED) + " more");
    }
    return lines;
  }

  private static List<String> lookNext(Run run, Counts counts) {
    var lines = new ArrayList<String>();
    if (counts.excepted() > 0) {
      lines.add(
          "Exceptions, and what to do: select refund_id, explanation, suggestion from recredit.refund_exception where run_id = %d;"
              .formatted(run.runId()));
    }
    if (counts.credited() > 0) {
      lines.add(
          "Credits: select * from recredit.invoice_credit where run_id = %d;"
              .formatted(run.runId()));
    }
    if (counts.rejected() > 0) {
      lines.add("Rejected lines: select * from recredit.rejected_record;");
    }
    return lines.isEmpty()
        ? List.of("Day by day: select * from recredit.daily_reconciliation;")
        : lines;
  }

  private Counts counts(Run run) {
    return jdbc.sql("select * from run where run_id = ?")
        .param(run.runId())
        .query(
            (row, n) ->
                new Counts(
                    Duration.between(
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("ended_at").toInstant()),
                    row.getLong("captures_read"),
                    row.getLong("refunds_read"),
                    row.getLong("releases_read"),
                    row.getLong("repeated"),
                    row.getLong("rejected"),
                    row.getLong("withdrawn"),
                    row.getLong("orders_decided"),
                    row.getLong("refunds_decided"),
                    row.getLong("credited"),
                    row.getLong("excepted"),
                    row.getLong("written_off"),
                    row.getLong("duplicates"),
                    row.getLong("changed"),
                    row.getLong("orders_over_refunded")))
        .single();
  }

  private static String amount(BigDecimal minorUnits, @Nullable String currency) {
    return Amounts.format(minorUnits.toBigIntegerExact(), currency);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String counted(long number, String thing) {
    var plural = thing.endsWith("y") ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s";
    return number(number) + " " + (number == 1 ? thing : plural);
  }
}
