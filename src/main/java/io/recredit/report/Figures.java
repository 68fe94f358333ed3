package io.recredit.report;

import io.recredit.wording.Amounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as tables for people show them. */
final class Figures {

  private static final BigInteger TENTHS_OF_PERCENT = BigInteger.valueOf(1000);
  private static final String UNKNOWN = "unknown";

  private Figures() {}

  /** "1,234,567.00": the currency stands in a column of its own. */
  static String amount(BigInteger minorUnits, @Nullable String currency) {
    var decimals = currency == null ? 0 : Amounts.decimals(currency);
    return String.format(Locale.ROOT, "%,." + decimals + "f", new BigDecimal(minorUnits, decimals));
  }

  /** Without one an amount is in minor units of nobody knows what. */
  static String currency(@Nullable String currency) {
    return currency == null ? UNKNOWN : currency;
  }

  /** "1,234.00 GBP", for sentences. */
  static String money(BigInteger minorUnits, @Nullable String currency) {
    return amount(minorUnits, currency)
        + (currency == null ? " minor units of an unknown currency" : " " + currency);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** "2 refunds"; the plural is the regular one. */
  static String counted(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** "93.1 %", never rounded up to all or down to nothing. */
  static String share(BigInteger part, BigInteger whole) {
    if (whole.signum() == 0) {
      return "–";
    }
    var tenths = part.multiply(TENTHS_OF_PERCENT).divide(whole).intValueExact();
    if (tenths == 0 && part.signum() > 0) {
      return "< 0.1 %";
    }
    return tenths / 10 + "." + tenths % 10 + " %";
  }

  /** "2026-11-01 to 2026-11-05", for each span without a gap. */
  static List<String> spans(List<LocalDate> days) {
    var spans = new ArrayList<String>();
    for (var i = 0; i < days.size(); i++) {
      var first = days.get(i);
      while (i + 1 < days.size() && days.get(i + 1).equals(days.get(i).plusDays(1))) {
        i++;
      }
      spans.add(first.equals(days.get(i)) ? first.toString() : first + " to " + days.get(i));
    }
    return spans;
  }
}
