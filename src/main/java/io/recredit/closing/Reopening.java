package io.recredit.closing;

import static io.recredit.wording.Messages.text;

import io.recredit.input.OwnInput;
import io.recredit.input.Readings;
import io.recredit.ledger.ClosedPeriod;
import io.recredit.ledger.ClosedPeriods;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens closed days again, as the input of a run, which posts what these days lack. */
@Component
public class Reopening {

  private final ClosedPeriods periods;
  private final Readings readings;
  private final Clock clock;

  Reopening(ClosedPeriods periods, Readings readings, Clock clock) {
    this.periods = periods;
    this.readings = readings;
    this.clock = clock;
  }

  /**
   * Opens all days behind one, up to which an earlier closing holds, or before which nothing was
   * read; {@link UserException} where it is no such day.
   */
  public OwnInput input(LocalDate until, String by, String note) {
    var closed = periods.all();
    var last =
        closed.stream()
            .filter(period -> period.until().isAfter(until))
            .map(ClosedPeriod::until)
            .max(LocalDate::compareTo)
            .orElseThrow(() -> new UserException(text("closing.not-closed", until)));
    var isClosing = closed.stream().anyMatch(period -> period.until().equals(until));
    if (!isClosing && readings.firstDayRead().filter(until::isBefore).isEmpty()) {
      throw new UserException(
          text(
              "closing.no-closing",
              until,
              closed.stream()
                  .map(period -> period.until().toString())
                  .collect(Collectors.joining(", "))));
    }
    return new OwnInput(
        until.plusDays(1), last, runId -> periods.open(runId, until, by, note, clock.instant()));
  }
}
