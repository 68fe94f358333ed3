package io.recredit.report.content;

import static io.recredit.table.Column.Kind.COUNT;
import static io.recredit.table.Column.Kind.DAY;
import static io.recredit.table.Column.Kind.FILL_IN;
import static io.recredit.table.Column.Kind.MONEY;
import static io.recredit.table.Column.Kind.SENTENCE;
import static io.recredit.table.Column.Kind.TEXT;
import static io.recredit.table.Column.Kind.TIME;

import io.recredit.resolution.ExceptionSheet;
import io.recredit.table.Column;
import io.recredit.table.Table;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a report, and the queries of those that are read row by row. */
public final class ReportTables {

  /** What was asked for, totals and findings, a line each. */
  public static final Table SUMMARY =
      Table.of(
          "summary",
          Column.of(TEXT, "part", "item", Column.CURRENCY),
          Column.of(COUNT, "count"),
          Column.of(MONEY, "amount"),
          Column.of(SENTENCE, "value"));

  /** As daily_reconciliation, by the day that was asked for. */
  public static final Table DAYS =
      Table.of(
          "days",
          Column.of(DAY, "day"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(COUNT, "refunds"),
          Column.of(MONEY, "refunded_amount"),
          Column.of(COUNT, "credited_refunds"),
          Column.of(MONEY, "credited_amount", "assumed_amount"),
          Column.of(COUNT, "exceptions"),
          Column.of(MONEY, "unallocated_amount"),
          Column.of(COUNT, "write_offs"),
          Column.of(MONEY, "written_off_amount"),
          Column.of(COUNT, "duplicates"),
          Column.of(MONEY, "duplicate_amount", "difference"));

  public static final Table CREDITS =
      Table.of(
          "credits",
          Column.of(TEXT, "refund_id", "order_id", "capture_id", "invoice_reference"),
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
          Column.of(TEXT, "reason"),
          Column.of(SENTENCE, "explanation", "suggestion"),
          Column.of(TEXT, "blocking_refund_id"),
          Column.of(TIME, "refunded_at"),
          Column.of(DAY, "business_date"),
          Column.of(COUNT, "age_days"),
          Column.of(DAY, "decided_on"),
          Column.of(COUNT, ExceptionSheet.RUN_ID),
          Column.of(SENTENCE, "captures_with_room"),
          Column.of(
              FILL_IN, ExceptionSheet.RESOLVE_AS, ExceptionSheet.RESOLVE_NOTE, ExceptionSheet.BY));

  public static final Table WRITE_OFFS =
      Table.of(
          "write_offs",
          Column.of(TEXT, "refund_id", "order_id", "refund_reference", Column.CURRENCY),
          Column.of(MONEY, "written_off_amount"),
          Column.of(SENTENCE, "note"),
          Column.of(TEXT, "resolved_by"),
          Column.of(TIME, "resolved_at", "refunded_at"),
          Column.of(DAY, "business_date", "decided_on"),
          Column.of(COUNT, "run_id"));

  public static final Table DUPLICATES =
      Table.of(
          "duplicates",
          Column.of(TEXT, "refund_id", "duplicate_of", "order_id", Column.CURRENCY),
          Column.of(MONEY, "refunded_amount", "duplicate_of_amount"),
          Column.of(DAY, "business_date", "decided_on"),
          Column.of(COUNT, "run_id"));

  public static final Table BALANCES =
      Table.of(
          "balances",
          Column.of(TEXT, "order_id", "capture_id", "invoice_reference", Column.CURRENCY),
          Column.of(MONEY, "captured_amount", "credited_amount", "remaining_amount"),
          Column.of(MONEY, "unallocated_on_order"),
          Column.of(TIME, "captured_at"));

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
   * @param sql with {day} for the column of the day that counts, and the parameters of {@link
   *     ReportQueries}
   */
  public record Query(Table table, String sql) {}

  public static final List<Query> QUERIES =
      List.of(
          new Query(CREDITS, refunds("invoice_credit", columns(CREDITS), ", x.capture_id")),
          new Query(EXCEPTIONS, refunds("refund_exception", exceptionColumns(), "")),
          new Query(WRITE_OFFS, refunds("refund_write_off", columns(WRITE_OFFS), "")),
          new Query(DUPLICATES, refunds("refund_duplicate", columns(DUPLICATES), "")),
          new Query(BALANCES, balances()),
          new Query(REJECTED, rejected()));

  private ReportTables() {}

  /** Those that the relation has; what it has beyond them costs look-ups of the order. */
  private static String columns(Table table) {
    return table.columns().stream()
        .map(column -> "x." + column.name())
        .collect(Collectors.joining(", "));
  }

  private static String refunds(String relation, String columns, String thenBy) {
    return """
    select %s
    from recredit.%s x
    where x.{day} between :from and :to
    order by x.business_date, x.refund_id%s
    """
        .formatted(columns, relation, thenBy);
  }

  /**
   * The captures as resolve_as takes them, the oldest first; a long list is cut. run_id is the run
   * that the report shows: who fills the row in decides by that state.
   */
  private static String exceptionColumns() {
    return """
    cast(:run as bigint) as run_id, x.*, :shownOn - x.business_date as age_days, (
      select string_agg(room.part, '; ' order by room.n) || case when max(room.of_all) > 20 then '; ...' else '' end
      from (
        select
          b.capture_id || '=' || replace(split_part(recredit.money(b.remaining_amount, b.currency), ' ', 1), ',', '') as part,
          row_number() over (order by b.captured_at, b.capture_id) as n,
          count(*) over () as of_all
        from recredit.invoice_balance b
        where b.order_id = x.order_id and b.currency = x.currency
          and b.captured_at <= x.refunded_at and b.remaining_amount > 0
      ) room
      where room.n <= 20
    ) as captures_with_room""";
  }

  /**
   * The invoices captured in the range, and those of every order with a refund in it: the former in
   * one pass over the captures, the latter, which are few, by their orders.
   */
  private static String balances() {
    return """
    with refunded as materialized (
      select distinct x.order_id
      from recredit.refund_outcome x
      where x.{day} between :from and :to
    )
    select {columns}
    from recredit.invoice_balance x
    where x.captured_at >= :start and x.captured_at < :end
    union all
    select {columns}
    from refunded r
    join recredit.invoice_balance x on x.order_id = r.order_id
    where x.captured_at < :start or x.captured_at >= :end
    order by captured_at, capture_id
    """
        .replace("{columns}", columns(BALANCES));
  }

  /** By the file's day, or by the day of the run that read it. */
  private static String rejected() {
    return """
    select x.*
    from recredit.rejected_record x
    join recredit.finished_run made using (run_id)
    where {read_day} between :from and :to
    order by x.file_date, x.kind, x.line_number
    """;
  }
}
