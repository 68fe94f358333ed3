package io.recredit.status;

import io.recredit.allocation.Allocator;
import io.recredit.input.FilesAsRead;
import io.recredit.input.FilesAsRead.Looked;
import io.recredit.input.Readings;
import io.recredit.ledger.ClosedPeriods;
import io.recredit.ledger.PolicyStore;
import io.recredit.postgres.Rows;
import io.recredit.settings.Settings;
import io.recredit.status.Status.Age;
import io.recredit.status.Status.LastRun;
import io.recredit.status.Status.OpenExceptions;
import io.recredit.status.Status.RunAmount;
import io.recredit.status.Status.Unfinished;
import io.recredit.status.Status.Versions;
import io.recredit.status.Unusual.What;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up how things stand; reads only, and nothing whose size grows with the tables. */
@Repository
public class StatusQueries {

  private static final int DAYS_COMPARED = 31;

  /**
   * Of a day that was first read with others nobody knows how many exceptions were its own; nor how
   * many refunds, where documents brought them.
   */
  private static final String LAST_DAYS =
      """
      select f.file_date, coalesce(sum(f.rejected), 0) as rejected,
        (sum(f.accepted) filter (where f.kind = 'refunds'))::bigint as refunds, (
          select sum(r.excepted)::bigint
          from recredit.run r
          where r.status = 'done' and r.kind in ('nightly', 'rerun') and r.from_date = f.file_date and r.to_date = f.file_date
          having not exists (
            select from recredit.run s
            where s.status = 'done' and s.kind = 'rerun' and s.from_date < s.to_date
              and f.file_date between s.from_date and s.to_date and s.run_id < min(r.run_id))) as exceptions
      from recredit.input_file f
      group by f.file_date
      order by f.file_date desc
      limit ?
      """;

  private final JdbcClient jdbc;
  private final Readings readings;
  private final FilesAsRead files;
  private final ClosedPeriods periods;
  private final PolicyStore policies;
  private final Settings settings;
  private final Clock clock;

  StatusQueries(
      JdbcClient jdbc,
      Readings readings,
      FilesAsRead files,
      ClosedPeriods periods,
      PolicyStore policies,
      Settings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.readings = readings;
    this.files = files;
    this.periods = periods;
    this.policies = policies;
    this.settings = settings;
    this.clock = clock;
  }

  private record Day(long rejected, @Nullable Long refunds, @Nullable Long exceptions) {}

  /** Which version the tables are of; empty where there are none, or of before that was shown. */
  public Optional<Integer> tablesVersion() {
    var isShown =
        jdbc.sql("select to_regclass('recredit.tables_version') is not null")
            .query(Boolean.class)
            .single();
    return isShown
        ? jdbc.sql("select version from recredit.tables_version").query(Integer.class).optional()
        : Optional.empty();
  }

  /**
   * How things stand now.
   *
   * @param input the folder whose files are held against what was read; null for none
   * @param maxAge how old the last run may be
   */
  public Status status(@Nullable Path input, Duration maxAge) {
    var zone = policies.current().timeZone();
    var today = LocalDate.now(clock.withZone(zone));
    return new Status(
        clock.instant(),
        maxAge,
        lastRun(),
        unfinished(),
        readings.daysNeverRead(today.minusDays(1)),
        looked(input),
        exceptions(today),
        jdbc.sql("select count(*) from recredit.contradicted_decision").query(Long.class).single(),
        unusual(),
        periods.last().orElse(null),
        new Versions(
            settings.version(),
            tablesVersion().orElse(0),
            Allocator.RULES_VERSION,
            jdbc.sql("show server_version").query(String.class).single()));
  }

  private @Nullable Looked looked(@Nullable Path input) {
    return input != null && Files.isDirectory(input) ? files.glanceBack(input) : null;
  }

  private @Nullable LastRun lastRun() {
    return jdbc.sql(
            """
            select * from recredit.run where status = 'done' and kind in ('nightly', 'rerun') order by run_id desc limit 1
            """)
        .query((row, n) -> lastRun(row))
        .optional()
        .orElse(null);
  }

  private LastRun lastRun(ResultSet row) throws SQLException {
    var runId = row.getLong("run_id");
    return new LastRun(
        runId,
        row.getString("kind"),
        date(row, "from_date"),
        date(row, "to_date"),
        Rows.time(row, "started_at"),
        Rows.time(row, "ended_at"),
        row.getLong("captures_read"),
        row.getLong("refunds_read"),
        row.getLong("releases_read"),
        row.getLong("documents_read"),
        row.getLong("refusals_read"),
        row.getLong("events_read"),
        row.getLong("rejected"),
        row.getLong("credited"),
        row.getLong("excepted"),
        row.getLong("orders_over_refunded"),
        amounts(runId));
  }

  private List<RunAmount> amounts(long runId) {
    return jdbc.sql("select * from recredit.run_amount where run_id = ? order by currency")
        .param(runId)
        .query(
            (row, n) ->
                new RunAmount(
                    row.getString("currency"),
                    row.getBigDecimal("credited_amount").toBigIntegerExact(),
                    row.getBigDecimal("excepted_amount").toBigIntegerExact()))
        .list();
  }

  private List<Unfinished> unfinished() {
    return jdbc.sql(
            "select * from recredit.run where status in ('failed', 'interrupted') order by run_id")
        .query(
            (row, n) ->
                new Unfinished(
                    row.getLong("run_id"),
                    row.getString("kind"),
                    date(row, "from_date"),
                    date(row, "to_date"),
                    Rows.time(row, "started_at"),
                    row.getString("failure")))
        .list();
  }

  private record Group(String reason, @Nullable String currency, Age age) {}

  private List<OpenExceptions> exceptions(LocalDate today) {
    var groups = new LinkedHashMap<Group, OpenExceptions>();
    jdbc.sql("select * from recredit.exception_total order by reason, currency, business_date desc")
        .query((row, n) -> open(row, today))
        .list()
        .forEach(
            open ->
                groups.merge(
                    new Group(open.reason(), open.currency(), open.age()),
                    open,
                    StatusQueries::sum));
    return List.copyOf(groups.values());
  }

  private static OpenExceptions open(ResultSet row, LocalDate today) throws SQLException {
    return new OpenExceptions(
        row.getString("reason"),
        row.getString("currency"),
        Age.of(date(row, "business_date").until(today, ChronoUnit.DAYS)),
        row.getLong("exceptions"),
        row.getBigDecimal("refunded_amount").toBigIntegerExact());
  }

  private static OpenExceptions sum(OpenExceptions one, OpenExceptions other) {
    return new OpenExceptions(
        one.reason(),
        one.currency(),
        one.age(),
        one.count() + other.count(),
        one.amount().add(other.amount()));
  }

  private List<Unusual> unusual() {
    var days =
        jdbc.sql(LAST_DAYS)
            .param(DAYS_COMPARED)
            .query(
                (row, n) ->
                    new Day(
                        row.getLong("rejected"),
                        row.getObject("refunds", Long.class),
                        row.getObject("exceptions", Long.class)))
            .list();
    return Stream.of(
            Unusual.of(What.EXCEPTIONS, of(days, Day::exceptions)),
            Unusual.of(What.REJECTED, of(days, Day::rejected)),
            Unusual.of(What.REFUNDS, of(days, Day::refunds)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<@Nullable Long> of(List<Day> days, Function<Day, @Nullable Long> count) {
    var counts = new ArrayList<@Nullable Long>();
    days.forEach(day -> counts.add(count.apply(day)));
    return counts;
  }

  private static LocalDate date(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, LocalDate.class));
  }
}
