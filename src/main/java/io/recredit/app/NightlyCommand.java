package io.recredit.app;

import io.recredit.input.Readings;
import io.recredit.ledger.PolicyStore;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads a day's files, then decides. */
@Command(
    name = "nightly",
    description = {
      "Reads one day's files and decides the refunds they touch.",
      "Without a date: every day after the last one read, up to yesterday."
    })
final class NightlyCommand extends RunCommand {

  @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The day to be read.")
  private @Nullable LocalDate date;

  @Override
  List<RunRequest> requests(BeanFactory beans) {
    var dates = date != null ? Stream.of(date) : daysToCatchUp(beans);
    return dates
        .map(day -> new RunRequest(Run.Kind.NIGHTLY, day, day, input(), false, withdraw()))
        .toList();
  }

  private static Stream<LocalDate> daysToCatchUp(BeanFactory beans) {
    var zone = beans.getBean(PolicyStore.class).current().timeZone();
    var today = LocalDate.now(beans.getBean(Clock.class).withZone(zone));
    var first =
        beans
            .getBean(Readings.class)
            .lastDayRead()
            .map(last -> last.plusDays(1))
            .orElse(today.minusDays(1));
    return first.isBefore(today) ? first.datesUntil(today) : Stream.of();
  }
}
