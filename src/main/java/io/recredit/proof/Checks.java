package io.recredit.proof;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.RowMapper;

/**
 * What is proved of some orders: each check selects what breaks it, and none may select anything.
 */
final class Checks {

  /**
   * @param query of the facts where it does not hold
   * @param sentence that says so of one of them
   */
  record Check(String query, RowMapper<String> sentence) {}

  /**
   * What the checks look at: the rows that hold as of the run, of the orders in question, in
   * temporary tables, so that each check is a cheap join. A refund's currency is worked out from
   * the input once more. Its business date is the decision's: PostgreSQL may know other rules of a
   * time zone than the JDK, and a ledger must not stop over that; BUSINESS_DATE_IS_NEAR bounds it.
   */
  static final List<String> ROWS =
      List.of(
          """
          create temporary table proved_order on commit drop as {orders}
          """,
          "analyze proved_order",
          """
          create temporary table proved_decision on commit drop as
          select d.refund_id, d.since_run, d.order_id, d.outcome, d.currency, d.refunded_amount, d.written_off_amount,
            d.refunded_at, d.business_date
          from proved_order join decision d using (order_id)
          where d.since_run <= :run and (d.until_run is null or d.until_run > :run)
          """,
          """
          create temporary table proved_capture on commit drop as
          select c.capture_id, c.order_id, c.captured_amount, c.captured_at, c.purchase_currency
          from proved_order join capture c using (order_id)
          where c.counts and c.since_run <= :run and (c.until_run is null or c.until_run > :run)
          """,
          """
          create temporary table proved_refund on commit drop as
          select r.refund_id, r.order_id, r.refunded_amount, r.refunded_at, d.business_date, r.purchase_currency as currency
          from proved_order join refund r using (order_id)
          left join proved_decision d using (refund_id)
          where r.counts and r.since_run <= :run and (r.until_run is null or r.until_run > :run)
          """,
          """
          update proved_refund r set currency = oldest.purchase_currency
          from (
            select distinct on (c.order_id) c.order_id, c.captured_at, c.purchase_currency
            from (select distinct order_id from proved_refund where currency is null) unnamed
            join proved_capture c using (order_id)
            order by c.order_id, c.captured_at, c.capture_id
          ) oldest
          where r.currency is null and oldest.order_id = r.order_id and oldest.captured_at <= r.refunded_at
          """,
          """
          create temporary table proved_credit on commit drop as
          select d.order_id, d.currency, d.business_date, k.refund_id, k.since_run, k.capture_id, k.credited_amount
          from proved_decision d join credit k on k.refund_id = d.refund_id and k.since_run = d.since_run
          """);

  private static final Check EVERY_CAPTURE_ONCE =
      new Check(
          """
          select capture_id, order_id, count(*) as times
          from proved_capture group by capture_id, order_id having count(*) > 1
          """,
          (row, n) ->
              text(
                  "proof.capture.repeated",
                  row.getString("capture_id"),
                  row.getString("order_id"),
                  row.getLong("times")));

  private static final Check EVERY_REFUND_ONCE =
      new Check(
          """
          select refund_id, order_id, count(*) as times
          from proved_refund group by refund_id, order_id having count(*) > 1
          """,
          (row, n) ->
              text(
                  "proof.refund.repeated",
                  row.getString("refund_id"),
                  row.getString("order_id"),
                  row.getLong("times")));

  private static final Check EVERY_CREDIT_ONCE =
      new Check(
          """
          select refund_id, order_id, capture_id, count(*) as times
          from proved_credit group by refund_id, since_run, order_id, capture_id having count(*) > 1
          """,
          (row, n) ->
              text(
                  "proof.credit.repeated",
                  row.getString("refund_id"),
                  row.getString("order_id"),
                  row.getLong("times"),
                  row.getString("capture_id")));

  private static final Check EVERY_REFUND_DECIDED_ONCE =
      new Check(
          """
          select coalesce(a.refund_id, d.refund_id) as refund_id, coalesce(a.order_id, d.order_id) as order_id, a.currency,
            a.refunded_amount as accepted, d.refunded_amount as decided, coalesce(d.decisions, 0) as decisions
          from proved_refund a
          full join (
            select refund_id, order_id, count(*) as decisions, sum(refunded_amount) as refunded_amount
            from proved_decision group by refund_id, order_id
          ) d on d.refund_id = a.refund_id and d.order_id = a.order_id
          where d.refund_id is null or a.refund_id is null or d.decisions > 1 or d.refunded_amount <> a.refunded_amount
          """,
          Checks::decidedOtherwise);

  private static final Check TOTALS_AGREE =
      new Check(
          """
          select t.*, t.credited + t.unallocated + t.written_off + t.duplicates as decided_amount
          from (
            select order_id, business_date, currency, sum(accepted) as accepted, sum(accepted_amount) as accepted_amount,
              sum(decided) as decided, sum(credited) as credited, sum(unallocated) as unallocated,
              sum(written_off) as written_off, sum(duplicates) as duplicates
            from (
              select order_id, business_date, currency, 1 as accepted, refunded_amount as accepted_amount, 0 as decided,
                bigint '0' as credited, bigint '0' as unallocated, bigint '0' as written_off, bigint '0' as duplicates
              from proved_refund
              union all
              select order_id, business_date, currency, 0, 0, 1, 0,
                case outcome when 'exception' then refunded_amount else 0 end,
                coalesce(written_off_amount, 0),
                case outcome when 'duplicate' then refunded_amount else 0 end
              from proved_decision
              union all
              select order_id, business_date, currency, 0, 0, 0, credited_amount, 0, 0, 0 from proved_credit
            ) of
            group by order_id, business_date, currency
          ) t
          where t.accepted <> t.decided
            or t.accepted_amount <> t.credited + t.unallocated + t.written_off + t.duplicates
          """,
          Checks::totals);

