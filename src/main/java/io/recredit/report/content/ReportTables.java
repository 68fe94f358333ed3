package io.recredit.report.content;

import static io.recredit.table.Column.Kind.COUNT;
import static io.recredit.table.Column.Kind.DAY;
import static io.recredit.table.Column.Kind.FILL_IN;
import static io.recredit.table.Column.Kind.MONEY;
import static io.recredit.table.Column.Kind.PARTS;
import static io.recredit.table.Column.Kind.SENTENCE;
import static io.recredit.table.Column.Kind.TEXT;
import static io.recredit.table.Column.Kind.TIME;

import io.recredit.resolution.ExceptionSheet;
import io.recredit.table.Column;
import io.recredit.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a report, and the queries of those that are read row by row. */
public final class ReportTables {

  private static final String AGE = "age_days";

  /** What was asked for, totals and findings, a line each. */
  public static final Table SUMMARY =
      Table.of(
          "summary",
          Column.of(TEXT, "part", "item", Column.CURRENCY),
          Column.of(COUNT, "count"),
          Column.of(MONEY, "amount"),
          Column.minorUnits("amount_minor", "amount"),
          Column.of(SENTENCE, "value"));

  /** As daily_reconciliation, by the day that was asked for. */
  public static final Table DAYS =
      Table.of(
          "days",
          Column.of(DAY, "day"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(COUNT, "refunds"),
          Column.of(MONEY, "refunded_amount"),
          Column.minorUnits("amount_minor", "refunded_amount"),
          Column.of(COUNT, "credited_refunds"),
          Column.of(MONEY, "credited_amount", "assumed_amount"),
          Column.of(COUNT, "exceptions"),
          Column.of(MONEY, "unallocated_amount"),
          Column.minorUnits("unallocated_amount_minor", "unallocated_amount"),
          Column.of(COUNT, "write_offs"),
          Column.of(MONEY, "written_off_amount"),
          Column.minorUnits("written_off_amount_minor", "written_off_amount"),
          Column.of(COUNT, "duplicates"),
          Column.of(MONEY, "duplicate_amount"),
          Column.minorUnits("duplicate_amount_minor", "duplicate_amount"),
          Column.of(MONEY, "difference"));

  public static final Table CREDITS =
      Table.of(
          "credits",
          Column.of(TEXT, "refund_id", "order_id", "order_reference", "purchase_country"),
          Column.of(TEXT, "capture_id", "invoice_reference"),
          Column.of(TEXT, "refund_reference", "capture_reference", Column.CURRENCY),
          Column.of(MONEY, "credited_amount", "credited_tax_amount", "return_fee_amount"),
          Column.of(TEXT, "match_rule"),
          Column.of(TIME, "refunded_at"),
          Column.of(DAY, "business_date", "decided_on"),
          Column.of(COUNT, "run_id"));

  public static final Table EXCEPTIONS =
      Table.of(
          ExceptionSheet.NAME,
          Column.of(
              TEXT, ExceptionSheet.REFUND_ID, "order_id", "refund_reference", Column.CURRENCY),
          Column.of(MONEY, "refunded_amount"),
          Column.minorUnits("amount_minor", "refunded_amount"),
          Column.of(TEXT, "reason"),
          Column.of(SENTENCE, "explanation", "suggestion"),
          Column.of(TEXT, "blocking_refund_id", "root_refund_id", "only_invoice"),
          Column.of(TEXT, "order_reference", "purchase_country"),
          Column.of(TEXT, "proposed"),
          Column.of(SENTENCE, "why_proposed"),
          Column.of(TIME, "refunded_at"),
          Column.of(DAY, "business_date"),
          Column.of(COUNT, AGE),
          Column.of(DAY, "decided_on"),
          Column.of(COUNT, ExceptionSheet.RUN_ID),
          Column.of(TEXT, "verdict", "certainty"),
          Column.of(PARTS, "stands_on"),
          Column.of(PARTS, "captures_with_room"),
          Column.of(TEXT, ExceptionSheet.STATUS, ExceptionSheet.CASE_ID),
          Column.of(SENTENCE, ExceptionSheet.NOTE),
          Column.of(
              FILL_IN, ExceptionSheet.RESOLVE_AS, ExceptionSheet.RESOLVE_NOTE, ExceptionSheet.BY));

  public static final Table WRITE_OFFS =
      Table.of(
          "write_offs",
          Column.of(TEXT, "refund_id", "order_id", "order_reference", "purchase_country"),
          Column.of(TEXT, "refund_reference", Column.CURRENCY),
          Column.of(MONEY, "written_off_amount"),
          Column.minorUnits("amount_minor", "written_off_amount"),
          Column.of(SENTENCE, "note"),
          Column.of(TEXT, "resolved_by"),
          Column.of(TIME, "resolved_at", "refunded_at"),
          Column.of(DAY, "business_date", "decided_on"),
          Column.of(COUNT, "run_id"));

  public static final Table RESOLUTIONS =
      Table.of(
          "resolutions",
          Column.of(TEXT, "refund_id", "order_id", "order_reference", Column.CURRENCY),
          Column.of(MONEY, "refunded_amount"),
          Column.minorUnits("amount_minor", "refunded_amount"),
          Column.of(TEXT, "kind"),
          Column.of(PARTS, "captures"),
          Column.of(MONEY, "written_off_amount"),
          Column.minorUnits("written_off_amount_minor", "written_off_amount"),
          Column.of(SENTENCE, "note"),
          Column.of(TEXT, "resolved_by"),
          Column.of(TIME, "resolved_at"),
          Column.of(TEXT, "void", "rules_decision"),
          Column.of(PARTS, "rules_captures"),
          Column.of(DAY, "business_date", "decided_on"),
          Column.of(COUNT, "run_id"));

  public static final Table DUPLICATES =
      Table.of(
          "duplicates",
          Column.of(TEXT, "refund_id", "duplicate_of", "order_id", Column.CURRENCY),
          Column.of(MONEY, "refunded_amount"),
          Column.minorUnits("amount_minor", "refunded_amount"),
          Column.of(MONEY, "duplicate_of_amount"),
          Column.minorUnits("duplicate_of_amount_minor", "duplicate_of_amount"),
          Column.of(DAY, "business_date", "decided_on"),
          Column.of(COUNT, "run_id"));

  public static final Table BALANCES =
      Table.of(
          "balances",
          Column.of(TEXT, "order_id", "order_reference", "purchase_country"),
          Column.of(TEXT, "capture_id", "invoice_reference", Column.CURRENCY),
          Column.of(MONEY, "captured_amount", "credited_amount", "remaining_amount"),
          Column.of(MONEY, "unallocated_on_order"),
          Column.of(TIME, "captured_at"));

  public static final Table OVER_REFUNDED =
      Table.of(
          "over_refunded",
          Column.of(TEXT, "order_id", "order_reference", Column.CURRENCY),
          Column.of(MONEY, "captured_amount", "refunded_amount", "beyond"));

  /** Klarna's own words, and what it is asked with. */
  public static final Table REFUSED_REFUNDS =
      Table.of(
          "refused_refunds",
          Column.of(TEXT, "order_id", "order_reference", "refund_reference", Column.CURRENCY),
          Column.of(MONEY, "refunded_amount"),
          Column.minorUnits("amount_minor", "refunded_amount"),
          Column.of(TIME, "attempted_at"),
          Column.of(TEXT, "http_status", "error_code"),
          Column.of(SENTENCE, "error_message"),
          Column.of(TEXT, "correlation_id", "would_be", "followed_by"),
          Column.of(TIME, "followed_at"),
          Column.of(COUNT, "run_id"));

  public static final Table REJECTED =
      Table.of(
          "rejected",
          Column.of(TEXT, "file_name"),
          Column.of(COUNT, "line_number"),
          Column.of(SENTENCE, "error", "raw"),
          Column.of(TEXT, "kind"),
          Column.of(DAY, "file_date"),
          Column.of(COUNT, "run_id"));

  /**
   * Read row by row, in the order of the files.
   *
   * @param sql with the parameters of {@link ReportQueries}
   */
  public record Query(Table table, String sql) {

    /** For a column of parts, of minor units by capture_id. */
    static String parts(String byCapture) {
      return "(select array_agg(part.key || '=' || part.value order by part.key) from jsonb_each_text(%s) part)"
          .formatted(byCapture);
    }
  }

  /**
   * By the file's day; rows of settlement reports, which are of none, by the day they were read.
   */
  static final String REJECTED_IN_RANGE =
      """
      (x.file_date between :from and :to
        or x.kind = 'payouts' and x.run_id in (
          select f.run_id from recredit.finished_run f where f.decided_on between :from and :to))
      """;

  public static final List<Query> QUERIES = queries();

  private ReportTables() {}

  private static List<Query> queries() {
    var queries = new ArrayList<>(RecordTables.QUERIES);
    queries.addAll(
        0,
        List.of(
            new Query(CREDITS, refunds("invoice_credit", columns(CREDITS), ", x.capture_id")),
            new Query(EXCEPTIONS, exceptions()),
            new Query(WRITE_OFFS, refunds("refund_write_off", columns(WRITE_OFFS), "")),
            new Query(RESOLUTIONS, resolutions()),
            new Query(DUPLICATES, refunds("refund_duplicate", columns(DUPLICATES), "")),
            new Query(BALANCES, balances()),
            new Query(OVER_REFUNDED, overRefunded())));
    queries.addAll(PayoutTables.QUERIES);
    queries.add(new Query(REFUSED_REFUNDS, refused()));
    queries.add(new Query(REJECTED, rejected()));
    return List.copyOf(queries);
  }

  /** What the table shows of the relation: each of its other columns would cost look-ups. */
  private static String columns(Table table) {
    return table.columns().stream()
        .filter(ReportTables::isOfRelation)
        .map(Column::source)
        .distinct()
        .map(source -> "x." + source)
        .collect(Collectors.joining(", "));
  }

  private static boolean isOfRelation(Column column) {
    return column.kind() != FILL_IN && column.kind() != PARTS && !column.name().equals(AGE);
  }

  private static String refunds(String relation, String columns, String thenBy) {
    return """
    select %s
    from recredit.%s x
    where x.business_date between :from and :to
    order by x.business_date, x.refund_id%s
    """
        .formatted(columns, relation, thenBy);
  }

  /**
   * What blocks others stands before them, wherever they are from; the captures as resolve_as takes
   * them, the oldest first. run_id is the run that the report shows: who fills the row in decides
   * by that state.
   */
  private static String exceptions() {
    return """
    select {columns}, :shownOn - x.business_date as age_days, (
        select array_agg(b.capture_id || '=' || b.remaining_amount order by b.captured_at, b.capture_id)
        from recredit.invoice_balance b
        where b.order_id = x.order_id and b.currency = x.currency
          and b.captured_at <= x.refunded_at and b.remaining_amount > 0
      ) as captures_with_room, {stands_on} as stands_on
    from recredit.refund_exception x
    where x.business_date between :from and :to
    order by
      min(x.business_date) over (partition by x.root_refund_id), x.root_refund_id,
      x.refund_id <> x.root_refund_id, x.business_date, x.refund_id
    """
        .replace("{stands_on}", Query.parts("x.stands_on"))
        .replace(
            "{columns}", columns(EXCEPTIONS).replace("x.run_id", "cast(:run as bigint) as run_id"));
  }

  /** Those that hold, of the refunds in the range, beside what the rules would do by now. */
  private static String resolutions() {
    return """
    select x.refund_id, o.order_id, o.currency, o.refunded_amount, x.kind, x.written_off_amount, x.note, x.resolved_by,
      x.resolved_at, case when x.void then 'void' end as void, x.rules_decision, o.business_date, o.decided_on, x.run_id,
      (select r.order_reference from order_reference r where r.order_id = o.order_id) as order_reference,
      {captures} as captures, {rules_captures} as rules_captures
    from recredit.resolution x
    join (select * from recredit.refund_outcome x where x.business_date between :from and :to) o using (refund_id)
    where x.superseded_by is null and x.kind <> 'withdrawn'
    order by o.business_date, x.refund_id
    """
        .replace("{captures}", Query.parts("x.amounts -> 'by_capture'"))
        .replace("{rules_captures}", Query.parts("x.rules_amounts"));
  }

  /**
   * The invoices of every order with a refund in the range, and those captured in it whose order
   * was ever refunded: of the others there is nothing to say, and they are many.
   */
  private static String balances() {
    return """
    with refunded as materialized (
      select distinct x.order_id
      from recredit.refund_outcome x
      where x.business_date between :from and :to
    )
    select {columns}
    from recredit.invoice_balance x
    where x.captured_at >= :start and x.captured_at < :end
      and exists (select from shown_refund r where r.order_id = x.order_id)
    union all
    select {columns}
    from refunded r
    join recredit.invoice_balance x on x.order_id = r.order_id
    where x.captured_at < :start or x.captured_at >= :end
    order by captured_at, capture_id
    """
        .replace("{columns}", columns(BALANCES));
  }

  /** The orders with a refund in the range. */
  private static String overRefunded() {
    return """
    select {columns}
    from recredit.over_refunded x
    where x.order_id in (select o.order_id from recredit.refund_outcome o where o.business_date between :from and :to)
    order by x.order_id, x.currency
    """
        .replace("{columns}", columns(OVER_REFUNDED));
  }

  /** By the time of the attempt. */
  private static String refused() {
    return """
    select {columns}
    from recredit.refused_refund x
    where x.attempted_at >= :start and x.attempted_at < :end
    order by x.attempted_at, x.refusal_id
    """
        .replace("{columns}", columns(REFUSED_REFUNDS));
  }

  private static String rejected() {
    return """
    select {columns}
    from recredit.rejected_record x
    where {in_range}
    order by x.file_date, x.kind, x.file_name, x.line_number
    """
        .replace("{columns}", columns(REJECTED))
        .replace("{in_range}", REJECTED_IN_RANGE);
  }
}
