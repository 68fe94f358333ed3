package io.recredit.report.content;

import io.recredit.report.content.PostedOverview.AccountTotal;
import io.recredit.report.content.PostedOverview.Correction;
import io.recredit.report.content.PostedOverview.TaxTotal;
import java.math.BigDecimal;
import java.util.List;

/** Asks for what a report on the books says at a glance. */
public record PostedQueries(ReportQueries queries) {

  /** More rates than a page is read for stand in the sheet. */
  static final int MOST_TAXES = 60;

  public PostedOverview read() {
    return new PostedOverview(
        totals(),
        taxes(),
        queries.count("select count(*) from (" + PostedTables.TAX_ROWS + ") t"),
        queries.count(
            "select count(distinct refund_id) from (" + PostedTables.TAX_NOT_KNOWN_ROWS + ") t"),
        corrections());
  }

  private List<AccountTotal> totals() {
    return queries
        .ask(
            """
            select x.account, x.currency, count(*) as entries, sum(x.amount) as amount, sum(x.tax_amount) as tax_amount
            from recredit.journal x
            where x.posting_date between :from and :to
            group by x.account, x.currency
            order by x.currency, x.account
            """)
        .query(
            (row, n) ->
                new AccountTotal(
                    row.getString("account"),
                    row.getString("currency"),
                    row.getLong("entries"),
                    Totals.sum(row, "amount"),
                    Totals.sum(row, "tax_amount")))
        .list();
  }

  private List<TaxTotal> taxes() {
    return queries
        .ask(PostedTables.TAX_ROWS + " limit " + MOST_TAXES)
        .query(
            (row, n) -> {
              BigDecimal tax = row.getBigDecimal("tax_amount");
              return new TaxTotal(
                  row.getString("purchase_country"),
                  row.getString("currency"),
                  row.getString("tax_rate"),
                  row.getString("unknown_because"),
                  row.getLong("entries"),
                  Totals.sum(row, "amount"),
                  tax == null ? null : tax.toBigIntegerExact());
            })
        .list();
  }

  private List<Correction> corrections() {
    return queries
        .ask(
            """
            select x.currency, count(*) as entries, sum(x.amount) as amount
            from recredit.journal x
            where x.posting_date between :from and :to and x.business_date < :from and x.posting_date > x.business_date
            group by x.currency
            order by x.currency
            """)
        .query(
            (row, n) ->
                new Correction(
                    row.getString("currency"), row.getLong("entries"), Totals.sum(row, "amount")))
        .list();
  }
}
