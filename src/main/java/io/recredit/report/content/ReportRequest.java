package io.recredit.report.content;

import io.recredit.wording.Days;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The report that somebody asks for.
 *
 * @param asOf the run after which it shows everything; null for the newest finished one
 */
public record ReportRequest(LocalDate from, LocalDate to, DateBasis basis, @Nullable Long asOf) {

  public ReportRequest {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(to + " is before " + from);
    }
  }

  /** "2026-11-20", "2026-11-01 to 2026-11-30". */
  public String days() {
    return Days.range(from, to);
  }
}
