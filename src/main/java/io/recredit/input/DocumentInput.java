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
      i.order_lines
      """;

  private static final String REFUND =
      """
      d.order_id, i.amount as refunded_amount, i.at as refunded_at, null::text as purchase_currency,
      null::text as capture_id, i.reference, i.description, null::text as idempotency_key,
      null::text as merchant_reference1, null::text as merchant_reference2, i.order_lines
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

  private static final String ORDERS_OF_DOCUMENTS =
      "select order_id from document where since_run = :run or until_run = :run";

  private static final String ORDERS_OF_REFUNDS =
      """
      union
      select r.order_id from refund r
      where (r.since_run = :run or r.until_run = :run) and r.file_date > '-infinity'
        and exists (
          select from document d where d.order_id = r.order_id and d.has_unnamed and d.counts and d.until_run is null)
      """;

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
    if (jdbc.sql("select exists (select from document)").query(Boolean.class).single()) {
      bring(
          FeedKind.CAPTURES,
          ORDERS_OF_DOCUMENTS,
          "purchase_country, purchase_currency, order_amount, captures, capture_lines",
          "select i.id, d.line_number, " + CAPTURE + " from brought d cross join " + CAPTURES,
          run);
      bring(
          FeedKind.REFUNDS,
          ORDERS_OF_DOCUMENTS + "\n" + ORDERS_OF_REFUNDS,
          "refunds, refund_lines",
          "select i.id, d.line_number, " + REFUND + " from brought d cross join " + REFUNDS,
          run);
    }
  }

  /** Sorted are the places of snapshots, of which an order may have many, and not their texts. */
  private void bring(FeedKind kind, String orders, String said, String records, RunInput run) {
    var table = InputTable.of(kind);
    jdbc.sql("set local random_page_cost to default").update();
    jdbc.sql(
            """
            create temporary table brought on commit drop as
            with touched as materialized (select distinct order_id from ({orders}) o),
            now as (
              select distinct on (d.order_id) d.order_id, d.ctid as place
              from document d
              where d.order_id in (select order_id from touched) and d.counts and d.until_run is null
              order by d.order_id, d.read_at desc
            ), before as (
              select distinct on (d.order_id) d.order_id, d.ctid as place
              from document d
              where d.order_id in (select order_id from touched)
                and d.counts and d.since_run < :run and (d.until_run is null or d.until_run = :run)
              order by d.order_id, d.read_at desc
            )
            select t.order_id, n.line_number, {n.said}
            from touched t
            left join now on now.order_id = t.order_id
            left join document n on n.ctid = now.place
            left join before on before.order_id = t.order_id
            left join document b on b.ctid = before.place
            where row({n.said}) is distinct from row({b.said}) or {always}
            """
                .replace("{orders}", orders)
                .replace("{n.said}", of("n", said))
                .replace("{b.said}", of("b", said))
                .replace("{always}", String.valueOf(kind == FeedKind.REFUNDS)))
        .param("run", run.runId())
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
