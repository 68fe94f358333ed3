package io.recredit.wording;

import static io.recredit.wording.Messages.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Days as people read them. */
public final class Days {

  private Days() {}

  /** "2026-11-20", "2026-11-01 to 2026-11-30". */
  public static String range(LocalDate from, LocalDate to) {
    return from.equals(to) ? from.toString() : text("days.range", from, to);
  }

  /** A range for each span without a gap, of days in order. */
  public static List<String> ranges(List<LocalDate> days) {
    var ranges = new ArrayList<String>();
    for (var i = 0; i < days.size(); i++) {
      var first = days.get(i);
      while (i + 1 < days.size() && days.get(i + 1).equals(days.get(i).plusDays(1))) {
        i++;
      }
      ranges.add(range(first, days.get(i)));
    }
    return ranges;
  }
}
