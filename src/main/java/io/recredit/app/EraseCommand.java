package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.erasing.Erasing;
import io.recredit.erasing.Erasure;
import io.recredit.run.Reconciliation;
import io.recredit.run.Run;
import io.recredit.table.Blanks;
import io.recredit.wording.ExitCode;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Erases what could be personal of an order. */
@Command(
    name = "erase",
    description = {
      "Erases what could be personal of an order, everywhere and in history: names of lines, descriptions, notes,"
          + " references of captures and refunds, rejected lines.",
      "Amounts, ids, dates and the journal stay, and every proof holds. Files that are read later bring none of it back."
    })
final class EraseCommand extends DatabaseCommand {

  @Option(names = "--order", required = true, paramLabel = "ORDER_ID", description = "The order.")
  private String orderId = "";

  @Mixin private final NoteOptions note = new NoteOptions();

  @Override
  void checkCommandLine() {
    note.byMustBeGiven();
  }

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
    var order = Blanks.strip(orderId);
    var files = beans.getBean(Erasure.class).filesOf(order);
    beans
        .getBean(Reconciliation.class)
        .runOnce(
            Run.Kind.ERASURE,
            () -> Optional.of(beans.getBean(Erasing.class).input(order, note.by(), note.note())),
            Terminal::complain,
            run -> {
              Terminal.say(text("app.erase.done", order, run.runId()));
              Terminal.say(
                  text("app.erase.left", files.isEmpty() ? "-" : String.join(", ", files)));
            });
    return ExitCode.DONE;
  }
}