  private static final Check NO_CAPTURE_ABOVE_ITS_AMOUNT =
      new Check(
          """
          select k.capture_id, k.order_id, k.currency,
            sum(k.credited_amount) as credited, max(c.captured_amount) as captured
          from proved_credit k
          left join proved_capture c
            on c.capture_id = k.capture_id and c.order_id = k.order_id and c.purchase_currency = k.currency
          group by k.capture_id, k.order_id, k.currency
          having max(c.captured_amount) is null or sum(k.credited_amount) > max(c.captured_amount)
          """,
          Checks::creditedTooMuch);

  private static final Check ONLY_CREDITED_HAVE_CREDITS =
      new Check(
          """
          select d.refund_id, d.order_id, d.outcome, d.currency, coalesce(k.amount, 0) as credited, d.refunded_amount
          from proved_decision d
          left join (
            select refund_id, since_run, sum(credited_amount) as amount from proved_credit group by refund_id, since_run
          ) k on k.refund_id = d.refund_id and k.since_run = d.since_run
          where coalesce(k.amount, 0) <> case d.outcome when 'credited' then d.refunded_amount - coalesce(d.written_off_amount, 0) else 0 end
          """,
          (row, n) ->
              text(
                  "proof.refund.credits",
                  row.getString("refund_id"),
                  row.getString("order_id"),
                  row.getString("outcome"),
                  money(row, "credited"),
                  money(row, "refunded_amount")));

  private static final Check EVERY_EXCEPTION_IS_SAID =
      new Check(
          """
          select coalesce(e.refund_id, t.refund_id) as refund_id, coalesce(t.texts, 0) as texts
          from (select refund_id from proved_decision where outcome = 'exception') e
          full join (
            select x.refund_id, count(*) as texts
            from proved_decision d join exception_text x on x.refund_id = d.refund_id
            where x.since_run <= :run and (x.until_run is null or x.until_run > :run)
            group by x.refund_id
          ) t on t.refund_id = e.refund_id
          where e.refund_id is null or coalesce(t.texts, 0) <> 1
          """,
          (row, n) ->
              text("proof.exception.said", row.getString("refund_id"), row.getLong("texts")));

  private static final Check BUSINESS_DATE_IS_NEAR =
      new Check(
          """
          select d.refund_id, d.order_id, d.refunded_at, d.business_date
          from proved_decision d
          where abs(d.business_date - (d.refunded_at at time zone 'UTC')::date) > 1
          """,
          (row, n) ->
              text(
                  "proof.refund.business-date",
                  row.getString("refund_id"),
                  row.getString("order_id"),
                  row.getString("refunded_at"),
                  row.getString("business_date")));

  static final List<Check> ALL =
      List.of(
          EVERY_CAPTURE_ONCE,
          EVERY_REFUND_ONCE,
          EVERY_CREDIT_ONCE,
          EVERY_REFUND_DECIDED_ONCE,
          TOTALS_AGREE,
          NO_CAPTURE_ABOVE_ITS_AMOUNT,
          ONLY_CREDITED_HAVE_CREDITS,
          EVERY_EXCEPTION_IS_SAID,
          BUSINESS_DATE_IS_NEAR);

  private Checks() {}

  private static String decidedOtherwise(ResultSet row, int n) throws SQLException {
    var refundId = row.getString("refund_id");
    var orderId = row.getString("order_id");
    if (row.getObject("decided") == null) {
      return text("proof.refund.not-decided", refundId, orderId);
    }
    if (row.getObject("accepted") == null) {
      return text("proof.refund.not-accepted", refundId, orderId);
    }
    var decisions = row.getLong("decisions");
    return decisions > 1
        ? text("proof.refund.decisions", refundId, orderId, decisions)
        : text(
            "proof.refund.amounts",
            refundId,
            orderId,
            money(row, "accepted"),
            money(row, "decided"));
  }

  private static String totals(ResultSet row, int n) throws SQLException {
    var currency = row.getString("currency");
    return text(
        "proof.totals",
        row.getString("order_id"),
        // A refund that was not decided has none.
        Objects.requireNonNullElse(row.getString("business_date"), ""),
        currency == null ? text("proof.currency-unknown") : currency,
        row.getLong("accepted"),
        money(row, "accepted_amount"),
        row.getLong("decided"),
        money(row, "decided_amount"),
        money(row, "credited"),
        money(row, "unallocated"),
        money(row, "written_off"),
        money(row, "duplicates"));
  }

  private static String creditedTooMuch(ResultSet row, int n) throws SQLException {
    var captureId = row.getString("capture_id");
    var orderId = row.getString("order_id");
    var credited = money(row, "credited");
    return row.getObject("captured") == null
        ? text("proof.capture.not-accepted", captureId, orderId, credited)
        : text("proof.capture.above", captureId, orderId, credited, money(row, "captured"));
  }

  static String money(ResultSet row, String amount) throws SQLException {
    return Amounts.format(row.getBigDecimal(amount).toBigIntegerExact(), row.getString("currency"));
  }
}
