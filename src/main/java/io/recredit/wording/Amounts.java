package io.recredit.wording;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Amounts as people read them: thousands apart, in their currency with its decimals. */
public final class Amounts {

  /** Of nearly all currencies, and of a code that nobody knows. */
  public static final int USUAL_DECIMALS = 2;

  private Amounts() {}

  /** {@code 189400, "SEK"} is "1,894.00 SEK"; without a currency minor units are named as such. */
  public static String format(long minorUnits, @Nullable String currency) {
    return format(BigInteger.valueOf(minorUnits), currency);
  }

  /** The same for a sum over many records, which may be larger than 64 bits. */
  public static String format(BigInteger minorUnits, @Nullable String currency) {
    return currency == null
        ? Messages.text("money.currency-unknown", number(minorUnits, null))
        : number(minorUnits, currency) + " " + currency;
  }

  /** "1,894.00", where the currency stands elsewhere. */
  public static String number(BigInteger minorUnits, @Nullable String currency) {
    var decimals = currency == null ? 0 : decimals(currency);
    var number = new StringBuilder(new BigDecimal(minorUnits.abs(), decimals).toPlainString());
    var point = number.indexOf(".");
    // By hand: a formatter takes most of the time in which exceptions are worded.
    for (var i = (point < 0 ? number.length() : point) - 3; i > 0; i -= 3) {
      number.insert(i, ',');
    }
    return minorUnits.signum() < 0 ? "-" + number : number.toString();
  }

  /** "1894.00", to be pasted where an amount is asked for. */
  public static String toPaste(long minorUnits, String currency) {
    return BigDecimal.valueOf(minorUnits, decimals(currency)).toPlainString();
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
