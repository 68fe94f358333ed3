package io.recredit.report.content;

import static io.recredit.table.Column.Kind.COUNT;
import static io.recredit.table.Column.Kind.DAY;
import static io.recredit.table.Column.Kind.MONEY;
import static io.recredit.table.Column.Kind.SENTENCE;
import static io.recredit.table.Column.Kind.TEXT;

import io.recredit.report.content.ReportTables.Query;
import io.recredit.table.Column;
import io.recredit.table.Table;
import java.util.List;

/** The tables of a report that hold what was paid out beside what was refunded and captured. */
final class PayoutTables {

  /** The payouts of the range, and those of which no report says the day. */
  static final Table PAYOUTS =
      Table.of(
          "payouts",
          Column.of(TEXT, "payment_reference"),
          Column.of(DAY, "payout_date"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(MONEY, "settlement_amount", "sale_amount", "return_amount", "difference"),
          Column.of(COUNT, "returns_as_made", "returns_of_other_amount", "returns_unknown"),
          Column.of(COUNT, "made_by_klarna"),
          Column.of(TEXT, "file_name"));

  /** In which payout the refunds of the range are. */
  static final Table REFUND_PAYOUTS =
      Table.of(
          "refund_payouts",
          Column.of(TEXT, "refund_id", "order_id", "payment_reference"),
          Column.of(DAY, "payout_date"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(MONEY, "refunded_amount"),
          Column.of(TEXT, "paid_currency"),
          Column.money("amount", "paid_currency"),
          Column.of(TEXT, "matched_by"),
          Column.of(DAY, "business_date"));

  static final Table PAYOUT_DIFFERENCES =
      Table.of(
          "payout_differences",
          Column.of(TEXT, "kind", "payment_reference"),
          Column.of(COUNT, "row"),
          Column.of(DAY, "payout_date"),
          Column.of(TEXT, "order_id", "order_reference", "refund_id", "capture_id"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(MONEY, "amount"),
          Column.of(TEXT, "expected_currency"),
          Column.money("expected_amount", "expected_currency"),
          Column.of(SENTENCE, "explanation", "suggestion"),
          Column.of(DAY, "business_date"));

  /**
   * Of the payouts in the range, also where another has the first row; what is missing of the days
   * in it.
   */
  static final String DIFFERENCES =
      """
      from recredit.payout_difference d
      where case when d.payment_reference is null then d.business_date else d.payout_date end <= :to
        and case when d.payment_reference is null then d.business_date else d.last_payout_date end >= :from
        or d.payment_reference is not null and d.payout_date is null
      """;

  /** Each of the payouts in the range, with what became of the returns in it. */
  static final String OF_RANGE =
      """
      select p.payment_reference, p.payout_date, p.currency, p.settlement_amount, p.sale_amount, p.return_amount,
        p.difference, r.as_made as returns_as_made, r.of_other_amount as returns_of_other_amount,
        r.unknown as returns_unknown, r.made_by_klarna, p.file_name
      from recredit.payout p
      join shown_payout_returns r on r.payment_reference = p.payment_reference
      where p.payout_date between :from and :to or p.payout_date is null
      order by p.payout_date, p.payment_reference
      """;

  static final List<Query> QUERIES =
      List.of(
          new Query(PAYOUTS, OF_RANGE),
          new Query(
              REFUND_PAYOUTS,
              """
              select x.* from recredit.refund_payout x
              where x.business_date between :from and :to
              order by x.business_date, x.refund_id
              """),
          new Query(
              PAYOUT_DIFFERENCES,
              "select d.* "
                  + DIFFERENCES
                  + "order by d.kind, d.payout_date, d.payment_reference, d.row, d.business_date, d.order_id"));

  private PayoutTables() {}
}
