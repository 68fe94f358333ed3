package io.recredit.input;

import io.recredit.feed.FeedKind;
import io.recredit.postgres.BlockRanges;
import io.recredit.postgres.TableStatistics;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Brings the captures and refunds of orders' latest snapshots into the tables as input (rules.md,
 * part 7), with the file date -infinity: as if they came from a file before all others, they count
 * until a file has their id. Nothing is written of what a latest snapshot says as the one before
 * did. Runs in one transaction, when the files are merged.
 */
@Repository
public class DocumentInput {

  /** The columns of the input, from a document d and one of its captures or refunds i. */
  private static final String CAPTURE =
      """
      d.order_id, i.amount as captured_amount, i.at as captured_at, d.purchase_country, d.purchase_currency, d.order_amount,
      i.invoice as klarna_reference, i.reference, null::text as merchant_reference1, null::text as merchant_reference2,
      i.order_lines, null::text as other_id
      """;

  private static final String REFUND =
      """
      d.order_id, i.amount as refunded_amount, i.at as refunded_at, null::text as purchase_currency,
      null::text as capture_id, i.reference, i.description, null::text as idempotency_key,
      null::text as merchant_reference1, null::text as merchant_reference2, i.order_lines, null::text as other_id
      """;

  private static final String CAPTURES = "captures_in(d.captures, null, d.capture_lines) i";

  /** Those without an id of their own only where no refunds file has a refund of the order. */
  private static final String REFUNDS =
      """
      refunds_in(d.refunds, d.refund_lines) i
      where i.named or not exists (
        select from refund f
        where f.order_id = d.order_id and f.file_date > '-infinity' and f.counts and f.until_run is null)
      """;

  /** What of a document they are made from. */
  private static final String SAID_OF_CAPTURES =
      "purchase_country, purchase_currency, order_amount, captures, capture_lines";

  private static final String SAID_OF_REFUNDS = "refunds, refund_lines";

  private final JdbcClient jdbc;
  private final InputMerge merge;
  private final TableStatistics statistics;
  private final BlockRanges ranges;

  DocumentInput(JdbcClient jdbc, InputMerge merge, TableStatistics statistics, BlockRanges ranges) {
    this.jdbc = jdbc;
    this.merge = merge;
    this.statistics = statistics;
    this.ranges = ranges;
  }

  /** Brings what a run's documents, or its refunds files, changed. */
  public void bring(RunInput run) {
    findOrders(run);
    if (jdbc.sql("select exists (select from read_order)").query(Boolean.class).single()) {
      bring(
          FeedKind.CAPTURES,
          SAID_OF_CAPTURES,
          "select i.id, d.line_number, " + CAPTURE + " from brought d cross join " + CAPTURES,
          run);
      bring(
          FeedKind.REFUNDS,
          SAID_OF_REFUNDS,
          "select i.id, d.line_number, " + REFUND + " from brought d cross join " + REFUNDS,
          run);
    }
  }

