package io.recredit.app;

import io.recredit.allocation.Refund;
import io.recredit.explain.CheckJson;
import io.recredit.explain.CheckText;
import io.recredit.explain.CheckedRefund;
import io.recredit.explain.RefundCheck;
import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what would become of a refund, before it is sent. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says before a refund is sent whether it would be allocated, and to which invoice.",
      "Reads only; can be used while a run is at work.",
      "Ends with 0 if it would be allocated, 5 if not (or if it repeats another one)."
    })
final class CheckCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "FILE",
      description = {
        "The refund as one JSON object, as in a refunds file; - for standard input.",
        "It needs no refund_id and no refunded_at."
      })
  private String file;

  @Option(names = "--json", description = "As one JSON object; amounts in minor units.")
  private boolean json;

  @Override
  public Integer call() {
    var parsed =
        RefundCheck.parse(
            file.equals(STANDARD_INPUT)
                ? FeedLine.allOf(System.in)
                : FeedLine.allOf(Path.of(file)));
    if (parsed instanceof Rejected<Refund> rejected) {
      Terminal.complain("%s, read as one line: %s".formatted(name(), rejected.error()));
      return ExitCode.FAILED;
    }
    var request = ((Accepted<Refund>) parsed).content();
    return Startup.with(
        context ->
            context
                .getBean(RefundCheck.class)
                .check(request)
                .map(this::answer)
                .orElseGet(() -> unknown(request)));
  }

  private String name() {
    return file.equals(STANDARD_INPUT) ? "Standard input" : file;
  }

  private int answer(CheckedRefund checked) {
    if (json) {
      Terminal.say(CheckJson.of(checked));
    } else {
      CheckText.of(checked).forEach(Terminal::say);
    }
    return checked.isAllocated() ? ExitCode.DONE : ExitCode.NOT_ALLOCATED;
  }

  private static int unknown(Refund request) {
    Terminal.complain(
        "No finished run has read anything of order %s: check its order_id, or read its captures first."
            .formatted(request.orderId()));
    return ExitCode.FAILED;
  }
}
