package io.recredit.run;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedFolder;
import io.recredit.input.InputFile;
import io.recredit.input.Readings;
import io.recredit.wording.Amounts;
import io.recredit.wording.Labelled;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The short summary at the end of a run: what was read, what became of it, and where to look next.
 */
@Component
public class RunSummary {

  private static final int MOST_NAMED = 5;

  /**
   * From its start to its end; of a run that was carried on, what each process that worked on it
   * took, and not the time in between, which may be nights.
   */
  private static final String SECONDS_AT_WORK =
      """
      extract(epoch from least(r.ended_at - r.started_at, case when r.attempt > 1 then (
        select sum(e.end_time - e.start_time)
        from recredit_batch.batch_job_execution e
        join recredit_batch.batch_job_execution_params p using (job_execution_id)
        where p.parameter_name = 'run' and p.parameter_value = r.run_id::text) end))\
      """;

  private final JdbcClient jdbc;
  private final Readings readings;
  private final RunChanges changes;
  private final RunExceptions exceptions;
  private final RunRecord record;
  private final RunPayouts payouts;
  private final RunAnswers answers;

  RunSummary(
      JdbcClient jdbc,
      Readings readings,
      RunChanges changes,
      RunExceptions exceptions,
      RunRecord record,
      RunPayouts payouts,
      RunAnswers answers) {
    this.jdbc = jdbc;
    this.readings = readings;
    this.changes = changes;
    this.exceptions = exceptions;
    this.record = record;
    this.payouts = payouts;
    this.answers = answers;
  }

  /** The counts that a finished run wrote down, as {@code recredit.run} shows them. */
  private record Counts(
      double secondsAtWork,
      long captures,
      long refunds,
      long releases,
      long documents,
      long refusals,
      long events,
      long otherEvents,
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
    lines.add(text("run.summary.done", run.runId(), run.what(), counts.secondsAtWork()));
    lines.add("");
    if (run.kind().readsFiles()) {
      Labelled.add(lines, text("run.label.read"), List.of(read(counts)));
    }
    Labelled.add(lines, text("run.label.corrected"), changes.ofInput(run));
    Labelled.add(lines, text("run.label.moved"), changes.ofOrders(run));
    Labelled.add(lines, text("run.label.not-read"), notRead(run));
    Labelled.add(lines, text("run.label.decided"), List.of(decided(counts)));
    Labelled.add(lines, text("run.label.changed"), changes.ofDecisions(run, counts.changed()));
    Labelled.add(lines, text("run.label.credited"), credited(run));
    Labelled.add(lines, text("run.label.exceptions"), exceptions.lines(run));
    Labelled.add(lines, text("run.label.duplicates"), otherAmounts(run));
    Labelled.add(lines, text("run.label.beyond"), beyondCaptured(counts));
    Labelled.add(lines, text("run.label.record"), record.lines(run));
    Labelled.add(lines, text("run.label.payouts"), payouts.lines(run));
    Labelled.add(lines, text("run.label.refused"), answers.refused(run));
    Labelled.add(lines, text("run.label.events"), answers.ofEvents(run));
    Labelled.add(lines, text("run.label.resolved"), changes.ofResolutions(run));
    Labelled.add(lines, text("run.label.books"), posted(run));
    Labelled.add(lines, text("run.label.never-read"), daysNeverRead());
    Labelled.add(lines, text("run.label.proof"), List.of(text("run.summary.proof")));
    Labelled.add(lines, text("run.label.rejected"), rejected(run, counts));
    lines.add("");
    lines.addAll(lookNext(run, counts));
    return lines;
  }

  private static String read(Counts counts) {
    var read = new ArrayList<String>();
    read.add(
        String.join(
            ", ",
            counted("count.capture", counts.captures()),
            counted("count.refund", counts.refunds()),
            counted("count.release", counts.releases())));
    if (counts.documents() > 0) {
      read.add(counted("count.document", counts.documents()));
    }
    if (counts.refusals() > 0) {
      read.add(counted("count.refused-request", counts.refusals()));
    }
    if (counts.events() > 0) {
      read.add(events(counts));
    }
    if (counts.repeated() > 0) {
      read.add(counted("count.repeated-delivery", counts.repeated()));
    }
    if (counts.rejected() > 0) {
      read.add(counted("run.summary.rejected", counts.rejected()));
    }
    if (counts.withdrawn() > 0) {
      read.add(counted("run.summary.withdrawn", counts.withdrawn()));
    }
    return String.join("; ", read);
  }

  private static String events(Counts counts) {
    var events = counted("count.event", counts.events());
    return counts.otherEvents() == 0
        ? events
        : text("run.summary.other-events", events, counts.otherEvents());
  }