  /**
   * The orders of the run's documents, with what their latest snapshot says otherwise than the one
   * before the run; and those of which a refunds file decides whether it has refunds without id.
   * Where the refunds are it says as before where it is one more snapshot, read later, with the
   * same content: that proves nothing new, unless a refund lies between the two. For {@code
   * OrdersToDecide}, which works in the same transaction.
   *
   * <p>Sorted are digests and places of snapshots, of which an order may have many, and not their
   * texts.
   */
  private void findOrders(RunInput run) {
    jdbc.sql("set local random_page_cost to default").update();
    update(
        """
        create temporary table touched_order on commit drop as
        select order_id, count(*) filter (where of_document) as documents, bool_or(not of_document) as is_in_refunds_file
        from (
          select order_id, true as of_document from document where since_run = :run or until_run = :run
          union all
          select r.order_id, false from refund r
          where (select exists (select from document))
            and (r.since_run = :run or r.until_run = :run) and r.file_date > '-infinity'
            and exists (
              select from document d where d.order_id = r.order_id and d.has_unnamed and d.counts and d.until_run is null)
        ) version
        group by order_id
        """,
        run);
    jdbc.sql("analyze touched_order").update();
    update(
        """
        create temporary table read_order on commit drop as
        with snapshot as materialized (
          select order_id, read_at, since_run, until_run, ctid as place, said_of_captures, said_of_refunds, said_of_places
          from document
          where order_id in (select order_id from touched_order) and counts and (until_run is null or until_run = :run)
        ), now as (
          select distinct on (order_id) * from snapshot where until_run is null order by order_id, read_at desc
        ), before as (
          select distinct on (order_id) * from snapshot where since_run < :run order by order_id, read_at desc
        ), refunded as (
          select order_id, max(refunded_at) as last_refunded_at
          from refund
          where order_id in (select order_id from touched_order) and counts and until_run is null
          group by order_id
        )
        select t.order_id, now.place,
          now.said_of_captures is distinct from before.said_of_captures as has_other_captures,
          now.said_of_refunds is distinct from before.said_of_refunds or t.is_in_refunds_file as has_other_refunds,
          t.documents > 1 or now.since_run is distinct from :run or now.said_of_places is distinct from before.said_of_places
            or coalesce(refunded.last_refunded_at > before.read_at, false) as has_other_places
        from touched_order t
        left join now using (order_id)
        left join before using (order_id)
        left join refunded using (order_id)
        """,
        run);
    jdbc.sql("analyze read_order").update();
  }

  private void update(String sql, RunInput run) {
    jdbc.sql(sql).param("run", run.runId()).update();
  }

  private void bring(FeedKind kind, String said, String records, RunInput run) {
    var table = InputTable.of(kind);
    jdbc.sql(
            """
            create temporary table brought on commit drop as
            select o.order_id, d.line_number, {said}
            from read_order o
            left join document d on d.ctid = o.place
            where o.has_other_%s
            """
                .formatted(kind.word())
                .replace("{said}", of("d", said)))
        .update();
    jdbc.sql("analyze brought (order_id)").update();
    jdbc.sql(
            table.sql(
                """
                create temporary table of_document on commit drop as
                select id as {id}, line_number, {content} from ({records}) r
                """
                    .replace("{records}", records)))
        .update();
    jdbc.sql(table.sql("analyze of_document ({id}, order_id)")).update();
    var closed = close(table, run);
    var written =
        update(
            """
            insert into {table} ({id}, file_date, since_run, counts, line_number, {content})
            select {id}, '-infinity', :run, true, line_number, {content}
            from of_document s
            where not exists (
              select from {table} c
              where c.{id} = s.{id} and c.order_id = s.order_id and c.file_date = '-infinity' and c.until_run is null)
            """,
            table,
            run);
    jdbc.sql("drop table brought, of_document").update();
    if (closed + written > 0) {
      merge.letTheLatestFileCount(table, run, "n.file_date = '-infinity'");
      statistics.refresh(table.table(), table.sql("{keys}, since_run, until_run, counts"), written);
      ranges.summarizeRest(table.table());
    }
  }

  /** What the run itself wrote, when a file's record went, was never shown and goes at all. */
  private int close(InputTable table, RunInput run) {
    var outdated =
        """
        c.order_id = b.order_id and c.file_date = '-infinity' and c.until_run is null
          and not exists (
            select from of_document s
            where s.{id} = c.{id} and s.order_id = c.order_id
              and row({s.content}) is not distinct from row({c.content}))
        """;
    return update(
            "delete from {table} c using brought b where c.since_run = :run and " + outdated,
            table,
            run)
        + update(
            "update {table} c set until_run = :run from brought b where c.since_run < :run and "
                + outdated,
            table,
            run);
  }

  private int update(String sql, InputTable table, RunInput run) {
    return jdbc.sql(table.sql(sql)).param("run", run.runId()).update();
  }

  private static String of(String table, String columns) {
    return table + "." + columns.replace(", ", ", " + table + ".");
  }
}
