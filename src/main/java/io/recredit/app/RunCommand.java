package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import io.recredit.run.RunSummary;
import io.recredit.wording.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What nightly and rerun share: the input folder, running, and what is said at the end. */
abstract class RunCommand extends DatabaseCommand {

  @Mixin private final InputOption input = new InputOption();

  @Option(
      names = "--withdraw",
      description = "It is meant that many records are gone from a file that is read again.")
  private boolean withdraw;

  @Override
  boolean runs() {
    return true;
  }

  @Override
  boolean isNight() {
    return true;
  }

  @Override
  int run(BeanFactory beans) {
    var summary = beans.getBean(RunSummary.class);
    var finished = new ArrayList<Run>();
    var passedOver =
        beans
            .getBean(Reconciliation.class)
            .run(
                () -> requests(beans),
                Terminal::complain,
                run -> {
                  finished.add(run);
                  Terminal.say(summary.lines(run));
                });
    if (finished.isEmpty() && Terminal.isWatched()) { // cron would send it by mail, every night
      Terminal.say(text("app.nightly.nothing"));
    }
    if (!passedOver.isEmpty()) {
      return ExitCode.DAYS_MISSING;
    }
    return finished.stream().anyMatch(summary::hasRejected)
        ? ExitCode.DONE_WITH_REJECTED
        : ExitCode.DONE;
  }

  abstract List<RunRequest> requests(BeanFactory beans);

  final InputOption input() {
    return input;
  }

  final boolean withdraw() {
    return withdraw;
  }
}
