package io.recredit.explain;

import io.recredit.explain.Found.FoundOrder;
import io.recredit.explain.Found.FoundRefund;
import io.recredit.explain.Found.Target;
import io.recredit.wording.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds orders and refunds by what people have of them. A refund is found as of any finished run,
 * be it withdrawn since; all else as the newest one shows it.
 */
@Repository
public class Finder {

  /** More than that are no list to choose from. */
  private static final int MOST_LISTED = 30;

  /** Rows that one kind of word may bring: an order stands there once per record. */
  private static final int MOST_ROWS = 1000;

  /** Klarna numbers an order's invoices: its own short reference, then -1, -2 and so on. */
  private static final int MOST_INVOICE_NUMBERS = 20;

  private static final int THOUSANDTHS = 3;

  private static final String SHOWN =
      """
      x.counts and x.since_run <= (select run_id from shown_run)
        and (x.until_run is null or x.until_run > (select run_id from shown_run))
      """;

  /** The order that it was decided in last: the id of a refund can move to another. */
  private static final String BY_REFUND_ID =
      """
      (
        select x.refund_id, x.order_id
        from decision x
        where x.refund_id = :word and x.since_run <= (select run_id from shown_run)
        order by x.since_run desc
        limit 1
      )
      """;

  private static final String BY_ID =
      BY_REFUND_ID
          + """
      union all
      (
        select null, x.order_id
        from (
          select order_id, since_run from capture where order_id = :word
          union all
          select order_id, since_run from refund where order_id = :word
          union all
          select order_id, since_run from release where order_id = :word
          union all
          select order_id, since_run from document where order_id = :word
          union all
          select order_id, since_run from decision where order_id = :word
          union all
          select order_id, since_run from refusal where order_id = :word
          union all
          select order_id, since_run from event where order_id = :word
        ) x
        where x.since_run <= (select run_id from shown_run)
        limit 1
      )
      union all
      (
        select null, x.order_id from capture x where x.capture_id = :word and {shown} limit {rows}
      )
      union all
      (
        select null, x.order_id from refusal x where x.refusal_id = :word and {shown} limit {rows}
      )
      union all
      (
        select d.refund_id, coalesce(d.order_id, x.order_id)
        from event x
        left join decision d
          on d.refund_id = x.refund_id and d.since_run <= (select run_id from shown_run)
          and (d.until_run is null or d.until_run > (select run_id from shown_run))
        where (x.event_id = :word or x.correlation_id = :word) and {shown} and coalesce(d.order_id, x.order_id) is not null
        limit {rows}
      )
      """;

  /**
   * The Bloom filters of invoice numbers are taken by the planner for filters of nothing: it would
   * rather read by run, or everything. Neither is left to it.
   */
  private static final String BY_REFERENCE =
      """
      (
        select null as refund_id, x.order_id
        from capture x
        where x.klarna_reference = any(:invoices) and x.counts
          and x.since_run + 0 <= (select run_id from shown_run)
          and (x.until_run is null or x.until_run > (select run_id from shown_run))
        limit {rows}
      )
      union all
      (
        select null, x.order_id
        from capture x
        where x.merchant_reference1 collate "C" {is} :word and {shown} limit {rows}
      )
      union all
      (
        select null, x.order_id
        from refund x
        where x.merchant_reference1 collate "C" {is} :word and {shown} limit {rows}
      )
      union all
      (
        select null, x.order_id
        from document x
        where x.merchant_reference1 collate "C" {is} :word and {shown} limit {rows}
      )
      union all
      (
        select x.refund_id, x.order_id
        from refund x
        where x.reference collate "C" {is} :word and {shown} limit {rows}
      )
      union all
      (
        select null, x.order_id
        from capture x
        where x.reference collate "C" {is} :word and {shown} limit {rows}
      )
      """;

