package io.recredit.report.content;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says at a glance of what was paid out.
 *
 * @param payouts the newest of the range, cut
 * @param payoutCount how many they are in all
 * @param differences by kind
 */
public record PayoutOverview(
    List<Payout> payouts, long payoutCount, List<Differences> differences) {

  /**
   * A payout and the returns in it; minor units.
   *
   * @param settled what was paid out; null where no report says
   * @param difference what its totals are off; null where that cannot be told
   * @param asMade refunds that are in it with their amounts
   * @param ofOtherAmount refunds that are in it with others
   * @param unknown returns that nobody delivered
   */
  public record Payout(
      String reference,
      @Nullable LocalDate date,
      String currency,
      @Nullable BigInteger settled,
      @Nullable BigInteger difference,
      long asMade,
      long ofOtherAmount,
      long unknown) {}

  /**
   * Differences of one kind.
   *
   * @param example one of them, with what to do about it
   */
  public record Differences(String kind, long count, String example) {}

  public boolean isEmpty() {
    return payouts.isEmpty() && differences.isEmpty();
  }
}
