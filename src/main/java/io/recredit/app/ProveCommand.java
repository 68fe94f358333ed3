package io.recredit.app;

import io.recredit.proof.Proof;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Proves everything that is shown. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description =
        "Proves over everything that is shown: refunded = credited + unallocated + written off + duplicates.")
final class ProveCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return Startup.with(
        context -> {
          var broken = context.getBean(Proof.class).ofEverything();
          if (broken.isEmpty()) {
            Terminal.say(
                "The proof passed: every accepted refund is decided once, refunded = credited + unallocated + written off + duplicates for every order, day and currency, and no capture is credited above its amount.");
            return ExitCode.DONE;
          }
          Terminal.complain("The proof failed:");
          broken.forEach(Terminal::complain);
          return ExitCode.FAILED;
        });
  }
}
