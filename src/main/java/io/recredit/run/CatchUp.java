package io.recredit.run;

import io.recredit.input.Readings;
import io.recredit.ledger.PolicyStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** The days that a nightly run reads where nobody names one. */
@Component
public class CatchUp {

  private final Readings readings;
  private final PolicyStore policies;
  private final Clock clock;

  CatchUp(Readings readings, PolicyStore policies, Clock clock) {
    this.readings = readings;
    this.policies = policies;
    this.clock = clock;
  }

  /** Every day after the last one read, up to yesterday in the policy's time zone. */
  public List<LocalDate> days() {
    var today = LocalDate.now(clock.withZone(policies.current().timeZone()));
    var first = readings.lastDayRead().map(last -> last.plusDays(1)).orElse(today.minusDays(1));
    return first.isBefore(today) ? first.datesUntil(today).toList() : List.of();
  }
}
