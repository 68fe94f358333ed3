package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.backup.Restore;
import io.recredit.wording.ExitCode;
import java.nio.file.Path;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings a backup into an empty database. */
@Command(
    name = "restore",
    description = {
      "Brings a backup into an empty database, and along to this version: all of it, proved, or nothing.",
      "Where the database is Recredit's own, that is an empty RECREDIT_DATA."
    })
final class RestoreCommand extends DatabaseCommand {

  @Parameters(paramLabel = "FILE", description = "A file that backup wrote.")
  private Path file;

  @Override
  Role role() {
    return Role.OWNER;
  }

  /** It makes them itself. */
  @Override
  boolean readsOnly() {
    return true;
  }

  @Override
  int run(BeanFactory beans) {
    beans.getBean(WaitNotice.class).begin();
    var restored = beans.getBean(Restore.class).restore(file, Tables.version());
    Terminal.say(text("app.restore.done", restored.lastRun(), restored.rows(), file));
    return ExitCode.DONE;
  }
}
