package io.recredit.feed;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Times as RFC 3339 writes them, {@code 2026-11-20T09:30:00.123456789+01:00}, strictly and quickly:
 * {@link java.time.format.DateTimeFormatter} is both more lenient and an order of magnitude slower.
 */
final class Rfc3339 {

  private static final int DATE_AND_TIME = "2026-11-20T09:30:00".length();
  private static final int OFFSET = "+01:00".length();
  private static final int MICRO_DIGITS = 6;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NO_NUMBER = -1;

  private Rfc3339() {}

  /** The instant, truncated to the microsecond; null if the text is no such time. */
  static @Nullable Instant parse(String text) {
    if (text.length() <= DATE_AND_TIME || !hasMarks(text)) {
      return null;
    }
    var year = number(text, 0, 4);
    var month = number(text, 5, 2);
    var day = number(text, 8, 2);
    var hour = number(text, 11, 2);
    var minute = number(text, 14, 2);
    var second = number(text, 17, 2);
    if (year < 0
        || !isDay(year, month, day)
        || !isTimeOfDay(hour, minute)
        || !isWithin(second, 0, 59)) {
      return null;
    }
    var fraction = endOfFraction(text);
    var offset = fraction < 0 ? null : offsetSeconds(text, fraction);
    if (offset == null) {
      return null;
    }
    var seconds =
        LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
    return Instant.ofEpochSecond(seconds - offset, nanos(text, fraction));
  }

  private static boolean hasMarks(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (text.charAt(10) == 'T' || text.charAt(10) == 't')
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
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
  private static int endOfFraction(String text) {
    var i = DATE_AND_TIME;
    if (text.charAt(i) != '.') {
      return i;
    }
    do {
      i++;
    } while (i < text.length() && isDigit(text.charAt(i)));
    return i == DATE_AND_TIME + 1 ? NO_NUMBER : i;
  }

  private static int nanos(String text, int endOfFraction) {
    var micros = 0;
    for (var i = 1; i <= MICRO_DIGITS; i++) {
      var at = DATE_AND_TIME + i;
      micros = micros * 10 + (at < endOfFraction ? text.charAt(at) - '0' : 0);
    }
    return micros * NANOS_PER_MICRO;
  }

  private static @Nullable Integer offsetSeconds(String text, int at) {
    var length = text.length() - at;
    if (length == 1) {
      return text.charAt(at) == 'Z' || text.charAt(at) == 'z' ? 0 : null;
    }
    if (length != OFFSET || text.charAt(at + 3) != ':') {
      return null;
    }
    var sign = text.charAt(at) == '+' ? 1 : text.charAt(at) == '-' ? -1 : 0;
    var hours = number(text, at + 1, 2);
    var minutes = number(text, at + 4, 2);
    return sign != 0 && isTimeOfDay(hours, minutes) ? sign * (hours * 3_600 + minutes * 60) : null;
  }

  /** The digits as a number; negative if anything else is among them. */
  private static int number(String text, int from, int digits) {
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
