package io.recredit.app;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.closing.Closing;
import io.recredit.closing.Closing.Closed;
import io.recredit.closing.Reopening;
import io.recredit.ledger.ClosedPeriods;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import io.recredit.wording.ExitCode;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Closes the books up to a day, or opens them again. */
@Command(
    name = "close",
    description = {
      "Closes the books up to a day: what is corrected later is posted, with its reversal, where they are open.",
      "With --reopen opens all days behind that one again."
    })
final class CloseCommand extends DatabaseCommand {

  @Option(
      names = "--until",
      required = true,
      paramLabel = "DATE",
      description = "The last day that is closed.")
  private LocalDate until = LocalDate.EPOCH;

  @Option(
      names = "--reopen",
      description =
          "Opens the days behind --until, up to which an earlier closing holds, or before which nothing was read.")
  private boolean reopen;

  @Mixin private final NoteOptions note = new NoteOptions();

  @Mixin private final InputOption input = new InputOption();

  @Override
  void checkCommandLine() {
    if (reopen) {
      note.mustBeGiven();
    } else {
      note.byMustBeGiven();
    }
  }

  @Override
  Role role() {
    return reopen ? Role.OWNER : Role.JOB;
  }

  @Override
  boolean runs() {
    return true;
  }

  @Override
  int run(BeanFactory beans) {
    if (reopen) {
      reopen(beans);
    } else {
      said(
          beans
              .getBean(Closing.class)
              .close(until, note.by(), note.note().isEmpty() ? null : note.note(), input.folder()));
    }
    return ExitCode.DONE;
  }

  private void said(Closed closed) {
    var period = closed.period();
    Terminal.say(
        text(
            "app.close.done",
            period.until(),
            period.closingId(),
            counted("count.entry", period.entries()),
            period.sha256()));
    if (closed.policiesAwaitARun()) {
      Terminal.say(text("app.close.policies"));
    }
    if (!closed.gone().isEmpty()) {
      Terminal.say(text("app.close.gone", input.folder(), String.join(", ", closed.gone())));
    }
  }

  private void reopen(BeanFactory beans) {
    beans
        .getBean(Reconciliation.class)
        .runOnce(
            Run.Kind.REOPENING,
            () -> Optional.of(beans.getBean(Reopening.class).input(until, note.by(), note.note())),
            Terminal::complain,
            run -> {
              Terminal.say(beans.getBean(RunSummary.class).lines(run));
              var corrections = beans.getBean(ClosedPeriods.class).corrections(until, run.toDate());
              if (corrections > 0) {
                Terminal.say(
                    counted("app.close.corrections", corrections, run.fromDate(), run.toDate()));
              }
            });
  }
}
