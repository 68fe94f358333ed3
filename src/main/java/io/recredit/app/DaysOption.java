package io.recredit.app;

import static io.recredit.wording.Messages.text;

import java.time.LocalDate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A range of days, for commands that take one. */
final class DaysOption {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "YYYY-MM-DD",
      description = "The first day.")
  private LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "The last day.")
  private LocalDate to;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  void check() {
    if (to.isBefore(from)) {
      throw new ParameterException(spec.commandLine(), text("app.days.backwards", to, from));
    }
  }

  LocalDate from() {
    return from;
  }

  LocalDate to() {
    return to;
  }
}
