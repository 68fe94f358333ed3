package io.recredit.report.content;

import io.recredit.table.Table;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report says at a glance; small, however many refunds it is about.
 *
 * @param days by day and currency, in order
 * @param byReason open exceptions, the most refunds first
 * @param rootCauses refunds that keep others from being allocated, the worst first, cut
 * @param rootCauseCount how many they are in all
 * @param refused the first requests that Klarna refused, cut
 * @param refusedCount how many they are in all
 * @param rejected the first lines that were rejected, cut
 * @param rejectedCount how many they are in all
 * @param daysRead how many days of the range were read
 * @param daysNeverRead the others
 * @param otherAmounts how many duplicates are of another amount than what they repeat
 * @param overtaken how many resolved refunds the rules would credit by now
 * @param invoicesLeftOut how many invoices captured in the range have no row in the balances, as
 *     nothing was ever refunded on their order
 * @param record what Klarna's own record says
 * @param payouts what was paid out
 */
public record Overview(
    ReportedRun reported,
    List<DayTotals> days,
    List<Exceptions<String>> byReason,
    List<Exceptions<Age>> byAge,
    List<RootCause> rootCauses,
    long rootCauseCount,
    List<RefusedRequest> refused,
    long refusedCount,
    List<RejectedLine> rejected,
    long rejectedCount,
    int daysRead,
    List<LocalDate> daysNeverRead,
    long otherAmounts,
    long overtaken,
    long invoicesLeftOut,
    RecordOverview record,
    PayoutOverview payouts) {

  private static final int MOST_LARGE = 4;

  public record DayTotals(@Nullable LocalDate day, Totals totals) {}

  /** Open exceptions that have something in common, in one currency. */
  public record Exceptions<T>(T what, @Nullable String currency, long count, BigInteger amount) {

    public Exceptions<T> plus(Exceptions<T> other) {
      return new Exceptions<>(what, currency, count + other.count, amount.add(other.amount));
    }
  }

  /**
   * A refund that keeps later ones of its order from being allocated.
   *
   * @param reason why it is an exception itself; null where it is resolved by now
   */
  public record RootCause(
      String refundId,
      String orderId,
      @Nullable String reason,
      LocalDate businessDate,
      @Nullable String currency,
      long blocked,
      BigInteger blockedAmount) {}

  /**
   * A request that Klarna refused.
   *
   * @param answer in Klarna's own words
   * @param wouldBe match rule or reason; null where it is no refund
   */
  public record RefusedRequest(
      String orderId,
      @Nullable Long refundedAmount,
      @Nullable String currency,
      String answer,
      @Nullable String correlationId,
      @Nullable String wouldBe,
      @Nullable String followedBy) {}

  public record RejectedLine(String fileName, long lineNumber, String error) {}

  /** By currency, the one with the most refunds first. */
  public List<Totals> totals() {
    return days.stream()
        .map(DayTotals::totals)
        .collect(
            Collectors.toMap(
                totals -> String.valueOf(totals.currency()),
                Function.identity(),
                Totals::plus,
                LinkedHashMap::new))
        .values()
        .stream()
        .sorted(
            Comparator.comparingLong(Totals::refunds)
                .reversed()
                .thenComparing(totals -> String.valueOf(totals.currency())))
        .toList();
  }

  /** Those that are drawn, a few: what is in an unknown currency cannot be held beside anything. */
  public List<Totals> largest() {
    return totals().stream().filter(totals -> totals.currency() != null).limit(MOST_LARGE).toList();
  }

  public long exceptionCount() {
    return byReason.stream().mapToLong(Exceptions::count).sum();
  }

  /** How many rows a table has; 0 where that is not known before. */
  public long rowsIn(Table table) {
    if (table.equals(ReportTables.EXCEPTIONS)) {
      return exceptionCount();
    }
    if (table.equals(RecordTables.ASK_KLARNA_TO_MOVE)) {
      return record.toMoveCount();
    }
    if (table.equals(ReportTables.REFUSED_REFUNDS)) {
      return refusedCount;
    }
    return table.equals(ReportTables.REJECTED) ? rejectedCount : 0;
  }
}
