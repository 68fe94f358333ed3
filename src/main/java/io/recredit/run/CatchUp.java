package io.recredit.run;

import static io.recredit.wording.ExitCode.WRONG_COMMAND_LINE;
import static io.recredit.wording.Messages.text;

import io.recredit.input.Readings;
import io.recredit.ledger.PolicyStore;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** The days that a nightly run reads where nobody names one. */
@Component
public class CatchUp {

  /** Nobody delivers a month late by accident. */
  private static final int MOST_DAYS_BEFORE = 31;

  private final Readings readings;
  private final PolicyStore policies;
  private final Clock clock;

  CatchUp(Readings readings, PolicyStore policies, Clock clock) {
    this.readings = readings;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * Refuses a day that is hardly meant: one mistyped day in the future, or long before the first,
   * would stay in what was read and say of every other day that it is missing.
   *
   * @param first it is meant that the day becomes the first one
   */
  public void requireDay(LocalDate day, boolean first) {
    var today = today();
    if (day.isAfter(today)) {
      throw new UserException(text("run.day.after-today", day, today), WRONG_COMMAND_LINE);
    }
    readings
        .firstDayRead()
        .filter(read -> !first && day.isBefore(read.minusDays(MOST_DAYS_BEFORE)))
        .ifPresent(
            read -> {
              throw new UserException(
                  text("run.day.long-before", day, MOST_DAYS_BEFORE, read), WRONG_COMMAND_LINE);
            });
  }

  /** Every day after the last one read, up to yesterday in the policy's time zone. */
  public List<LocalDate> days() {
    var today = today();
    var first = readings.lastDayRead().map(last -> last.plusDays(1)).orElse(today.minusDays(1));
    return first.isBefore(today) ? first.datesUntil(today).toList() : List.of();
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(policies.current().timeZone()));
  }
}
