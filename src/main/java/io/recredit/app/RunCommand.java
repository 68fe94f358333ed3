package io.recredit.app;

import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import io.recredit.run.RunResult;
import io.recredit.run.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What nightly and rerun share: the input folder, running, and what is said at the end. */
@Command(mixinStandardHelpOptions = true)
abstract class RunCommand implements Callable<Integer> {

  private static final String INPUT_VARIABLE = "RECREDIT_INPUT";
  private static final String DEFAULT_INPUT = "input";

  @Option(
      names = "--input",
      paramLabel = "DIR",
      description = "The folder of the files. Default: RECREDIT_INPUT, else input/.")
  private @Nullable Path input;

  @Option(
      names = "--withdraw",
      description = "It is meant that many records are gone from a file that is read again.")
  private boolean withdraw;

  @Override
  public Integer call() {
    return Startup.with(
        context -> {
          var summary = context.getBean(RunSummary.class);
          var finished = new ArrayList<Run>();
          var result =
              context
                  .getBean(Reconciliation.class)
                  .run(
                      () -> requests(context),
                      Terminal::complain,
                      run -> {
                        finished.add(run);
                        summary.lines(run).forEach(Terminal::say);
                      });
          return exitCode(result, finished, summary);
        });
  }

  abstract List<RunRequest> requests(BeanFactory beans);

  final boolean namesInput() {
    return input != null || System.getenv(INPUT_VARIABLE) != null;
  }

  final Path input() {
    return Objects.requireNonNullElseGet(
        input,
        () -> Path.of(Objects.requireNonNullElse(System.getenv(INPUT_VARIABLE), DEFAULT_INPUT)));
  }

  final boolean withdraw() {
    return withdraw;
  }

  private static int exitCode(RunResult result, List<Run> finished, RunSummary summary) {
    if (!(result instanceof RunResult.Done)) {
      return ExitCode.ofUnfinished(result);
    }
    if (finished.isEmpty()) {
      Terminal.say("No day after the last one read is over yet; there is nothing to do.");
    }
    return finished.stream().anyMatch(summary::hasRejected)
        ? ExitCode.DONE_WITH_REJECTED
        : ExitCode.DONE;
  }
}
