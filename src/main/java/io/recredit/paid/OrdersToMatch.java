package io.recredit.paid;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which orders' refunds and captures a run matches anew with the rows of payouts: all that what it
 * read, or decided, can have changed. Which order a row is of, and whether it names something that
 * is known, can change with other orders than its own.
 */
@Repository
public class OrdersToMatch {

  /** Each row, with the refund or capture that it names, and the order that it is of. */
  private static final String CLAIMS =
      """
      select r.what, r.payment_reference, r.row, r.payout_day, r.payout_at, r.amount, r.currency, r.reference,
        named.id as named, r.names_something and named.id is null as names_another,
        coalesce(named.order_id, own.order_id, referenced.order_id) as order_id
      from (
        select k.*, case k.what when 'REFUND' then k.refund_id else k.capture_id end is not null as names_something
        from {rows} k
      ) r
      left join lateral (
        select id, order_id
        from (
          select refund_id as id, order_id, 1 as rank from refund
          where r.what = 'REFUND' and refund_id = r.refund_id and counts and until_run is null
          union all
          select refund_id, order_id, 2 from refund
          where r.what = 'REFUND' and other_id = r.refund_id and counts and until_run is null
          union all
          select capture_id, order_id, 1 from capture
          where r.what = 'CAPTURE' and capture_id = r.capture_id and counts and until_run is null
          union all
          select capture_id, order_id, 2 from capture
          where r.what = 'CAPTURE' and other_id = r.capture_id and counts and until_run is null
        ) known
        order by rank, id
        limit 1
      ) named on true
      left join lateral (
        select r.order_id
        where named.id is null and (
          exists (select from capture c where c.order_id = r.order_id and c.counts and c.until_run is null)
          or exists (select from refund f where f.order_id = r.order_id and f.counts and f.until_run is null))
      ) own on true
      left join lateral (
        select min(o.order_id) as order_id
        from (
          select order_id from capture
          where merchant_reference1 collate "C" = r.order_reference and counts and until_run is null
          union
          select order_id from refund
          where merchant_reference1 collate "C" = r.order_reference and counts and until_run is null
          union
          select order_id from document
          where merchant_reference1 collate "C" = r.order_reference and counts and until_run is null
        ) o
        where named.id is null and own.order_id is null and r.order_reference = (
          select given.reference
          from (
            select merchant_reference1 as reference, 0 as precedence, read_at as at, document_id as id
            from document d where d.order_id = o.order_id and counts and until_run is null
            union all
            select merchant_reference1, 1, captured_at, capture_id
            from capture c where c.order_id = o.order_id and counts and until_run is null
            union all
            select merchant_reference1, 2, refunded_at, refund_id
            from refund f where f.order_id = o.order_id and counts and until_run is null
          ) given
          where given.reference is not null
          order by precedence, at desc, id desc
          limit 1)
        having count(*) = 1
      ) referenced on true
      """;

  /**
   * Where the rows lie that name a table of orders, their references or their records' ids: a row
   * is found in several ways, and places are compared faster than whole rows.
   */
  private static final String PLACES =
      """
      select ctid as place from payout_row where order_id in (select order_id from {orders})
      union
      select ctid from payout_row where refund_id in (
        select id from refund x cross join lateral unnest(array[x.refund_id, x.other_id]) id
        where x.order_id in (select order_id from {orders}) and {versions} and id is not null)
      union
      select ctid from payout_row where capture_id in (
        select id from capture x cross join lateral unnest(array[x.capture_id, x.other_id]) id
        where x.order_id in (select order_id from {orders}) and {versions} and id is not null)
      union
      select ctid from payout_row where order_reference in (
        select x.merchant_reference1 from document x where x.order_id in (select order_id from {orders}) and {versions}
        union all
        select x.merchant_reference1 from capture x where x.order_id in (select order_id from {orders}) and {versions}
        union all
        select x.merchant_reference1 from refund x where x.order_id in (select order_id from {orders}) and {versions})
      """;

