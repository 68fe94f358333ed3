package io.recredit.payout;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's name says: {@code XISA93DJ.20260105T000000+0000.csv} is a payout and its day.
 *
 * @param reference null where no date is behind it
 */
record ReportName(@Nullable String reference, @Nullable ReportDate date) {

  private static final Pattern NAME = Pattern.compile("([^.]+)\\.(\\d{8})T.*", Pattern.DOTALL);

  static ReportName of(Path file) {
    var name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        ? new ReportName(name.group(1), ReportDate.parse(name.group(2)).orElse(null))
        : new ReportName(null, null);
  }
}
