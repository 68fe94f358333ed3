package io.recredit.feed;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Times as RFC 3339 writes them, {@code 2026-11-20T09:30:00.123456789+01:00}, and as they are
 * written elsewhere without any doubt: with a space for the T, without seconds, with an offset of
 * {@code +0100} or {@code +01}. All else is refused, and quickly: {@link
 * java.time.format.DateTimeFormatter} is an order of magnitude slower.
 */
public final class Rfc3339 {

  private static final int DATE_AND_MINUTE = "2026-11-20T09:30".length();
  private static final int SECONDS = ":00".length();
  private static final int MICRO_DIGITS = 6;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NO_NUMBER = -1;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Rfc3339() {}

  /** The instant, truncated to the microsecond; null if the text is no such time. */
  public static @Nullable Instant parse(String text) {
    if (text.length() <= DATE_AND_MINUTE || !hasMarks(text)) {
      return null;
    }
    var year = number(text, 0, 4);
    var month = number(text, 5, 2);
    var day = number(text, 8, 2);
    var hour = number(text, 11, 2);
    var minute = number(text, 14, 2);
    var hasSeconds = text.charAt(DATE_AND_MINUTE) == ':';
    var second = hasSeconds ? number(text, DATE_AND_MINUTE + 1, 2) : 0;
    if (year < 0
        || !isDay(year, month, day)
        || !isTimeOfDay(hour, minute)
        || !isWithin(second, 0, 59)) {
      return null;
    }
    var fraction = DATE_AND_MINUTE + (hasSeconds ? SECONDS : 0);
    var end = hasSeconds ? endOfFraction(text, fraction) : fraction;
    var offset = end < 0 ? null : offsetSeconds(text, end);
    if (offset == null) {
      return null;
    }
    var seconds =
        LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
    var instant = Instant.ofEpochSecond(seconds - offset, nanos(text, fraction, end));
    return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : instant;
  }

  private static boolean hasMarks(String text) {
    var between = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (between == 'T' || between == 't' || between == ' ')
        && text.charAt(13) == ':';
  }

  private static boolean isDay(int year, int month, int day) {
    return isWithin(month, 1, 12) && isWithin(day, 1, YearMonth.of(year, month).lengthOfMonth());
  }

  private static boolean isTimeOfDay(int hour, int minute) {
    return isWithin(hour, 0, 23) && isWithin(minute, 0, 59);
  }

  private static boolean isWithin(int number, int lowest, int highest) {
    return number >= lowest && number <= highest;
  }

  /** Where the offset begins; negative for a dot without digits. */
  private static int endOfFraction(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '.') {
      return from;
    }
    var i = from + 1;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i == from + 1 ? NO_NUMBER : i;
  }

  private static int nanos(String text, int fraction, int end) {
    var micros = 0;
    for (var i = 1; i <= MICRO_DIGITS; i++) {
      var at = fraction + i;
      micros = micros * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return micros * NANOS_PER_MICRO;
  }

  /** Z, +01:00, +0100 or +01. */
  private static @Nullable Integer offsetSeconds(String text, int at) {
    var length = text.length() - at;
    if (length == 1) {
      return text.charAt(at) == 'Z' || text.charAt(at) == 'z' ? 0 : null;
    }
    var hasColon = length == 6 && text.charAt(at + 3) == ':';
    if (!hasColon && length != 5 && length != 3) {
      return null;
    }
    var sign = text.charAt(at) == '+' ? 1 : text.charAt(at) == '-' ? -1 : 0;
    var hours = number(text, at + 1, 2);
    var minutes = length == 3 ? 0 : number(text, at + (hasColon ? 4 : 3), 2);
    return sign != 0 && isTimeOfDay(hours, minutes) ? sign * (hours * 3_600 + minutes * 60) : null;
  }

  /** The digits as a number; negative if anything else is among them. */
  private static int number(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return NO_NUMBER;
    }
    var number = 0;
    for (var i = from; i < from + digits; i++) {
      if (!isDigit(text.charAt(i))) {
        return NO_NUMBER;
      }
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
