package io.recredit.closing;

import static io.recredit.wording.Messages.text;

import io.recredit.input.FilesAsRead;
import io.recredit.input.Readings;
import io.recredit.ledger.ClosedPeriod;
import io.recredit.ledger.ClosedPeriods;
import io.recredit.ledger.PolicyStore;
import io.recredit.run.Reconciliation;
import io.recredit.run.Runs;
import io.recredit.wording.Days;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Closes the books: from then on nothing is posted in them up to that day. */
@Service
public class Closing {

  private final Reconciliation reconciliation;
  private final ClosedPeriods periods;
  private final Readings readings;
  private final FilesAsRead files;
  private final PolicyStore policies;
  private final Runs runs;
  private final Clock clock;

  Closing(
      Reconciliation reconciliation,
      ClosedPeriods periods,
      Readings readings,
      FilesAsRead files,
      PolicyStore policies,
      Runs runs,
      Clock clock) {
    this.reconciliation = reconciliation;
    this.periods = periods;
    this.readings = readings;
    this.files = files;
    this.policies = policies;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * What was closed.
   *
   * @param gone files that were read and are not there any more
   * @param policiesAwaitARun whether a change of policies is not in what was closed
   */
  public record Closed(ClosedPeriod period, List<String> gone, boolean policiesAwaitARun) {}

  /**
   * Closes everything up to a day; {@link UserException} says all that stands against it.
   *
   * @param input the folder whose files have to be what was read
   */
  public Closed close(LocalDate until, String closedBy, @Nullable String note, Path input) {
    return reconciliation.withoutRuns(
        () -> {
          var against = new ArrayList<>(against(until));
          var looked = files.lookBack(input);
          looked
              .different()
              .forEach(file -> against.add(text("closing.file-differs", file.path(), file.date())));
          if (!against.isEmpty()) {
            throw new UserException(text("closing.refused", until, String.join("\n- ", against)));
          }
          return new Closed(
              periods.close(until, closedBy, note, clock.instant()),
              looked.gone(),
              runs.last().filter(run -> run.policies().equals(policies.current())).isEmpty());
        });
  }

  private List<String> against(LocalDate until) {
    var against = new ArrayList<String>();
    if (!policies.isTimeZoneSet()) {
      against.add(text("closing.no-time-zone"));
    }
    var zone = policies.current().timeZone();
    if (!until.isBefore(today(zone))) {
      against.add(text("closing.not-over", until, zone, today(zone)));
    }
    periods
        .last()
        .filter(last -> !until.isAfter(last.until()))
        .ifPresent(last -> against.add(text("closing.closed", last.until(), last.closedBy())));
    runs.unfinished()
        .ifPresent(run -> against.add(text("closing.unfinished", run.runId(), run.what())));
    if (!runs.lastKeptBooks()) {
      against.add(text("closing.not-posted"));
    }
    against.addAll(notRead(until));
    return against;
  }

  private List<String> notRead(LocalDate until) {
    if (readings.firstDayRead().filter(first -> !until.isBefore(first)).isEmpty()) {
      return List.of(text("closing.nothing-read"));
    }
    var days = readings.daysNeverRead(until);
    return days.isEmpty()
        ? List.of()
        : List.of(text("closing.days-missing", String.join(", ", Days.ranges(days))));
  }

  private LocalDate today(ZoneId zone) {
    return LocalDate.now(clock.withZone(zone));
  }
}
