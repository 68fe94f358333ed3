package io.recredit.app;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.pull.KlarnaAccount;
import io.recredit.pull.OrderIds;
import io.recredit.pull.Pull;
import io.recredit.pull.PullRequest;
import io.recredit.pull.Pulled;
import io.recredit.wording.Days;
import io.recredit.wording.ExitCode;
import io.recredit.wording.Labelled;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches the files of a night from Klarna's or Kustom's API. */
@Command(
    name = "pull",
    description = {
      "Fetches order documents and settlement reports from Klarna's or Kustom's API, for nightly to read.",
      "RECREDIT_KLARNA_URL, RECREDIT_KLARNA_USERNAME and RECREDIT_KLARNA_PASSWORD say where and as whom.",
      "Without options: payouts since the last pull with the orders in them, and --open."
    })
final class PullCommand extends DatabaseCommand {

  private static final int MOST_TOLD = 20;

  @Option(
      names = "--orders",
      paramLabel = "FILE",
      description = "Documents of the orders whose ids are in FILE, one a line.")
  private @Nullable Path orders;

  @Option(
      names = "--payouts-from",
      paramLabel = "YYYY-MM-DD",
      description = "Reports of the payouts since that day, and documents of the orders in them.")
  private @Nullable LocalDate payoutsFrom;

  @Option(
      names = "--open",
      description =
          "Documents of all orders with open exceptions, or with decisions that Klarna's record contradicts.")
  private boolean open;

  @Option(
      names = "--forget",
      paramLabel = "ORDER_ID",
      description = "Asks no more for an order that could not be had; may be repeated.")
  private List<String> forget = List.of();

  @Mixin private final InputOption input = new InputOption();

  private List<String> orderIds = List.of();
  private @Nullable KlarnaAccount account;

  @Override
  void checkCommandLine() {
    if (!forget.isEmpty()) {
      if (orders != null || payoutsFrom != null || open) {
        throw wrong(text("app.pull.forget-alone"));
      }
      return;
    }
    account = KlarnaAccount.given(System.getenv());
    if (orders != null) {
      orderIds = OrderIds.in(orders);
    }
  }

  @Override
  int run(BeanFactory beans) {
    var pull = beans.getBean(Pull.class);
    if (account == null) {
      return forgotten(pull);
    }
    var byDefault = orders == null && payoutsFrom == null && !open;
    var pulled =
        pull.pull(
            new PullRequest(orderIds, payoutsFrom, byDefault, open || byDefault, input.folder()),
            account);
    var failed = !pulled.hadSomething();
    if (failed) {
      Terminal.complain(text("app.pull.failed"));
    }
    lines(pulled).forEach(failed ? Terminal::complain : Terminal::say);
    return failed
        ? ExitCode.FAILED
        : pulled.isWhole() ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTED;
  }

  private int forgotten(Pull pull) {
    for (var orderId : forget) {
      if (!pull.forget(orderId)) {
        throw new UserException(text("app.pull.not-wanted", orderId));
      }
      Terminal.say(text("app.pull.forgotten", orderId));
    }
    return ExitCode.DONE;
  }

  private static List<String> lines(Pulled pulled) {
    var lines = new ArrayList<String>();
    lines.add(
        text(
            "app.pull.done",
            counted("count.document", pulled.documents()),
            counted("count.settlement-report", pulled.reports()),
            pulled.day(),
            counted("count.call", pulled.calls())));
    if (pulled.payoutsFrom() != null) {
      Labelled.add(lines, "payouts", List.of(text("app.pull.payouts-from", pulled.payoutsFrom())));
    }
    if (!pulled.emptied().isEmpty()) {
      Labelled.add(
          lines,
          "empty",
          List.of(text("app.pull.emptied", String.join(", ", Days.ranges(pulled.emptied())))));
    }
    Labelled.add(lines, "not had", notHad(pulled));
    return lines;
  }

  private static List<String> notHad(Pulled pulled) {
    var told =
        pulled.notHad().stream()
            .limit(MOST_TOLD)
            .map(notHad -> text("app.pull.not-had", notHad.what(), notHad.why()));
    var more = pulled.notHad().size() - MOST_TOLD;
    return Stream.of(
            told,
            more > 0 ? Stream.of(text("app.pull.more", more)) : Stream.<String>empty(),
            pulled.notAsked() > 0
                ? Stream.of(counted("app.pull.not-asked", pulled.notAsked()))
                : Stream.<String>empty(),
            pulled.isWhole() ? Stream.<String>empty() : Stream.of(text("app.pull.again")))
        .flatMap(lines -> lines)
        .toList();
  }
}
