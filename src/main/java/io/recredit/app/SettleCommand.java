package io.recredit.app;

import io.recredit.job.AskedSettlement;
import io.recredit.job.Reconciliation;
import io.recredit.job.RunResult;
import io.recredit.report.RunSummary;
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

/** Settles exceptions by an accountant's decision, which every later run keeps. */
@Command(
    name = "settle",
    mixinStandardHelpOptions = true,
    description = {
      "Settles an exception by hand: allocates it to one or several invoices, writes it off, or takes such a decision back.",
      "With --file settles those that a report's spreadsheet says, all of them or none.",
      "Every later run keeps the decision, with who made it, when and why."
    })
final class SettleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "REFUND_ID", arity = "0..1", description = "The refund.")
  private @Nullable String refundId;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = {
        "reconciliation.xlsx or exceptions.csv of a report, with settle_as, note and by filled in.",
        "settle_as: ID, or ID=AMOUNT; ID=AMOUNT, or write-off, or withdraw."
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
      throw wrong("With --file the spreadsheet says how each refund is settled.");
    }
    var settling =
        file == null
            ? new SettleFile(List.of(one(String.valueOf(refundId))), List.of(), 0)
            : SettleFile.read(file, note.strip(), by.strip());
    if (settling.asked().isEmpty() && settling.problems().isEmpty()) {
      Terminal.say(
          "No row of %s says in settle_as how to settle it; nothing was done.".formatted(file));
      return ExitCode.DONE;
    }
    return Startup.with(context -> settle(context, settling));
  }

  private int settle(BeanFactory beans, SettleFile settling) {
    var summary = beans.getBean(RunSummary.class);
    var result =
        beans
            .getBean(Reconciliation.class)
            .settle(
                settling.asked(),
                settling.problems(),
                Terminal::complain,
                run -> {
                  if (file != null) {
                    settling.done().forEach(Terminal::say);
                    Terminal.say("");
                  }
                  summary.lines(run).forEach(Terminal::say);
                });
    if (result instanceof RunResult.Done) {
      return ExitCode.DONE;
    }
    return ExitCode.ofUnfinished(
        result instanceof RunResult.Failed failed
            ? new RunResult.Failed(settling.placed(failed.sentence()))
            : result);
  }

  private AskedSettlement one(String refund) {
    var as = as();
    return new AskedSettlement(
        "", refund, as.kind(), as.parts(), said("--note", note), said("--by", by), null);
  }

  private SettleAs as() {
    if (Stream.of(!captures.isEmpty(), writeOff, withdraw).filter(chosen -> chosen).count() != 1) {
      throw wrong("Give one of --capture, --write-off and --withdraw.");
    }
    if (withdraw) {
      return SettleAs.WITHDRAW;
    }
    if (writeOff) {
      return SettleAs.WRITE_OFF;
    }
    try {
      return SettleAs.captures(captures);
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
