package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.backup.Backup;
import io.recredit.wording.ExitCode;
import java.nio.file.Path;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes everything into a file. */
@Command(
    name = "backup",
    description = {
      "Writes all that finished runs left into one file, from one snapshot, beside whatever is at work.",
      "This version of Recredit and every later one restores it, on any PostgreSQL from 15 on."
    })
final class BackupCommand extends DatabaseCommand {

  @Parameters(paramLabel = "FILE", description = "The file, which must not be there yet.")
  private Path file;

  @Override
  int run(BeanFactory beans) {
    var made = beans.getBean(Backup.class).write(file);
    Terminal.say(text("app.backup.done", made.lastRun(), made.rows(), made.bytes(), file));
    return ExitCode.DONE;
  }
}
