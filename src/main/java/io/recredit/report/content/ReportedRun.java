package io.recredit.report.content;

import io.recredit.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The finished run that a report shows, with the days asked for: the report says of those days what
 * that run left.
 *
 * @param shownOn the day on which the run was shown, from which ages count
 * @param shownAt the moment of it
 * @param prunedBefore of input before that day some was taken out that would be here; null where
 *     nothing was
 */
public record ReportedRun(
    ReportRequest request,
    Run run,
    LocalDate shownOn,
    Instant shownAt,
    @Nullable LocalDate prunedBefore) {

  public ZoneId zone() {
    return run.policies().timeZone();
  }

  /** The first moment of the days asked for. */
  Instant start() {
    return request.from().atStartOfDay(zone()).toInstant();
  }

  /** The first moment behind them. */
  Instant end() {
    return request.to().plusDays(1).atStartOfDay(zone()).toInstant();
  }
}
