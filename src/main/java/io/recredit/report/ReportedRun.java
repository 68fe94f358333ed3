package io.recredit.report;

import io.recredit.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a report shows: the days asked for, as one finished run left them.
 *
 * @param shownOn the day on which the run was shown, from which ages count
 * @param shownAt the moment of it
 */
record ReportedRun(ReportRequest request, Run run, LocalDate shownOn, Instant shownAt) {

  ZoneId zone() {
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
