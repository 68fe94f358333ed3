package io.recredit.report.content;

import static io.recredit.table.Column.Kind.COUNT;
import static io.recredit.table.Column.Kind.DAY;
import static io.recredit.table.Column.Kind.MONEY;
import static io.recredit.table.Column.Kind.TEXT;

import io.recredit.report.content.ReportTables.Query;
import io.recredit.table.Column;
import io.recredit.table.Table;
import java.util.List;

/** The tables of a report on the books, with their queries. */
public final class PostedTables {

  /** "25 %", "5.5 %". */
  static final String RATE = "trim_scale(x.tax_rate / 100.0) || ' %'";

  /** Of goods and fees the tax is the invoice's; of the rest there is none yet. */
  static final String ON_INVOICES =
      """
      from recredit.journal x
      where x.posting_date between :from and :to and x.account in ('CREDIT', 'RETURN_FEE')
      """;

  static final String ELSEWHERE =
      """
      from recredit.journal x
      where x.posting_date between :from and :to and x.account not in ('CREDIT', 'RETURN_FEE')
      """;

  public static final Table JOURNAL =
      Table.of(
          "journal",
          Column.of(COUNT, "entry_id"),
          Column.of(DAY, "posting_date", "business_date"),
          Column.of(TEXT, "refund_id", "order_id", "order_reference", "purchase_country"),
          Column.of(TEXT, "account", "capture_id", "invoice_reference", "decision"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(MONEY, "amount"),
          Column.minorUnits("amount_minor", "amount"),
          Column.of(TEXT, "tax_rate"),
          Column.of(MONEY, "tax_amount"),
          Column.minorUnits("tax_amount_minor", "tax_amount"),
          Column.of(TEXT, "tax_source"),
          Column.of(MONEY, "sales_tax_amount"),
          Column.of(COUNT, "run_id"));

  /** A row per country, currency and rate; where no rate is known, one per reason. */
  static final Table TAX =
      Table.of(
          "tax",
          Column.of(TEXT, "purchase_country", Column.CURRENCY, "tax_rate"),
          Column.of(TEXT, "unknown_because"),
          Column.of(COUNT, "entries"),
          Column.of(MONEY, "amount"),
          Column.minorUnits("amount_minor", "amount"),
          Column.of(MONEY, "net_amount", "tax_amount"),
          Column.minorUnits("tax_amount_minor", "tax_amount"),
          Column.of(MONEY, "sales_tax_amount"));

  static final Table OTHER_ACCOUNTS =
      Table.of(
          "other_accounts",
          Column.of(TEXT, "account", "purchase_country", Column.CURRENCY),
          Column.of(COUNT, "entries"),
          Column.of(MONEY, "amount"),
          Column.minorUnits("amount_minor", "amount"));

  /** The refunds whose tax on an invoice nobody knows. */
  static final Table TAX_NOT_KNOWN =
      Table.of(
          "tax_not_known",
          Column.of(TEXT, "refund_id", "order_id", "order_reference", "purchase_country"),
          Column.of(TEXT, "account", "capture_id", "invoice_reference", "tax_source"),
          Column.of(TEXT, Column.CURRENCY),
          Column.of(MONEY, "amount"),
          Column.minorUnits("amount_minor", "amount"));

  static final String TAX_ROWS =
      """
      select x.purchase_country, x.currency, {rate} as tax_rate,
        case when x.tax_rate is null then x.tax_source end as unknown_because, count(*) as entries, sum(x.amount) as amount,
        sum(x.amount - x.tax_amount) as net_amount, sum(x.tax_amount) as tax_amount,
        nullif(sum(x.sales_tax_amount), 0) as sales_tax_amount
      """
              .replace("{rate}", RATE)
          + ON_INVOICES
          + """
            group by x.purchase_country, x.currency, x.tax_rate, unknown_because
            order by x.purchase_country, x.currency, x.tax_rate, unknown_because
            """;

  static final String OTHER_ROWS =
      """
      select x.account, x.purchase_country, x.currency, count(*) as entries, sum(x.amount) as amount
      """
          + ELSEWHERE
          + """
            group by x.account, x.purchase_country, x.currency
            order by x.account, x.purchase_country, x.currency
            """;

  static final String TAX_NOT_KNOWN_ROWS =
      """
      select x.refund_id, x.order_id, max(x.order_reference) as order_reference, x.purchase_country, x.account, x.capture_id,
        max(x.invoice_reference) as invoice_reference, x.tax_source, x.currency, sum(x.amount) as amount
      """
          + ON_INVOICES
          + """
              and x.tax_rate is null
            group by x.refund_id, x.order_id, x.purchase_country, x.account, x.capture_id, x.tax_source, x.currency
            having sum(x.amount) <> 0
            order by x.refund_id, x.order_id, x.capture_id, x.account, x.tax_source, x.purchase_country, x.currency
            """;

  public static final List<Query> QUERIES =
      List.of(
          new Query(JOURNAL, journal()),
          new Query(TAX, TAX_ROWS),
          new Query(OTHER_ACCOUNTS, OTHER_ROWS),
          new Query(TAX_NOT_KNOWN, TAX_NOT_KNOWN_ROWS));

  private PostedTables() {}

  private static String journal() {
    return """
    select x.entry_id, x.posting_date, x.business_date, x.refund_id, x.order_id, x.order_reference, x.purchase_country,
      x.account, x.capture_id, x.invoice_reference, x.decision, x.currency, x.amount, {rate} as tax_rate, x.tax_amount,
      x.tax_source, nullif(x.sales_tax_amount, 0) as sales_tax_amount, x.run_id
    from recredit.journal x
    where x.posting_date between :from and :to
    order by x.entry_id
    """
        .replace("{rate}", RATE);
  }
}
