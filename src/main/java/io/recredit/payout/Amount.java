package io.recredit.payout;

import org.jspecify.annotations.Nullable;

/** Amounts as CSV writes them: digits with a sign, and at most one point or comma. */
final class Amount {

  private Amount() {}

  /** How many digits stand behind the point; negative where it is no amount. */
  static int decimals(String text) {
    var digits = 0;
    var point = -1;
    for (var i = isSigned(text) ? 1 : 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (point < 0 && isPoint(c)) {
        point = i;
      } else {
        return -1;
      }
    }
    return digits == 0 ? -1 : point < 0 ? 0 : text.length() - point - 1;
  }

  /** In minor units, of which {@code more} digits are not written; null beyond 64 bits. */
  static @Nullable Long minorUnits(String text, int more) {
    var digits = new StringBuilder(text.length() + more);
    for (var i = 0; i < text.length(); i++) {
      if (!isPoint(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    return wholeNumber(digits.append("0".repeat(more)).toString());
  }

  /** Null beyond 64 bits with either sign: which one is shown is told by the other rows. */
  static @Nullable Long wholeNumber(String digits) {
    try {
      var number = Long.parseLong(digits);
      return number == Long.MIN_VALUE ? null : Long.valueOf(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isSigned(String text) {
    return text.startsWith("-") || text.startsWith("+");
  }

  private static boolean isPoint(char c) {
    return c == '.' || c == ',';
  }
}
