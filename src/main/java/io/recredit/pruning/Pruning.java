package io.recredit.pruning;

import static io.recredit.wording.Messages.text;

import io.recredit.evidence.KlarnaRecord;
import io.recredit.input.OwnInput;
import io.recredit.ledger.KlarnaRecords;
import io.recredit.ledger.PolicyStore;
import io.recredit.proof.Proof;
import io.recredit.settings.Settings;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
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
      ) o
      group by order_id
      having max(day) < :before
      """;

  /** What a later reading of the same file replaced. */
  private static final String REPLACED =
      """
      delete from {table} t using old_order o
      where o.order_id = t.order_id and t.until_run is not null and exists (
        select from input_file f
        where f.kind = '{kind}' and f.file_date = t.file_date and f.since_run = t.until_run)
      """;

  private static final List<String> STATEMENTS =
      List.of(
          replaced("capture", "captures"),
          replaced("refund", "refunds"),
          replaced("release", "releases"),
          replaced("document", "orders"));

  private static final String ORDERS_WITH_SNAPSHOTS =
      """
      create temporary table order_with_snapshots on commit drop as
      select row_number() over () as n, order_id
      from old_order join document using (order_id)
      where counts and until_run is null
      group by order_id having count(*) > 1
      """;

  private static final int ORDERS_AT_ONCE = 1_000;

  private final JdbcClient jdbc;
  private final KlarnaRecords records;
  private final PolicyStore policies;
  private final Proof proof;
  private final TransactionTemplate transaction;
  private final int keepYears;
  private final Clock clock;

  Pruning(
      JdbcClient jdbc,
      KlarnaRecords records,
      PolicyStore policies,
      Proof proof,
      TransactionTemplate transaction,
      Settings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.records = records;
    this.policies = policies;
    this.proof = proof;
    this.transaction = transaction;
    this.keepYears = settings.keepYears();
    this.clock = clock;
  }

  /**
   * What was taken out.
   *
   * @param versions of input that later readings of the same files replaced
   */
  public record Pruned(long versions, long rejectedLines, long snapshots) {}

  private static String replaced(String table, String kind) {
    return REPLACED.replace("{table}", table).replace("{kind}", kind);
  }

  /**
   * Of orders all of which is before that day.
   *
   * @throws UserException where that is to be kept yet
   */
  public OwnInput input(LocalDate before) {
    var zone = policies.current().timeZone();
    var today = LocalDate.now(clock.withZone(zone));
    if (before.isAfter(today.minusYears(keepYears))) {
      throw new UserException(
          text(
              "pruning.too-young",
              before.minusDays(1),
              before.plusYears(keepYears),
              keepYears,
              today.minusYears(keepYears)));
    }
    return new OwnInput(
        today,
        today,
        runId ->
            transaction.executeWithoutResult(
                status -> prune(runId, before, zone, clock.instant())));
  }

  private void prune(long runId, LocalDate before, ZoneId zone, Instant prunedAt) {
    jdbc.sql(OLD_ORDERS).param("zone", zone.getId()).param("before", before).update();
    jdbc.sql("analyze old_order").update();
    var versions = STATEMENTS.stream().mapToLong(statement -> jdbc.sql(statement).update()).sum();
    var rejected =
        jdbc.sql("delete from rejected_record where file_date < ?").param(before).update();
    var snapshots = pruneSnapshots();
    jdbc.sql(
            """
            insert into pruning (whole_from_run, before, pruned_by, pruned_at, versions, rejected_lines, snapshots)
            values (?, ?, session_user, ?, ?, ?, ?)
            """)
        .params(runId, before, prunedAt.atOffset(ZoneOffset.UTC), versions, rejected, snapshots)
        .update();
    var broken = proof.ofEverything();
    if (!broken.isEmpty()) {
      throw Proof.failed(broken);
    }
  }

  /** Those that no place of a refund is worked out from any more. */
  private long pruneSnapshots() {
    var orders = jdbc.sql(ORDERS_WITH_SNAPSHOTS).update();
    var pruned = 0L;
    for (var first = 1L; first <= orders; first += ORDERS_AT_ONCE) {
      var page = records.ofNumbered("order_with_snapshots", first, first + ORDERS_AT_ONCE - 1);
      for (var order : page.entrySet()) {
        pruned += prune(order.getKey(), order.getValue());
      }
    }
    return pruned;
  }

  private int prune(long order, KlarnaRecord record) {
    return jdbc.sql(
            """
            delete from document d using order_with_snapshots o
            where o.n = ? and d.order_id = o.order_id
              and d.read_at <> all (string_to_array(?, ',')::timestamptz[])
            """)
        .params(
            order,
            record.lookedAt().stream()
                .map(snapshot -> snapshot.readAt().toString())
                .collect(Collectors.joining(",")))
        .update();
  }

  /** What the run took out. */
  public Pruned pruned(long runId) {
    return jdbc.sql(
            "select versions, rejected_lines, snapshots from recredit.pruning where whole_from_run = ?")
        .param(runId)
        .query(Pruned.class)
        .single();
  }
}