  private static String decided(Counts counts) {
    var refunds = counted("count.refund", counts.refundsDecided());
    var orders = counted("count.order", counts.ordersDecided());
    if (counts.changedNothing()) {
      return text("run.summary.nothing-changed", refunds, orders);
    }
    var fresh =
        new ArrayList<>(
            List.of(
                text("run.summary.credited", counts.credited()),
                counted("count.exception", counts.excepted()),
                counted("count.duplicate", counts.duplicates())));
    if (counts.writtenOff() > 0) {
      fresh.add(text("run.summary.written-off", counts.writtenOff()));
    }
    var decided = text("run.summary.decided", refunds, orders, String.join(", ", fresh));
    return counts.changed() == 0
        ? decided
        : decided + "; " + counted("run.summary.replaced", counts.changed());
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
        : text("run.summary.assumed", amount(credited, currency), amount(assumed, currency));
  }

  /** A key that comes again with another amount is more likely a mistake than a repetition. */
  private List<String> otherAmounts(Run run) {
    var count =
        jdbc.sql(
                """
                select count(*)
                from decision
                where since_run = ? and outcome = 'duplicate' and refunded_amount <> duplicate_of_amount
                """)
            .param(run.runId())
            .query(Long.class)
            .single();
    return count == 0 ? List.of() : List.of(counted("count.other-amount", count));
  }

  private static List<String> beyondCaptured(Counts counts) {
    return counts.ordersOverRefunded() == 0
        ? List.of()
        : List.of(counted("run.summary.beyond", counts.ordersOverRefunded()));
  }

  /** What stands on another day than its refund's is told: it is a correction of closed days. */
  private List<String> posted(Run run) {
    return jdbc.sql(
            """
            select count(*), count(*) filter (where posting_date > business_date and business_date <= (
              select max(until) from closed_period where reopened_run is null))
            from journal where run_id = ?
            """)
        .param(run.runId())
        .query((row, n) -> posted(row.getLong(1), row.getLong(2)))
        .single();
  }

  private static List<String> posted(long entries, long later) {
    if (entries == 0) {
      return List.of();
    }
    var posted = counted("run.summary.posted", entries);
    return List.of(later == 0 ? posted : posted + counted("run.summary.posted-later", later));
  }

  private static List<String> notRead(Run run) {
    var files = run.input().files().stream().map(InputFile::file).toList();
    var names = FeedFolder.notRead(files, run.fromDate(), run.toDate());
    if (names.isEmpty()) {
      return List.of();
    }
    var named = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
    var more = names.size() - MOST_NAMED;
    return List.of(
        text(
            "run.summary.not-read",
            more <= 0 ? named : counted("run.summary.more-files", more, named)));
  }

  private List<String> daysNeverRead() {
    var days = readings.daysNeverRead();
    if (days.isEmpty()) {
      return List.of();
    }
    var named = days.stream().limit(MOST_NAMED).map(LocalDate::toString).toList();
    var said = String.join(", ", named);
    var more = days.size() - named.size();
    return List.of(more == 0 ? said : counted("run.summary.more-days", more, said));
  }

  private List<String> rejected(Run run, Counts counts) {
    if (counts.rejected() == 0) {
      return List.of();
    }
    var lines =
        new ArrayList<>(
            jdbc.sql(
                    """
                    select file_name || ' line ' || line_number || ': ' || error
                    from (
                      select r.file_date, r.kind, r.file_name, r.line_number, r.error
                      from rejected_record r
                      join input_file f on f.kind = r.kind and f.file_date = r.file_date and f.since_run = :run
                      where r.until_run is null
                      union all
                      select null, 'payouts', file_name, row, error
                      from payout_rejected where since_run = :run and until_run is null
                    ) rejected
                    order by file_date, kind, file_name, line_number
                    limit :most
                    """)
                .param("run", run.runId())
                .param("most", MOST_NAMED)
                .query(String.class)
                .list());
    if (counts.rejected() > MOST_NAMED) {
      lines.add(text("run.summary.more-lines", counts.rejected() - MOST_NAMED));
    }
    return lines;
  }

  private static List<String> lookNext(Run run, Counts counts) {
    var lines = new ArrayList<String>();
    if (counts.excepted() > 0) {
      lines.add(text("run.next.exceptions", run.runId()));
    }
    if (counts.credited() > 0) {
      lines.add(text("run.next.credits", run.runId()));
    }
    if (counts.rejected() > 0) {
      lines.add(text("run.next.rejected"));
    }
    return lines.isEmpty() ? List.of(text("run.next.days")) : lines;
  }

  private Counts counts(Run run) {
    return jdbc.sql(
            "select r.*, " + SECONDS_AT_WORK + " as seconds_at_work from run r where run_id = ?")
        .param(run.runId())
        .query(
            (row, n) ->
                new Counts(
                    row.getDouble("seconds_at_work"),
                    row.getLong("captures_read"),
                    row.getLong("refunds_read"),
                    row.getLong("releases_read"),
                    row.getLong("documents_read"),
                    row.getLong("refusals_read"),
                    row.getLong("events_read"),
                    row.getLong("other_events_read"),
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
}
