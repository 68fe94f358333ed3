package io.recredit.app;

import io.recredit.run.CatchUp;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import java.time.LocalDate;
import java.util.List;
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

  @Option(
      names = "--first",
      description = "It is meant that the day lies more than 31 days before the first one read.")
  private boolean first;

  @Override
  List<RunRequest> requests(BeanFactory beans) {
    var catchUp = beans.getBean(CatchUp.class);
    if (date != null) {
      catchUp.requireDay(date, first);
    }
    var days = date == null ? catchUp.days() : List.of(date);
    return days.stream()
        .map(day -> new RunRequest(Run.Kind.NIGHTLY, day, day, input().folder(), false, withdraw()))
        .toList();
  }
}
