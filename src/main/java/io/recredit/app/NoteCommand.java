package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.resolution.NoteRequest;
import io.recredit.resolution.ResolutionInput;
import io.recredit.resolution.ResolutionRequests;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.table.Blanks;
import io.recredit.wording.ExitCode;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Notes what was done about an exception that is still open. */
@Command(
    name = "note",
    description = {
      "Notes what was done about an exception that is still open.",
      "It stands in every later report until the exception closes, and in its history after."
    })
final class NoteCommand extends DatabaseCommand {

  @Parameters(paramLabel = "REFUND_ID", description = "The refund.")
  private String refundId = "";

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "open, asked or answered; as it was where it is not given.")
  private String status = "";

  @Option(
      names = "--case",
      paramLabel = "ID",
      description = "The number under which somebody else knows it.")
  private String caseId = "";

  @Mixin private final NoteOptions note = new NoteOptions();

  @Override
  public Integer call() {
    note.mustBeGiven();
    if (!NoteRequest.isStatus(status)) {
      throw wrong(text("app.note.status", status));
    }
    return super.call();
  }

  @Override
  boolean runs() {
    return true;
  }

  @Override
  int run(BeanFactory beans) {
    var id = Blanks.strip(refundId);
    var request =
        new NoteRequest("", id, status, Blanks.strip(caseId), note.note(), note.by(), null);
    beans
        .getBean(Reconciliation.class)
        .runOnce(
            Run.Kind.NOTE,
            () -> beans.getBean(ResolutionInput.class).of(ResolutionRequests.of(request)),
            Terminal::complain,
            run -> Terminal.say(text("app.note.done", id)));
    return ExitCode.DONE;
  }
}
