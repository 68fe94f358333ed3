package io.recredit.app;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.pruning.Pruning;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.wording.ExitCode;
import java.time.LocalDate;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes out what is old enough, and nothing needs. */
@Command(
    name = "prune",
    description = {
      "Of orders all of which is before a day: takes out what later readings of files replaced, rejected lines, and"
          + " snapshots that show nothing any more.",
      "Decisions, the journal and closings stay. Refused for what is not old enough (RECREDIT_KEEP_YEARS, else 10 years)."
    })
final class PruneCommand extends DatabaseCommand {

  @Option(
      names = "--before",
      required = true,
      paramLabel = "YYYY-MM-DD",
      description = "The first day of which nothing is taken out.")
  private LocalDate before;

  @Override
  Role role() {
    return Role.OWNER;
  }

  @Override
  boolean runs() {
    return true;
  }

  @Override
  int run(BeanFactory beans) {
    var pruning = beans.getBean(Pruning.class);
    pruning.mustBeOldEnough(before); // before an unfinished run is undone for it
    beans
        .getBean(Reconciliation.class)
        .runOnce(
            Run.Kind.PRUNING,
            () -> pruning.input(before),
            Terminal::complain,
            run -> said(run.runId(), pruning.pruned(run.runId())));
    return ExitCode.DONE;
  }

  private void said(long runId, Pruning.Pruned pruned) {
    Terminal.say(
        text(
            "app.prune.done",
            runId,
            counted("pruning.count.version", pruned.versions()),
            counted("pruning.count.rejected", pruned.rejectedLines()),
            counted("pruning.count.snapshot", pruned.snapshots()),
            pruned.before()));
  }
}
