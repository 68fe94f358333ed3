package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a report writes counts, shares and currencies. */
public final class Formats {

  private static final BigInteger TENTHS_OF_PERCENT = BigInteger.valueOf(1000);

  private Formats() {}

  /** Without one an amount is in minor units of nobody knows what. */
  public static String currency(@Nullable String currency) {
    return currency == null ? text("report.currency.unknown") : currency;
  }

  /** "1,234". */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** "93.1 %", never rounded up to all or down to nothing. */
  public static String share(BigInteger part, BigInteger whole) {
    if (whole.signum() == 0) {
      return "–";
    }
    var tenths = part.multiply(TENTHS_OF_PERCENT).divide(whole).intValueExact();
    if (tenths == 0 && part.signum() > 0) {
      return "< 0.1 %";
    }
    return tenths / 10 + "." + tenths % 10 + " %";
  }
}
