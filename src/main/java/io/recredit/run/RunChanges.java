package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedKind;
import io.recredit.input.InputTable;
import io.recredit.wording.Amounts;
import io.recredit.wording.Messages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a finished run changed of what was shown before it: one by one where few, counted where
 * many.
 */
@Component
class RunChanges {

  /** As many changes as are told one by one. */
  private static final int FEW = 10;

  private static final String ONE_BY_ONE =
      """
      select refund_id, coalesce(currency_after, currency_before) as currency,
        coalesce(refunded_amount_after, refunded_amount_before) as amount,
        outcome_before, match_rule_before, reason_before, credits_before,
        outcome_after, match_rule_after, reason_after, credits_after
      from recredit.run_change
      where run_id = ? and change <> 'new'
      order by refund_id
      """;

  private static final String COUNTED =
      """
      select count(*) as refunds, coalesce(currency_after, currency_before) as currency,
        sum(coalesce(refunded_amount_after, refunded_amount_before)) as amount,
        outcome_before, match_rule_before, reason_before, outcome_after, match_rule_after, reason_after
      from recredit.run_change
      where run_id = ? and change <> 'new'
      group by 2, 4, 5, 6, 7, 8, 9
      order by 1 desc, 4, 5, 6, 7, 8, 9, 2
      """;

  private final JdbcClient jdbc;

  RunChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Decisions that the run replaced or withdrew.
   *
   * @param changed how many they are
   */
  List<String> ofDecisions(Run run, long changed) {
    return jdbc.sql(changed <= FEW ? ONE_BY_ONE : COUNTED)
        .param(run.runId())
        .query(changed <= FEW ? RunChanges::one : RunChanges::several)
        .list();
  }

  private static String one(ResultSet row, int n) throws SQLException {
    var before = state(row, "_before");
    var after = state(row, "_after");
    var creditsBefore = row.getString("credits_before");
    var creditsAfter = row.getString("credits_after");
    return text(
        "run.change.one",
        row.getString("refund_id"),
        money(row),
        before.equals(after) && Objects.equals(creditsBefore, creditsAfter)
            ? text("run.change.details", with(after, creditsAfter))
            : text("run.change.was", with(before, creditsBefore), with(after, creditsAfter)));
  }

  private static String several(ResultSet row, int n) throws SQLException {
    var before = state(row, "_before");
    var after = state(row, "_after");
    return text(
        "run.change.several",
        row.getLong("refunds"),
        before.equals(after)
            ? text("run.change.details", after)
            : text("run.change.was", before, after),
        money(row));
  }

  /** "credited by REFERENCE", "exception NO_CAPTURE", "withdrawn". */
  private static String state(ResultSet row, String when) throws SQLException {
    var outcome = row.getString("outcome" + when);
    return switch (outcome == null ? "" : outcome) {
      case "credited" -> text("run.change.outcome.credited", row.getString("match_rule" + when));
      case "exception" -> text("run.change.outcome.exception", row.getString("reason" + when));
      case "written_off" -> text("run.change.outcome.written-off");
      case "duplicate" -> text("run.change.outcome.duplicate");
      default -> text("run.change.withdrawn");
    };
  }

  private static String with(String state, @Nullable String credits) {
    return credits == null ? state : text("run.change.credits", state, credits);
  }

  private static String money(ResultSet row) throws SQLException {
    return Amounts.format(
        row.getBigDecimal("amount").toBigIntegerExact(), row.getString("currency"));
  }

  /** Records that counted before the run and that it read otherwise, or not any more. */
  List<String> ofInput(Run run) {
    var counts =
        jdbc.sql(
                """
                select kind, count(*) from (
                  select 'capture' as kind from capture
                  where until_run = :run and counts and file_date > '-infinity'
                  union all select 'refund' from refund
                  where until_run = :run and counts and file_date > '-infinity'
                  union all select 'release' from release where until_run = :run and counts
                  union all select 'refusal' from refusal where until_run = :run and counts
                  union all select 'event' from event where until_run = :run and counts
                ) closed
                group by kind order by kind
                """)
            .param("run", run.runId())
            .query((row, n) -> new KindCount(row.getString(1), row.getLong(2)))
            .list();
    var all = counts.stream().mapToLong(KindCount::count).sum();
    if (all > FEW) {
      return counts.stream().map(kind -> text("run.summary.corrected", counted(kind))).toList();
    }
    return jdbc.sql(
            """
            select kind, id, change, file_before, line_before, file_after, line_after
            from recredit.input_change
            where run_id = ?
            order by kind, id
            """)
        .param(run.runId())
        .query(RunChanges::input)
        .list();
  }

