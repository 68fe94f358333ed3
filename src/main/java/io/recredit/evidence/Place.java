package io.recredit.evidence;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * On which invoices a refund stands, or is credited.
 *
 * @param amounts in minor units, above 0, by captureId in order of code points; empty: on no
 *     invoice
 */
public record Place(SortedMap<String, Long> amounts) {

  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  static final Place ON_NO_INVOICE = of(Map.of());

  public Place {
    var copy = new TreeMap<String, Long>(BY_CODE_POINT);
    copy.putAll(amounts);
    copy.values().removeIf(amount -> amount == 0);
    if (copy.values().stream().anyMatch(amount -> amount < 0)) {
      throw new IllegalArgumentException("an amount on an invoice is at least 0: " + copy);
    }
    amounts = Collections.unmodifiableSortedMap(copy);
  }

  /** Without the invoices on which it puts 0. */
  public static Place of(Map<String, Long> amounts) {
    var sorted = new TreeMap<String, Long>(BY_CODE_POINT);
    sorted.putAll(amounts);
    return new Place(sorted);
  }

  static Place wholeOn(String captureId, long amount) {
    return of(Map.of(captureId, amount));
  }

  /** Minor units; credits of several invoices can be more than 64 bits hold. */
  public BigInteger total() {
    return amounts.values().stream()
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
