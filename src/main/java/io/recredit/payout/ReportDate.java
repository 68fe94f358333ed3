package io.recredit.payout;

import io.recredit.feed.Rfc3339;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date of a report: a day, or where it has an offset a moment. It is written {@code 2026-01-05},
 * {@code 20260105}, {@code 2026-01-05T10:00:00Z}, {@code 20260105T100000+0000} and alike; all else
 * is no date, since a day and a month cannot be told apart.
 *
 * @param day null where there is a moment
 * @param at null where there is a day
 */
record ReportDate(@Nullable LocalDate day, @Nullable Instant at) {

  private static final int DAY_LENGTH = "2026-01-05".length();
  private static final String MIDNIGHT = "T00:00:00Z";
  private static final Pattern BASIC =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:T(\\d{2})(\\d{2})(\\d{2})?(.*))?");

  static Optional<ReportDate> parse(String text) {
    var extended = extended(text);
    var at = Rfc3339.parse(extended);
    if (at != null) {
      return Optional.of(new ReportDate(null, at));
    }
    // Without an offset the time is of no use beside the day; it must be one all the same.
    return inUtc(extended) == null
        ? Optional.empty()
        : Optional.of(new ReportDate(LocalDate.parse(extended.substring(0, DAY_LENGTH)), null));
  }

  /** The moment, of a time without an offset as if it were UTC, of a day its midnight. */
  static @Nullable Instant moment(String text) {
    var extended = extended(text);
    var at = Rfc3339.parse(extended);
    return at == null ? inUtc(extended) : at;
  }

  private static @Nullable Instant inUtc(String withoutOffset) {
    return Rfc3339.parse(
        withoutOffset.length() == DAY_LENGTH ? withoutOffset + MIDNIGHT : withoutOffset + "Z");
  }

  /** Marks where ISO's basic form has none. */
  private static String extended(String text) {
    var basic = BASIC.matcher(text);
    if (!basic.matches()) {
      return text;
    }
    var day = basic.group(1) + "-" + basic.group(2) + "-" + basic.group(3);
    if (basic.group(4) == null) {
      return day;
    }
    var seconds = basic.group(6) == null ? "" : ":" + basic.group(6);
    return day + "T" + basic.group(4) + ":" + basic.group(5) + seconds + basic.group(7);
  }
}
