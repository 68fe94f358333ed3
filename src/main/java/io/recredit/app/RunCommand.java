package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import io.recredit.run.RunSummary;
import io.recredit.wording.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Option;

/** What nightly and rerun share: the input folder, running, and what is said at the end. */
abstract class RunCommand extends DatabaseCommand {

  private static final String INPUT_VARIABLE = "RECREDIT_INPUT";
  private static final String DEFAULT_INPUT = "input";

  /** The launcher sets it to the folder that jobs/ is in, where nobody else has set it. */
  private static final String HOME_VARIABLE = "RECREDIT_HOME";

  @Option(
      names = "--input",
      paramLabel = "DIR",
      description = "The folder of the files. Default: RECREDIT_INPUT, else input/ beside jobs/.")
  private @Nullable Path input;

  @Option(
      names = "--withdraw",
      description = "It is meant that many records are gone from a file that is read again.")
  private boolean withdraw;

  @Override
  final int run(BeanFactory beans) {
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

  final boolean namesInput() {
    return input != null || System.getenv(INPUT_VARIABLE) != null;
  }

  final Path input() {
    if (input != null) {
      return input;
    }
    var set = System.getenv(INPUT_VARIABLE);
    if (set != null) {
      return Path.of(set);
    }
    return Path.of(Objects.requireNonNullElse(System.getenv(HOME_VARIABLE), ""), DEFAULT_INPUT);
  }

  final boolean withdraw() {
    return withdraw;
  }
}
