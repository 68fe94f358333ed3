package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Refund;
import io.recredit.explain.CheckJson;
import io.recredit.explain.CheckText;
import io.recredit.explain.Finder;
import io.recredit.explain.Found.Target;
import io.recredit.explain.RefundCheck;
import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what would become of a refund, before it is sent. */
@Command(
    name = "check",
    description = {
      "Says before a refund is sent whether it would be allocated, and to which invoice.",
      "Reads only; can be used while a run is at work.",
      "Ends with 0 if it would be allocated, 5 if not (or if it repeats another one)."
    })
final class CheckCommand extends DatabaseCommand {

  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "FILE",
      description = {
        "The body of the refund request as it is sent, one JSON object, in the spelling of either",
        "API; or a line of a refunds file. - for standard input. No refund_id or refunded_at needed."
      })
  private String file;

  @Option(
      names = "--order",
      paramLabel = "ORDER_ID",
      description =
          "The order, where the body does not name it: it is in the address of the request.")
  private @Nullable String orderId;

  @Option(names = "--json", description = "As one JSON object; amounts in minor units.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  private Refund request;

  @Override
  public Integer call() {
    var read =
        RefundCheck.parse(
            file.equals(STANDARD_INPUT) ? FeedLine.allOf(System.in) : FeedLine.allOf(Path.of(file)),
            orderId);
    if (read instanceof Rejected<Refund> rejected) {
      throw new UserException(text("app.check.rejected", name(), rejected.error()));
    }
    request = ((Accepted<Refund>) read).content();
    if (orderId != null && !orderId.equals(request.orderId())) {
      throw new UserException(text("app.check.two-orders", name(), request.orderId(), orderId));
    }
    return super.call();
  }

  private String name() {
    return file.equals(STANDARD_INPUT) ? text("app.check.standard-input") : file;
  }

  @Override
  Role role() {
    return Role.READER;
  }

  @Override
  int run(BeanFactory beans) {
    var checked =
        beans
            .getBean(RefundCheck.class)
            .check(request)
            .orElseThrow(() -> new UserException(unknown(beans.getBean(Finder.class))));
    if (json) {
      Terminal.say(CheckJson.of(checked));
    } else {
      Terminal.say(CheckText.of(checked));
    }
    return checked.isAllocated() ? ExitCode.DONE : ExitCode.NOT_ALLOCATED;
  }

  /** People have other numbers of an order than its id: which order is meant is found by them. */
  private String unknown(Finder finder) {
    var asked = request.orderId();
    var orders = finder.byWord(asked).targets().stream().map(Target::orderId).distinct().toList();
    return orders.size() == 1
        ? text("app.check.other-order", asked, orders.get(0))
        : text("app.check.unknown-order", asked);
  }
}
