package io.recredit.resolution;

import io.recredit.wording.Amounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The amount in a row as a spreadsheet program gave it back: 1234.5, 1234,50, 1,234.50 SEK.
 *
 * @param written empty where there is none
 */
record ShownAmount(String written) {

  /** Whether it says this amount; where it says nothing it says nothing else. */
  boolean is(long minorUnits, @Nullable String currency) {
    var digits = written.replaceAll("[^0-9.,]", "");
    if (digits.isEmpty()) {
      return true;
    }
    var amount = BigDecimal.valueOf(minorUnits, currency == null ? 0 : Amounts.decimals(currency));
    return new BigDecimal(withPoint(digits, amount.scale())).compareTo(amount) == 0;
  }

  /** The last mark stands before the decimals if there are no more digits behind it than those. */
  private static String withPoint(String digits, int decimals) {
    var mark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    var whole = digits.replaceAll("[.,]", "");
    var behind = mark < 0 ? 0 : digits.length() - mark - 1;
    return behind == 0 || behind > decimals || whole.isEmpty()
        ? "0" + whole
        : "0"
            + whole.substring(0, whole.length() - behind)
            + "."
            + whole.substring(whole.length() - behind);
  }
}
