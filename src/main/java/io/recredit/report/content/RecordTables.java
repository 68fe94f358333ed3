package io.recredit.report.content;

import static io.recredit.table.Column.Kind.COUNT;
import static io.recredit.table.Column.Kind.DAY;
import static io.recredit.table.Column.Kind.MONEY;
import static io.recredit.table.Column.Kind.PARTS;
import static io.recredit.table.Column.Kind.SENTENCE;
import static io.recredit.table.Column.Kind.TEXT;
import static io.recredit.table.Column.Kind.TIME;

import io.recredit.report.content.ReportTables.Query;
import io.recredit.table.Column;
import io.recredit.table.Table;
import java.util.List;

/** The tables of a report that hold Klarna's own record beside what was decided. */
final class RecordTables {

  /** As rule_agreement, of the refunds in the range. */
  static final Table RULE_AGREEMENT =
      Table.of(
          "rule_agreement",
          Column.of(TEXT, "decision", "verdict", "certainty", Column.CURRENCY),
          Column.of(COUNT, "refunds"),
          Column.of(MONEY, "amount"),
          Column.minorUnits("amount_minor", "amount"));

  static final Table ASK_KLARNA_TO_MOVE =
      Table.of(
          "ask_klarna_to_move",
          Column.of(TEXT, "refund_id", "order_id", "order_reference", "refund_reference"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(MONEY, "refunded_amount"),
          Column.of(PARTS, "stands_on"),
          Column.of(TEXT, "stands_on_invoices"),
          Column.of(PARTS, "belongs_on"),
          Column.of(TEXT, "belongs_on_invoices"),
          Column.of(SENTENCE, "request"),
          Column.of(TEXT, "verdict", "certainty", "decision"),
          Column.of(DAY, "business_date"),
          Column.of(COUNT, "run_id"));

  static final Table INVOICES_THAT_DIFFER =
      Table.of(
          "invoices_that_differ",
          Column.of(TEXT, "order_id", "capture_id", "invoice_reference", Column.CURRENCY),
          Column.of(MONEY, "credited_amount", "klarna_refunded_amount", "difference"),
          Column.of(MONEY, "newer_credited_amount"),
          Column.of(TIME, "read_at"));

  static final Table FEED_DIFFERENCES =
      Table.of(
          "feed_differences",
          Column.of(TEXT, "order_id", "kind", "id", "in_files", "at_klarna"),
          Column.of(SENTENCE, "explanation"));

  /** The refunds in the range of which the record says something. */
  static final String RECORDED =
      """
      from recredit.refund_outcome x
      join shown_evidence e using (refund_id)
      where x.business_date between :from and :to
      """;

  static final String AGREEMENT =
      """
      select e.decision, e.verdict, e.certainty, x.currency, count(*) as refunds, sum(x.refunded_amount) as amount
      """
          + RECORDED
          + """
            group by e.decision, e.verdict, e.certainty, x.currency
            order by e.decision, e.verdict, e.certainty, x.currency
            """;

  static final String TO_MOVE =
      """
      from recredit.refund_to_move m
      join recredit.refund_outcome x using (refund_id)
      where x.business_date between :from and :to
      """;

  /**
   * Of the orders with a refund in the range, asked for one by one: there may be years of others.
   */
  static final String DIFFERING =
      """
      from (
        select distinct x.order_id from recredit.refund_outcome x where x.business_date between :from and :to
      ) o
      cross join lateral (select * from recredit.invoice_comparison i where i.order_id = o.order_id) c
      where c.difference <> 0
      """;

  /**
   * Of the orders with a refund in the range, or read on one of its days; and of its events that
   * name no order.
   */
  static final String OTHERWISE_FED =
      """
      from (
        select x.order_id from recredit.refund_outcome x where x.business_date between :from and :to
        union
        select d.order_id from shown_document d where d.file_date between :from and :to
        union
        select e.order_id from shown_event e where e.file_date between :from and :to
      ) o
      cross join lateral (
        select * from recredit.feed_difference d where d.order_id = o.order_id
        union all
        select *
        from recredit.feed_difference d
        where o.order_id is null and d.order_id is null
          and d.id in (select e.event_id from shown_event e where e.order_id is null and e.file_date between :from and :to)
      ) f
      """;

  static final List<Query> QUERIES =
      List.of(
          new Query(RULE_AGREEMENT, AGREEMENT),
          new Query(ASK_KLARNA_TO_MOVE, toMove()),
          new Query(
              INVOICES_THAT_DIFFER,
              "select c.* " + DIFFERING + "order by abs(c.difference) desc, c.capture_id"),
          new Query(
              FEED_DIFFERENCES,
              "select f.* " + OTHERWISE_FED + "order by f.order_id, f.kind, f.id"));

  private RecordTables() {}

  private static String toMove() {
    return """
    select m.refund_id, m.order_id, m.order_reference, m.refund_reference, m.currency, m.refunded_amount,
      {stands_on} as stands_on, m.stands_on_invoices, {belongs_on} as belongs_on, m.belongs_on_invoices, m.request,
      m.verdict, m.certainty, m.decision, m.business_date, m.run_id
    """
            .replace("{stands_on}", Query.parts("m.stands_on"))
            .replace("{belongs_on}", Query.parts("m.belongs_on"))
        + TO_MOVE
        + "order by m.business_date, m.refund_id";
  }
}
