package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.input.OwnInput;
import io.recredit.input.Readings;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import io.recredit.run.Runs;
import io.recredit.wording.ExitCode;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;

/**
 * Brings the tables along, which every start of their owner does; and posts what no earlier version
 * posted.
 */
@Command(
    name = "migrate",
    description = {
      "Brings the tables along to this version, and posts in the journal what was decided before there was one.",
      "The next run would do both too, where its user owns the tables."
    })
final class MigrateCommand extends DatabaseCommand {

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
    Tables.grant(beans.getBean(DataSource.class));
    if (!beans.getBean(Runs.class).lastKeptBooks()) {
      beans
          .getBean(Reconciliation.class)
          .runOnce(
              Run.Kind.MIGRATION,
              () -> input(beans.getBean(Readings.class)),
              Terminal::complain,
              run -> Terminal.say(beans.getBean(RunSummary.class).lines(run)));
    }
    Terminal.say(text("app.migrate.done"));
    return ExitCode.DONE;
  }

  /** Nothing of its own: the run decides every order anew, as no run before it kept books. */
  private static Optional<OwnInput> input(Readings readings) {
    return readings
        .firstDayRead()
        .flatMap(
            first -> readings.lastDayRead().map(last -> new OwnInput(first, last, runId -> {})));
  }
}
