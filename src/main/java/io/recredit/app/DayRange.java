package io.recredit.app;

import static io.recredit.wording.Messages.text;

import java.time.LocalDate;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** One day, or some days without a gap: 2026-11-20, 2026-11-20..2026-11-22. */
record DayRange(LocalDate from, LocalDate to) {

  static DayRange of(String value, Function<String, LocalDate> day) {
    var between = value.indexOf("..");
    var range =
        between < 0
            ? new DayRange(day.apply(value), day.apply(value))
            : new DayRange(
                day.apply(value.substring(0, between)), day.apply(value.substring(between + 2)));
    if (range.to().isBefore(range.from())) {
      throw new TypeConversionException(text("app.days.backwards", range.to(), range.from()));
    }
    return range;
  }
}