  private static String input(ResultSet row, int n) throws SQLException {
    var before =
        text(
            "run.change.input",
            row.getString("kind"),
            row.getString("id"),
            row.getString("change"),
            row.getString("file_before"),
            row.getLong("line_before"));
    var fileAfter = row.getString("file_after");
    return fileAfter == null
        ? before
        : text("run.change.input-now", before, fileAfter, row.getLong("line_after"));
  }

  /** Records whose id a file brings under another order than before. */
  List<String> ofOrders(Run run) {
    var told = new ArrayList<String>();
    var all = 0L;
    for (var kind :
        List.of(FeedKind.CAPTURES, FeedKind.REFUNDS, FeedKind.REFUSALS, FeedKind.EVENTS)) {
      var moved = moved(run, InputTable.of(kind));
      moved.forEach(one -> told.add(one.told()));
      all += moved.isEmpty() ? 0 : moved.get(0).ofKind();
    }
    return fewOf(told, all);
  }

  /** Resolved refunds that the rules would credit by themselves, newly or otherwise than before. */
  List<String> ofResolutions(Run run) {
    var told =
        jdbc.sql(
                """
                select s.refund_id, s.resolved_amount as amount, d.currency, s.resolved_by, x.rules_decision, (
                    select string_agg(
                      part.id || ': ' || recredit.money(part.amount, d.currency), ', ' order by part.id)
                    from unnest(x.capture_id, x.amount) part (id, amount)
                  ) as parts
                from rules_decision x
                join resolution s on s.refund_id = x.refund_id and s.until_run is null
                join decision d on d.refund_id = x.refund_id and d.until_run is null
                where x.since_run = ? and x.capture_id <> '{}'
                order by s.refund_id
                """)
            .param(run.runId())
            .query(
                (row, n) ->
                    text(
                        "run.summary.overtaken",
                        row.getString("refund_id"),
                        money(row),
                        row.getString("resolved_by"),
                        row.getString("rules_decision"),
                        row.getString("parts")))
            .list();
    return fewOf(told, told.size());
  }

  private static List<String> fewOf(List<String> told, long all) {
    var few = new ArrayList<>(told.subList(0, Math.min(FEW, told.size())));
    if (all > few.size()) {
      few.add(text("run.summary.more-lines", all - few.size()));
    }
    return few;
  }

  /** What stood under another order before, or stands there in an earlier file of the same run. */
  private List<Moved> moved(Run run, InputTable table) {
    return jdbc.sql(
            table.sql(
                """
                with before as (
                  select {id} as id, order_id, file_date, line_number from {table}
                  where until_run = :run and counts and file_date > '-infinity'
                  union all
                  select {id}, order_id, file_date, line_number from {table}
                  where :days > 1 and since_run = :run and until_run is null and not counts and file_date > '-infinity'
                ), moved as (
                  select distinct on (b.id)
                    b.id, b.order_id as from_order, b.file_date as from_date, b.line_number as from_line,
                    n.order_id as to_order, n.file_date as to_date, n.line_number as to_line
                  from before b
                  join {table} n on n.{id} = b.id and n.since_run = :run and n.until_run is null and n.counts
                  where n.order_id <> b.order_id and n.file_date > '-infinity'
                  order by b.id, b.file_date
                )
                select m.id, m.from_order, (select f.file_name from input_file f where f.kind = '{kind}' and f.file_date = m.from_date order by f.since_run desc limit 1), m.from_line,
                  m.to_order, (select f.file_name from input_file f where f.kind = '{kind}' and f.file_date = m.to_date order by f.since_run desc limit 1), m.to_line, count(*) over ()
                from moved m
                order by m.id
                limit :few
                """))
        .param("run", run.runId())
        .param("days", run.fromDate().equals(run.toDate()) ? 1 : 2)
        .param("few", FEW)
        .query(
            (row, n) ->
                new Moved(
                    text(
                        "run.summary.moved",
                        table.table(),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7)),
                    row.getLong(8)))
        .list();
  }

  /**
   * @param ofKind how many of its kind there are
   */
  private record Moved(String told, long ofKind) {}

  private static String counted(KindCount of) {
    return switch (of.kind()) {
      case "capture" -> Messages.counted("count.capture", of.count());
      case "refund" -> Messages.counted("count.refund", of.count());
      case "refusal" -> Messages.counted("count.refused-request", of.count());
      case "event" -> Messages.counted("count.event", of.count());
      default -> Messages.counted("count.release", of.count());
    };
  }

  private record KindCount(String kind, long count) {}
}
