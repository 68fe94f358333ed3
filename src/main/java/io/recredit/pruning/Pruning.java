package io.recredit.pruning;

import static io.recredit.wording.Messages.text;

import io.recredit.evidence.KlarnaRecord;
import io.recredit.input.OwnInput;
import io.recredit.input.Readings;
import io.recredit.ledger.KlarnaRecords;
import io.recredit.ledger.PolicyStore;
import io.recredit.proof.Proof;
import io.recredit.settings.Settings;
import io.recredit.wording.Days;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Prunes as the input of a run: what is shown is whole as of that run. What it takes out is gone
 * though the run does not finish; nothing depends on it.
 */
@Component
public class Pruning {

  private static final String OLD_ORDERS =
      """
      create temporary table old_order on commit drop as
      select order_id
      from (
        select order_id, max(greatest(file_date, (captured_at at time zone :zone)::date)) as day from capture group by order_id
        union all
        select order_id, max(greatest(file_date, (refunded_at at time zone :zone)::date)) from refund group by order_id
        union all
        select order_id, max(greatest(file_date, (released_at at time zone :zone)::date)) from release group by order_id
        union all
        select order_id, max(greatest(file_date, (read_at at time zone :zone)::date)) from document group by order_id
        union all
        select order_id, max(greatest(file_date, (attempted_at at time zone :zone)::date)) from refusal group by order_id
        union all
        select order_id, max(greatest(file_date, (occurred_at at time zone :zone)::date)) from event
        where order_id is not null group by order_id
      ) o
      group by order_id
      having max(day) < :before
      """;

  /**
   * What a later reading replaced: of the same file, or of another one with the id, whose own
   * version may be gone.
   */
  private static final String REPLACED =
      "delete from %s t using old_order o where o.order_id = t.order_id and t.until_run is not null";

  private static final List<String> INPUT =
      List.of("capture", "refund", "release", "document", "refusal", "event");

  private static final List<String> SNAPSHOTS =
      List.of(
          """
          create temporary table old_snapshot on commit drop as
          select dense_rank() over (order by order_id) as n, s.*
          from (
            select order_id, read_at, merchant_reference1, merchant_reference2, klarna_reference,
              count(*) over (partition by order_id) as snapshots
            from old_order join document using (order_id)
            where counts and until_run is null
          ) s
          where snapshots > 1
          """,
          "create index on old_snapshot (n)",
          "analyze old_snapshot",
          "create temporary table looked_at (n bigint, read_at timestamptz) on commit drop",
          // An order is called what its latest snapshot calls it that gives a name.
          """
          insert into looked_at
          select n, max(read_at)
          from old_snapshot
          cross join lateral (
            values (1, merchant_reference1), (2, merchant_reference2), (3, klarna_reference)) given (what, reference)
          where reference is not null
          group by n, what
          """);

  private static final String LOOK_AT =
      """
      insert into looked_at
      select n, read_at from unnest(string_to_array(?, ',')::bigint[], string_to_array(?, ',')::timestamptz[]) s (n, read_at)
      """;

  private static final String NOT_LOOKED_AT =
      """
      delete from document d
      using (
        select s.order_id, s.read_at from old_snapshot s
        where not exists (select from looked_at l where l.n = s.n and l.read_at = s.read_at)
      ) s
      where d.order_id = s.order_id and d.read_at = s.read_at
      """;

  private static final int ORDERS_AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final KlarnaRecords records;
  private final PolicyStore policies;
  private final Readings readings;
  private final Proof proof;
  private final TransactionTemplate transaction;
  private final int keepYears;
  private final Clock clock;

  Pruning(
      JdbcClient jdbc,
      KlarnaRecords records,
      PolicyStore policies,
      Readings readings,
      Proof proof,
      TransactionTemplate transaction,
      Settings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.records = records;
    this.policies = policies;
    this.readings = readings;
    this.proof = proof;
    this.transaction = transaction;
    this.keepYears = settings.keepYears();
    this.clock = clock;
  }

