package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.run.CatchUp;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import io.recredit.wording.Days;
import io.recredit.wording.ExitCode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a day's files, then decides. */
@Command(
    name = "nightly",
    description = {
      "Reads one day's files and decides the refunds they touch.",
      "Without a date: every day up to yesterday that was never read, and of the last days read those whose files are new or changed.",
      "With --skip: says that days never read will never come."
    })
final class NightlyCommand extends RunCommand {

  @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The day to be read.")
  private @Nullable LocalDate date;

  @Option(
      names = "--first",
      description = "It is meant that the day lies more than 31 days before the first one read.")
  private boolean first;

  @Option(
      names = "--skip",
      paramLabel = "D[..D]",
      description =
          "The files of these days will never come; with --by. Should they come after all, they are read.")
  private @Nullable DayRange skip;

  @Mixin private final NoteOptions note = new NoteOptions();

  @Override
  void checkCommandLine() {
    if (skip != null) {
      note.byMustBeGiven();
      if (date != null || first || withdraw()) {
        throw wrong(text("app.nightly.skip-and-date"));
      }
    } else if (!note.by().isEmpty() || !note.note().isEmpty()) {
      throw wrong(text("app.nightly.by-without-skip"));
    }
  }

  @Override
  boolean isNight() {
    return skip == null;
  }

  @Override
  int run(BeanFactory beans) {
    if (skip == null) {
      return super.run(beans);
    }
    beans
        .getBean(CatchUp.class)
        .skip(
            skip.from(),
            skip.to(),
            input().folder(),
            note.by(),
            note.note().isEmpty() ? null : note.note());
    Terminal.say(text("app.nightly.skipped", Days.range(skip.from(), skip.to())));
    return ExitCode.DONE;
  }

  @Override
  List<RunRequest> requests(BeanFactory beans) {
    var catchUp = beans.getBean(CatchUp.class);
    if (date != null) {
      catchUp.requireDay(date, first);
    }
    var days = date == null ? catchUp.days(input().folder()) : List.of(date);
    return days.stream().map(this::request).toList();
  }

  private RunRequest request(LocalDate day) {
    return new RunRequest(
        Run.Kind.NIGHTLY, day, day, input().folder(), false, withdraw(), date == null);
  }
}
