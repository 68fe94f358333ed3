package io.recredit.explain;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An amount as somebody types or pastes it, {@code 1894}, {@code 1,894.00}, {@code 1 894,00}: where
 * a separator can stand before decimals or between thousands, both are looked for.
 */
public final class AskedAmount {

  private static final String SPACES = "[\\s\u00a0\u202f']";
  private static final String WRITTEN = "[0-9]+([.,][0-9]+)*";
  private static final int DIGITS_OF_THOUSANDS = 3;

  private final List<BigDecimal> readings;

  private AskedAmount(List<BigDecimal> readings) {
    this.readings = List.copyOf(readings);
  }

  /** {@link UserException} where it is none. */
  public static AskedAmount parse(String written) {
    var digits = written.replaceAll(SPACES, "");
    if (!digits.matches(WRITTEN)) {
      throw new UserException(text("explain.no-amount", written));
    }
    var last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    var readings = new ArrayList<BigDecimal>();
    if (last < 0 || mayGroupThousands(digits, last)) {
      readings.add(new BigDecimal(digits.replaceAll("[.,]", "")));
    }
    if (last >= 0 && digits.indexOf(digits.charAt(last)) == last) {
      readings.add(
          new BigDecimal(
              digits.substring(0, last).replaceAll("[.,]", "") + "." + digits.substring(last + 1)));
    }
    if (readings.isEmpty()) {
      throw new UserException(text("explain.no-amount", written));
    }
    return new AskedAmount(readings);
  }

  /** The last separator, and all others like it, with three digits behind each. */
  private static boolean mayGroupThousands(String digits, int last) {
    var parts = Stream.of(digits.split("[.,]")).skip(1);
    return digits.chars().filter(c -> c == '.' || c == ',').allMatch(c -> c == digits.charAt(last))
        && parts.allMatch(part -> part.length() == DIGITS_OF_THOUSANDS);
  }

  /** What it can be of a currency with so many decimals. */
  Long[] minorUnits(int decimals) {
    return readings.stream()
        .map(reading -> reading.movePointRight(decimals).stripTrailingZeros())
        .filter(units -> units.scale() <= 0 && units.precision() - units.scale() <= 18)
        .map(BigDecimal::longValueExact)
        .toArray(Long[]::new);
  }
}
