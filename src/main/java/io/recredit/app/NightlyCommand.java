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

  @Override
  List<RunRequest> requests(BeanFactory beans) {
    var days = date == null ? beans.getBean(CatchUp.class).days() : List.of(date);
    return days.stream()
        .map(day -> new RunRequest(Run.Kind.NIGHTLY, day, day, input(), false, withdraw()))
        .toList();
  }
}
