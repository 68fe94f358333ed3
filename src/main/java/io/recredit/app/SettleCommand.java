package io.recredit.app;

import io.recredit.job.AskedSettlement;
import io.recredit.job.AskedSettlement.AskedPart;
import io.recredit.job.Reconciliation;
import io.recredit.job.RunResult;
import io.recredit.report.RunSummary;
import io.recredit.store.SettlementEntry.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
      "Every later run keeps the decision, with who made it, when and why."
    })
final class SettleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "REFUND_ID", description = "The refund.")
  private String refundId;

  @Option(
      names = "--capture",
      paramLabel = "ID[=AMOUNT]",
      description =
          "A capture that gets the refund, or AMOUNT of it, such as 99.99; together the whole refund. Can be repeated.")
  private List<String> captures = List.of();

  @Option(names = "--write-off", description = "Closes it without an invoice.")
  private boolean writeOff;

  @Option(names = "--withdraw", description = "Takes the decision back.")
  private boolean withdraw;

  @Option(names = "--note", required = true, paramLabel = "TEXT", description = "Why.")
  private String note;

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides it.")
  private String by;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var asked =
        List.of(
            new AskedSettlement(
                "",
                refundId,
                kind(),
                captures.stream().map(SettleCommand::part).toList(),
                said("--note", note),
                said("--by", by)));
    return Startup.with(
        context -> {
          var summary = context.getBean(RunSummary.class);
          var result =
              context
                  .getBean(Reconciliation.class)
                  .settle(
                      asked, Terminal::complain, run -> summary.lines(run).forEach(Terminal::say));
          return result instanceof RunResult.Done ? ExitCode.DONE : ExitCode.ofUnfinished(result);
        });
  }

  private Kind kind() {
    if (Stream.of(!captures.isEmpty(), writeOff, withdraw).filter(chosen -> chosen).count() != 1) {
      throw new ParameterException(
          spec.commandLine(), "Give one of --capture, --write-off and --withdraw.");
    }
    if (withdraw) {
      return Kind.WITHDRAWN;
    }
    return writeOff ? Kind.WRITTEN_OFF : Kind.BY_HAND;
  }

  private String said(String option, String text) {
    if (text.isBlank()) {
      throw new ParameterException(spec.commandLine(), option + " is empty.");
    }
    return text.strip();
  }

  /** An id may hold "=" itself: an amount is what stands behind the last one and is a number. */
  private static AskedPart part(String text) {
    var equals = text.lastIndexOf('=');
    var amount = equals < 0 ? null : amount(text.substring(equals + 1));
    return amount == null
        ? new AskedPart(text, null)
        : new AskedPart(text.substring(0, equals), amount);
  }

  private static @Nullable BigDecimal amount(String text) {
    return text.matches("[0-9]{1,18}([.][0-9]{1,6})?") ? new BigDecimal(text) : null;
  }
}
