package io.recredit.app;

import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads a range of days again, then decides anew what was refunded in it. */
@Command(
    name = "rerun",
    description = {
      "Reads the files of a range of days again, and decides anew every order with a refund in it.",
      "A day whose files are gone is decided from what was read before; one that was never read is passed over."
    })
final class RerunCommand extends RunCommand {

  @Mixin private final DaysOption days = new DaysOption();

  @Override
  void checkCommandLine() {
    days.check();
  }

  @Override
  List<RunRequest> requests(BeanFactory beans) {
    return List.of(
        new RunRequest(
            Run.Kind.RERUN,
            days.from(),
            days.to(),
            input().folder(),
            !input().isNamed(),
            withdraw(),
            false));
  }
}