  /** Of those in force, and of those that the run closed. */
  private static final String BEFORE_AND_NOW =
      "(x.until_run is null or x.until_run = %d)"; // a number of our own

  private final JdbcClient jdbc;

  OrdersToMatch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Numbers them in order_to_match, from 1, with the rows that can be theirs in row_to_match; of
   * this transaction only.
   *
   * @param all whether all are to be matched anew, since the run goes by other policies
   * @return how many
   */
  public long number(long runId, boolean all) {
    if (!hasPayouts()) {
      return 0;
    }
    findChanges(runId, all);
    sql("create temporary table row_to_match on commit drop as " + claims("near_row"));
    sql(
        """
        create temporary table order_to_match on commit drop as
        select row_number() over (order by order_id) as n, order_id
        from (
          select order_id from row_to_match where order_id is not null
          union
          select m.order_id from payout_match m join near_row k on k.payment_reference = m.payment_reference and k.row = m.row
          where m.until_run is null
          union
          select m.order_id from payout_match m
          where m.payment_reference in (select payment_reference from payout_at_work) and m.until_run is null
          union
          select m.order_id from payout_match m
          where m.order_id in (select order_id from order_at_work) and m.until_run is null
        ) orders
        """);
    sql("create index on order_to_match (n)");
    sql("analyze order_to_match");
    findFurtherRows();
    return jdbc.sql("select count(*) from order_to_match").query(Long.class).single();
  }

  private boolean hasPayouts() {
    return jdbc.sql(
            """
            select exists (select from payout_part where until_run is null and counts_transactions)
              or exists (select from payout_match where until_run is null)
            """)
        .query(Boolean.class)
        .single();
  }

  private void findChanges(long runId, boolean all) {
    jdbc.sql(
            """
            create temporary table payout_at_work on commit drop as
            select payment_reference from payout_part where since_run = :run or until_run = :run
            union
            select payment_reference from payout where since_run = :run or until_run = :run
            union
            select payment_reference from payout_type where since_run = :run or until_run = :run
            union
            select payment_reference from payout where :all and until_run is null
            """)
        .param("run", runId)
        .param("all", all)
        .update();
    jdbc.sql(
            """
            create temporary table order_at_work on commit drop as
            select order_id from capture where since_run = :run or until_run = :run
            union
            select order_id from refund where since_run = :run or until_run = :run
            union
            select order_id from document where since_run = :run or until_run = :run
            union
            select order_id from decision where since_run = :run or until_run = :run
            union
            select order_id from erased_order where said_anew_by = :run
            """)
        .param("run", runId)
        .update();
    sql("analyze payout_at_work");
    sql("analyze order_at_work");
    findRows(
        "near_row",
        places("order_at_work", BEFORE_AND_NOW.formatted(runId))
            + """
            union
            select ctid from payout_row where payment_reference in (select payment_reference from payout_at_work)
            """);
  }

  /** All other rows of the orders to match; those of orders at work are near. */
  private void findFurtherRows() {
    sql(
        """
        create temporary table further_order on commit drop as
        select order_id from order_to_match except select order_id from order_at_work
        """);
    sql("analyze further_order");
    findRows(
        "further_row",
        "(%s) except select place from near_row"
            .formatted(places("further_order", "x.until_run is null")));
    sql("insert into row_to_match " + claims("further_row"));
    sql("create index on row_to_match (order_id)");
    sql("analyze row_to_match");
  }

  private void findRows(String table, String places) {
    sql("create temporary table place_of_row on commit drop as " + places);
    sql("analyze place_of_row");
    sql(
        """
        create temporary table %s on commit drop as
        select * from payout_row_in_force where place in (select place from place_of_row)
        """
            .formatted(table));
    sql("drop table place_of_row");
    sql("analyze " + table);
  }

  private static String places(String orders, String versions) {
    return PLACES.replace("{orders}", orders).replace("{versions}", versions);
  }

  private static String claims(String rows) {
    return CLAIMS.replace("{rows}", rows);
  }

  private void sql(String sql) {
    jdbc.sql(sql).update();
  }
}
