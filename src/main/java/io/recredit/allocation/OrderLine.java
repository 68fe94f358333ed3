package io.recredit.allocation;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a capture or a refund. Amounts are minor units of the order's currency and may be
 * negative (a discount).
 *
 * @param reference the shop's article number, compared exactly: case, spaces and all
 * @param type Klarna's line type, {@code physical}, {@code return_fee} and so on, or one it does
 *     not know
 * @param taxRate in Klarna's hundredths of a percent: 2500 is 25 %
 */
public record OrderLine(
    @Nullable String reference,
    @Nullable String type,
    @Nullable String name,
    @Nullable Long quantity,
    @Nullable Long unitPrice,
    @Nullable Long taxRate,
    long totalAmount,
    @Nullable Long totalTaxAmount) {

  private static final String RETURN_FEE = "return_fee";

  /**
   * Whether the line is the fee that the shop keeps for a return; all other lines are the goods.
   */
  public boolean isReturnFee() {
    return RETURN_FEE.equals(type);
  }

  /** The sum of the lines' {@code total_amount}, exact. */
  public static BigInteger sum(List<OrderLine> lines) {
    return lines.stream()
        .map(line -> BigInteger.valueOf(line.totalAmount()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