  /** The newest first: it is mostly the one that is asked about. */
  private static final String BY_AMOUNT =
      """
      select x.refund_id, x.order_id
      from recredit.refund_outcome x
      where (
          x.refunded_amount = any(:usual) and coalesce(x.currency <> all(:unusualCurrencies), true)
          or x.refunded_amount = any(:whole) and coalesce(x.currency = any(:wholeCurrencies), true)
          or x.refunded_amount = any(:thousandths) and x.currency = any(:thousandthsCurrencies)
        )
        and (:currency::text is null or x.currency = :currency)
        and (:day::date is null or x.business_date = :day)
      order by x.refunded_at desc, x.refund_id
      limit {rows}
      """;

  private final JdbcClient jdbc;

  Finder(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By an id, be it Klarna's of a refused request or an event, an order reference, an invoice
   * number or the shop's reference of a refund or capture; by the beginning of a reference only
   * where nothing is called so, and in another case only where nothing begins so.
   */
  @Transactional(readOnly = true)
  public Found byWord(String asked) {
    jdbc.sql("set local enable_seqscan = off").update();
    var word = asked.strip();
    if (word.isEmpty()) {
      return Found.NOTHING;
    }
    return Stream.of(word, word.toLowerCase(Locale.ROOT), word.toUpperCase(Locale.ROOT))
        .distinct()
        .map(this::bySpelling)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(Found.NOTHING);
  }

  private Found bySpelling(String word) {
    var exactly =
        ask(BY_ID + "union all\n" + BY_REFERENCE.replace("{is}", "="), word, List.of(word));
    return exactly.isEmpty()
        ? ask(BY_REFERENCE.replace("{is}", "^@"), word, invoicesOf(word))
        : exactly;
  }

  public Found byRefundId(String refundId) {
    return ask(BY_REFUND_ID, refundId, List.of());
  }

  private static List<String> invoicesOf(String orderNumber) {
    return IntStream.rangeClosed(1, MOST_INVOICE_NUMBERS)
        .mapToObj(n -> orderNumber + "-" + n)
        .toList();
  }

  private Found ask(String sql, String word, List<String> invoices) {
    return Found.of(
        jdbc.sql(sql.replace("{shown}", SHOWN).replace("{rows}", String.valueOf(MOST_ROWS)))
            .param("word", word)
            .param("invoices", invoices.toArray(String[]::new))
            .query((row, n) -> target(row))
            .list(),
        MOST_LISTED);
  }

  private static Target target(ResultSet row) throws SQLException {
    var orderId = Objects.requireNonNull(row.getString("order_id"));
    var refundId = row.getString("refund_id");
    return refundId == null ? new FoundOrder(orderId) : new FoundRefund(refundId, orderId);
  }

  /** Refunds of an amount, of a currency and a business date where they are known. */
  public Found byAmount(AskedAmount amount, @Nullable String currency, @Nullable LocalDate day) {
    return Found.of(
        jdbc.sql(BY_AMOUNT.replace("{rows}", String.valueOf(MOST_LISTED + 1)))
            .param("usual", amount.minorUnits(Amounts.USUAL_DECIMALS))
            .param("unusualCurrencies", currencies(decimals -> decimals != Amounts.USUAL_DECIMALS))
            .param("whole", amount.minorUnits(0))
            .param("wholeCurrencies", currencies(decimals -> decimals == 0))
            .param("thousandths", amount.minorUnits(THOUSANDTHS))
            .param("thousandthsCurrencies", currencies(decimals -> decimals == THOUSANDTHS))
            .param("currency", currency)
            .param("day", day)
            .query((row, n) -> target(row))
            .list(),
        MOST_LISTED);
  }

  /** Codes that the JDK does not know have the usual decimals. */
  private static String[] currencies(IntPredicate decimals) {
    return Currency.getAvailableCurrencies().stream()
        .map(Currency::getCurrencyCode)
        .filter(code -> decimals.test(Amounts.decimals(code)))
        .sorted()
        .toArray(String[]::new);
  }
}
