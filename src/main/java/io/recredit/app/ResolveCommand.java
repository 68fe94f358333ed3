package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Reason;
import io.recredit.input.OwnInput;
import io.recredit.resolution.ExceptionSheet;
import io.recredit.resolution.KnownInvoices;
import io.recredit.resolution.KnownInvoices.By;
import io.recredit.resolution.KnownInvoices.Wanted;
import io.recredit.resolution.ResolutionInput;
import io.recredit.resolution.ResolutionRequest;
import io.recredit.resolution.ResolutionRequests;
import io.recredit.resolution.ResolutionsRefused;
import io.recredit.resolution.ResolveAs;
import io.recredit.resolution.ResolveAs.WriteOff;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.run.RunSummary;
import io.recredit.table.Blanks;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Resolves exceptions by an accountant's decision, which every later run keeps. */
@Command(
    name = "resolve",
    description = {
      "Resolves an exception by hand: allocates it to one or several invoices, writes it off, or takes such a decision back.",
      "With --file resolves those that a report's spreadsheet says, all of them or none.",
      "Every later run keeps the decision, with who made it, when and why."
    })
final class ResolveCommand extends DatabaseCommand {

  @Parameters(paramLabel = "REFUND_ID", arity = "0..1", description = "The refund.")
  private @Nullable String refundId;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = {
        "reconciliation.xlsx or exceptions.csv of a report, with resolve_as, resolve_note and by filled in.",
        "resolve_as: ID, or ID=AMOUNT; ID=AMOUNT; write-off, or write-off, or ok for what is proposed, or withdraw."
      })
  private @Nullable Path file;

  @Option(
      names = "--capture",
      paramLabel = "ID[=AMOUNT]",
      description =
          "A capture, or its invoice's number, that gets the refund, or AMOUNT of it, such as 99.99; together the whole refund. Can be repeated.")
  private List<String> captures = List.of();

  @Option(
      names = "--write-off",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "AMOUNT",
      description =
          "Closes it without an invoice; with --capture, AMOUNT of it, or what the captures leave.")
  private @Nullable String writeOff;

  @Option(names = "--withdraw", description = "Takes the decision back.")
  private boolean withdraw;

  @Option(
      names = "--only-invoice",
      description =
          "Puts every open exception whose order has one invoice only on it, where there is room, in order of time.")
  private boolean onlyInvoice;

  @Option(
      names = "--recorded",
      description =
          "Puts every open exception where Klarna's record proves it to be, whole, where there is room, in order of time.")
  private boolean recorded;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "With --only-invoice or --recorded: those of this reason. Can be repeated.")
  private List<Reason> reasons = List.of();

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "With --only-invoice or --recorded: those with a business date up to this day.")
  private @Nullable LocalDate until;

  @Mixin private final NoteOptions note = new NoteOptions();

  private ResolutionRequests requests = ResolutionRequests.of();

  @Override
  public Integer call() {
    if (onlyInvoice || recorded) {
      return callKnown();
    }
    if (!reasons.isEmpty() || until != null) {
      throw wrong(text("app.resolve.known-only"));
    }
    if (refundId == null && writeOff != null && !writeOff.isEmpty()) {
      // "--write-off r1": what stands behind it is the refund where no other is named.
      refundId = writeOff;
      writeOff = "";
    }
    if ((file == null) == (refundId == null)) {
      throw wrong(text("app.resolve.one-or-file"));
    }
    requests = file == null ? ResolutionRequests.of(one(String.valueOf(refundId))) : allOf(file);
    if (requests.isEmpty()) {
      Terminal.say(text("app.resolve.nothing", String.valueOf(file)));
      return ExitCode.DONE;
    }
    return super.call();
  }

  private Integer callKnown() {
    if (onlyInvoice == recorded
        || refundId != null
        || file != null
        || writeOff != null
        || withdraw
        || !captures.isEmpty()) {
      throw wrong(text("app.resolve.known-alone"));
    }
    note.mustBeGiven();
    return super.call();
  }

  /** Asked for once the run lock is held: what is open is known then. */
  private Optional<OwnInput> input(BeanFactory beans) {
    if (onlyInvoice || recorded) {
      var by = recorded ? By.RECORDED : By.ONLY_INVOICE;
      var found =
          beans
              .getBean(KnownInvoices.class)
              .find(new Wanted(by, reasons, until, note.note(), note.by()));
      requests = found.requests();
      Terminal.say(found.said());
    }
    return beans.getBean(ResolutionInput.class).of(requests);
  }

  private ResolutionRequests allOf(Path spreadsheet) {
    if (writeOff != null || withdraw || !captures.isEmpty()) {
      throw wrong(text("app.resolve.file-says-how"));
    }
    return ExceptionSheet.read(spreadsheet, note.note(), note.by());
  }

  private ResolutionRequest one(String refund) {
    var as = as();
    note.mustBeGiven();
    return new ResolutionRequest("", refund, as, note.note(), note.by(), null);
  }

  private ResolveAs as() {
    if (withdraw == (writeOff != null || !captures.isEmpty())) {
      throw wrong(text("app.resolve.how"));
    }
    if (withdraw) {
      return ResolveAs.WITHDRAW;
    }
    if (captures.stream().anyMatch(capture -> Blanks.strip(capture).isEmpty())) {
      throw wrong(text("app.resolve.empty-capture"));
    }
    try {
      return ResolveAs.of(captures, writeOff == null ? null : WriteOff.of(writeOff));
    } catch (UserException e) {
      throw wrong(e.getMessage());
    }
  }

  @Override
  boolean runs() {
    return true;
  }

  @Override
  int run(BeanFactory beans) {
    try {
      beans
          .getBean(Reconciliation.class)
          .runOnce(
              requests.all().isEmpty() && !onlyInvoice && !recorded
                  ? Run.Kind.NOTE
                  : Run.Kind.RESOLUTION,
              () -> input(beans),
              Terminal::complain,
              run -> done(beans.getBean(RunSummary.class).lines(run)));
    } catch (ResolutionsRefused e) {
      throw requests.refused(e);
    }
    return ExitCode.DONE;
  }

  private void done(List<String> summary) {
    if (file != null) {
      Terminal.say(requests.done());
      Terminal.say("");
    }
    Terminal.say(summary);
  }
}
