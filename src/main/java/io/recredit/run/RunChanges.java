package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedKind;
import io.recredit.input.InputTable;
import io.recredit.wording.Messages;
import java.util.ArrayList;
import java.util.List;
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

  private static final String BEFORE_AND_AFTER =
      """
      with told as (
        select c.*,
          coalesce('exception ' || c.reason_before, c.outcome_before || ' by ' || c.match_rule_before,
            replace(c.outcome_before, '_', ' ')) as was,
          coalesce('exception ' || c.reason_after, c.outcome_after || ' by ' || c.match_rule_after,
            replace(c.outcome_after, '_', ' '), 'withdrawn') as is_now
        from recredit.run_change c
        where c.run_id = ? and c.change <> 'new'
      )
      """;

  private static final String ONE_BY_ONE =
      BEFORE_AND_AFTER
          + """
          select format('refund %s, %s: %s', refund_id,
            recredit.money(coalesce(refunded_amount_after, refunded_amount_before), coalesce(currency_after, currency_before)),
            case
              when was = is_now and credits_before is not distinct from credits_after
                then format('still %s%s, with other details', is_now, ' (' || credits_after || ')')
              else format('was %s%s, is now %s%s', was, ' (' || credits_before || ')', is_now, ' (' || credits_after || ')')
            end)
          from told order by refund_id
          """;

  private static final String COUNTED =
      BEFORE_AND_AFTER
          + """
          select format('%s x %s: %s', count(*),
            case when was = is_now then format('still %s, with other details', is_now) else format('was %s, is now %s', was, is_now) end,
            recredit.money(sum(coalesce(refunded_amount_after, refunded_amount_before)), coalesce(currency_after, currency_before)))
          from told
          group by was, is_now, coalesce(currency_after, currency_before)
          order by count(*) desc, was, is_now
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
        .query(String.class)
        .list();
  }

  /** Records that counted before the run and that it read otherwise, or not any more. */
  List<String> ofInput(Run run) {
    var counts =
        jdbc.sql(
                """
                select kind, count(*) from (
                  select 'capture' as kind from capture where until_run = :run and counts
                  union all select 'refund' from refund where until_run = :run and counts
                  union all select 'release' from release where until_run = :run and counts
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
            select format('%s %s %s: %s line %s%s', kind, id, change, file_before, line_before,
              ', now ' || file_after || ' line ' || line_after)
            from recredit.input_change
            where run_id = ?
            order by kind, id
            """)
        .param(run.runId())
        .query(String.class)
        .list();
  }

  /** Records whose id a file brings under another order than before. */
  List<String> ofOrders(Run run) {
    var told = new ArrayList<String>();
    var all = 0L;
    for (var kind : List.of(FeedKind.CAPTURES, FeedKind.REFUNDS)) {
      var moved = moved(run, InputTable.of(kind));
      moved.forEach(one -> told.add(one.told()));
      all += moved.isEmpty() ? 0 : moved.get(0).ofKind();
    }
    if (all > told.size()) {
      told.add(text("run.summary.more-lines", all - told.size()));
    }
    return told;
  }

  /** What stood under another order before, or stands there in an earlier file of the same run. */
  private List<Moved> moved(Run run, InputTable table) {
    return jdbc.sql(
            table.sql(
                """
                with before as (
                  select {id} as id, order_id, file_date, line_number from {table}
                  where until_run = :run and counts
                  union all
                  select {id}, order_id, file_date, line_number from {table}
                  where :days > 1 and since_run = :run and until_run is null and not counts
                ), moved as (
                  select distinct on (b.id)
                    b.id, b.order_id as from_order, b.file_date as from_date, b.line_number as from_line,
                    n.order_id as to_order, n.file_date as to_date, n.line_number as to_line
                  from before b
                  join {table} n on n.{id} = b.id and n.since_run = :run and n.until_run is null and n.counts
                  where n.order_id <> b.order_id
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
      default -> Messages.counted("count.release", of.count());
    };
  }

  private record KindCount(String kind, long count) {}
}
