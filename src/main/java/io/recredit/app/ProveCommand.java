package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.proof.Proof;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;

/** Proves everything that is shown. */
@Command(
    name = "prove",
    description =
        "Proves over everything that is shown: refunded = credited + unallocated + written off + duplicates.")
final class ProveCommand extends DatabaseCommand {

  @Override
  Role role() {
    return Role.READER;
  }

  @Override
  int run(BeanFactory beans) {
    var broken = beans.getBean(Proof.class).ofEverything();
    if (!broken.isEmpty()) {
      throw new UserException(text("app.prove.failed") + "\n" + String.join("\n", broken));
    }
    Terminal.say(text("app.prove.passed"));
    return ExitCode.DONE;
  }
}
