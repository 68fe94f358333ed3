package io.recredit.allocation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Amounts as people read them: in their currency with its decimals. */
public final class Amounts {

  private static final int USUAL_DECIMALS = 2;

  private Amounts() {}

  /** {@code 9999, "SEK"} is "99.99 SEK"; without a currency the minor units are named as such. */
  public static String format(long minorUnits, @Nullable String currency) {
    return format(BigInteger.valueOf(minorUnits), currency);
  }

  /** The same for a sum over many records, which may be larger than 64 bits. */
  public static String format(BigInteger minorUnits, @Nullable String currency) {
    return currency == null
        ? minorUnits + " (in minor units, currency unknown)"
        : new BigDecimal(minorUnits, decimals(currency)).toPlainString() + " " + currency;
  }

  /** ISO 4217's decimals; 2 for a code that the JDK does not know. */
  public static int decimals(String currency) {
    try {
      return Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    } catch (IllegalArgumentException unknownCode) {
      return USUAL_DECIMALS;
    }
  }
}