  /**
   * What was taken out.
   *
   * @param versions of input that later readings replaced
   * @param before files of days before are not read any more
   */
  public record Pruned(long versions, long rejectedLines, long snapshots, LocalDate before) {}

  /** {@link UserException} where what is of days before is to be kept yet. */
  public void mustBeOldEnough(LocalDate before) {
    var today = today();
    if (before.plusYears(keepYears).isAfter(today)) {
      throw new UserException(
          text(
              "pruning.too-young",
              before.minusDays(1),
              before.plusYears(keepYears),
              keepYears,
              today.minusYears(keepYears)));
    }
  }

  /**
   * Of orders all of which is before that day; empty where nothing before it was ever read.
   *
   * @throws UserException where that is to be kept yet, or days before were never read
   */
  public Optional<OwnInput> input(LocalDate before) {
    mustBeOldEnough(before);
    if (readings.firstDayRead().filter(before::isAfter).isEmpty()) {
      return Optional.empty();
    }
    var never = readings.daysNeverRead(before.minusDays(1));
    if (!never.isEmpty()) {
      throw new UserException(
          text("pruning.days-never-read", before, String.join(", ", Days.ranges(never))));
    }
    return Optional.of(
        new OwnInput(
            today(),
            today(),
            runId -> transaction.executeWithoutResult(status -> prune(runId, before))));
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(policies.current().timeZone()));
  }

  private void prune(long runId, LocalDate before) {
    jdbc.sql(OLD_ORDERS)
        .param("zone", policies.current().timeZone().getId())
        .param("before", before)
        .update();
    jdbc.sql("analyze old_order").update();
    var versions =
        INPUT.stream().mapToLong(table -> jdbc.sql(REPLACED.formatted(table)).update()).sum();
    var rejected =
        jdbc.sql("delete from rejected_record where file_date < ?").param(before).update();
    var snapshots = pruneSnapshots();
    jdbc.sql(
            """
            insert into pruning (whole_from_run, before, pruned_by, pruned_at, versions, rejected_lines, snapshots)
            values (?, ?, session_user, ?, ?, ?, ?)
            """)
        .params(runId, before, clock.instant().atOffset(ZoneOffset.UTC))
        .params(versions, rejected, snapshots)
        .update();
    var broken = proof.ofEverything();
    if (!broken.isEmpty()) {
      throw Proof.failed(broken);
    }
  }

  /** Those that the places of refunds are not worked out from any more. */
  private int pruneSnapshots() {
    SNAPSHOTS.forEach(statement -> jdbc.sql(statement).update());
    var orders =
        jdbc.sql("select coalesce(max(n), 0) from old_snapshot").query(Long.class).single();
    for (var first = 1L; first <= orders; first += ORDERS_AT_ONCE) {
      lookAt(records.ofNumbered("old_snapshot", first, first + ORDERS_AT_ONCE - 1));
    }
    jdbc.sql("analyze looked_at").update();
    return jdbc.sql(NOT_LOOKED_AT).update();
  }

  private void lookAt(Map<Long, KlarnaRecord> page) {
    var orders = new ArrayList<String>();
    var times = new ArrayList<String>();
    page.forEach(
        (order, record) ->
            record
                .lookedAt()
                .forEach(
                    snapshot -> {
                      orders.add(order.toString());
                      times.add(snapshot.readAt().toString());
                    }));
    jdbc.sql(LOOK_AT).params(String.join(",", orders), String.join(",", times)).update();
  }

  /** What the run took out. */
  public Pruned pruned(long runId) {
    return jdbc.sql(
            """
            select versions, rejected_lines, snapshots, (select max(before) from recredit.pruning) as before
            from recredit.pruning where whole_from_run = ?
            """)
        .param(runId)
        .query(Pruned.class)
        .single();
  }
}
