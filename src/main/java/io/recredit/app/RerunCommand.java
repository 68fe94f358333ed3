package io.recredit.app;

import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import java.time.LocalDate;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads a range of days again, then decides anew what was refunded in it. */
@Command(
    name = "rerun",
    description = {
      "Reads the files of a range of days again, and decides anew every order with a refund in it.",
      "Where neither --input nor RECREDIT_INPUT is given, days without files are decided from what was read before."
    })
final class RerunCommand extends RunCommand {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "YYYY-MM-DD",
      description = "The first day.")
  private LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "The last day.")
  private LocalDate to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (to.isBefore(from)) {
      throw new ParameterException(
          spec.commandLine(), "--to %s is before --from %s.".formatted(to, from));
    }
    return super.call();
  }

  @Override
  List<RunRequest> requests(BeanFactory beans) {
    return List.of(new RunRequest(Run.Kind.RERUN, from, to, input(), !namesInput(), withdraw()));
  }
}
