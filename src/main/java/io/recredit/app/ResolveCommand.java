package io.recredit.app;

import io.recredit.resolution.AskedResolution;
import io.recredit.resolution.ResolutionInput;
import io.recredit.resolution.ResolveAs;
import io.recredit.resolution.ResolveFile;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunResult;
import io.recredit.run.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Resolves exceptions by an accountant's decision, which every later run keeps. */
@Command(
    name = "resolve",
    mixinStandardHelpOptions = true,
    description = {
      "Resolves an exception by hand: allocates it to one or several invoices, writes it off, or takes such a decision back.",
      "With --file resolves those that a report's spreadsheet says, all of them or none.",
      "Every later run keeps the decision, with who made it, when and why."
    })
final class ResolveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "REFUND_ID", arity = "0..1", description = "The refund.")
  private @Nullable String refundId;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = {
        "reconciliation.xlsx or exceptions.csv of a report, with resolve_as, note and by filled in.",
        "resolve_as: ID, or ID=AMOUNT; ID=AMOUNT, or write-off, or withdraw."
      })
  private @Nullable Path file;

  @Option(
      names = "--capture",
      paramLabel = "ID[=AMOUNT]",
      description =
          "A capture, or its invoice's number, that gets the refund, or AMOUNT of it, such as 99.99; together the whole refund. Can be repeated.")
  private List<String> captures = List.of();

  @Option(names = "--write-off", description = "Closes it without an invoice.")
  private boolean writeOff;

  @Option(names = "--withdraw", description = "Takes the decision back.")
  private boolean withdraw;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Why. With --file: of rows that have none.")
  private String note = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who decides it. With --file: of rows that have none.")
  private String by = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if ((file == null) == (refundId == null)) {
      throw wrong("Give either a REFUND_ID or a spreadsheet with --file.");
    }
    if (file != null && (writeOff || withdraw || !captures.isEmpty())) {
      throw wrong("With --file the spreadsheet says how each refund is resolved.");
    }
    var resolving =
        file == null
            ? new ResolveFile(List.of(one(String.valueOf(refundId))), List.of(), 0)
            : ResolveFile.read(file, note.strip(), by.strip());
    if (resolving.asked().isEmpty() && resolving.problems().isEmpty()) {
      Terminal.say(
          "No row of %s says in resolve_as how to resolve it; nothing was done.".formatted(file));
      return ExitCode.DONE;
    }
    return Startup.with(context -> resolve(context, resolving));
  }

  private int resolve(BeanFactory beans, ResolveFile resolving) {
    var summary = beans.getBean(RunSummary.class);
    var result =
        beans
            .getBean(Reconciliation.class)
            .runOnce(
                Run.Kind.RESOLUTION,
                () ->
                    beans
                        .getBean(ResolutionInput.class)
                        .of(resolving.asked(), resolving.problems()),
                Terminal::complain,
                run -> {
                  if (file != null) {
                    resolving.done().forEach(Terminal::say);
                    Terminal.say("");
                  }
                  summary.lines(run).forEach(Terminal::say);
                });
    if (result instanceof RunResult.Done) {
      return ExitCode.DONE;
    }
    return ExitCode.ofUnfinished(
        result instanceof RunResult.Failed failed
            ? new RunResult.Failed(resolving.placed(failed.sentence()))
            : result);
  }

  private AskedResolution one(String refund) {
    var as = as();
    return new AskedResolution(
        "", refund, as.kind(), as.parts(), said("--note", note), said("--by", by), null);
  }

  private ResolveAs as() {
    if (Stream.of(!captures.isEmpty(), writeOff, withdraw).filter(chosen -> chosen).count() != 1) {
      throw wrong("Give one of --capture, --write-off and --withdraw.");
    }
    if (withdraw) {
      return ResolveAs.WITHDRAW;
    }
    if (writeOff) {
      return ResolveAs.WRITE_OFF;
    }
    try {
      return ResolveAs.captures(captures);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private String said(String option, String text) {
    if (text.isBlank()) {
      throw wrong(option + " is missing or empty.");
    }
    return text.strip();
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
