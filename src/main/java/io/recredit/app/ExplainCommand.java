package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.explain.AskedAmount;
import io.recredit.explain.Choices;
import io.recredit.explain.Explanations;
import io.recredit.explain.Finder;
import io.recredit.explain.Found;
import io.recredit.explain.Found.FoundRefund;
import io.recredit.explain.Found.Target;
import io.recredit.explain.OrderStory;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a refund is where it is. */
@Command(
    name = "explain",
    description = {
      "Tells why a refund is where it is, rule by rule, and how the decision changed.",
      "Shows finished runs; can be used while a run is at work."
    })
final class ExplainCommand extends DatabaseCommand {

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  @Option(names = "--json", description = "As one JSON object; amounts in minor units.")
  private boolean json;

  /** What somebody has of a refund or an order. */
  static final class Asked {

    @Parameters(
        paramLabel = "WORD",
        description = {
          "Anything that people have: the id of a refund, capture, order or invoice, an order",
          "reference, the shop's reference of a refund or capture (its beginning will do)."
        })
    private @Nullable String word;

    @Option(names = "--order", paramLabel = "ORDER_ID", description = "Every refund of an order.")
    private @Nullable String orderId;

    @Option(
        names = "--refund",
        paramLabel = "REFUND_ID",
        description = "The refund of that id, whatever else is called so.")
    private @Nullable String refundId;

    @ArgGroup(exclusive = false)
    private @Nullable OfAmount ofAmount;
  }

  /** Refunds by what stands on a bank statement. */
  static final class OfAmount {

    @Option(
        names = "--amount",
        required = true,
        paramLabel = "A",
        description = "Refunds of this amount, such as 99.00 or 1,894.00.")
    private String amount;

    @Option(names = "--currency", paramLabel = "C", description = "Of this currency, such as SEK.")
    private @Nullable String currency;

    @Option(
        names = "--date",
        paramLabel = "D",
        description = "Of this business date, such as 2026-11-20.")
    private @Nullable LocalDate day;
  }

  @Override
  void checkCommandLine() {
    if (asked.ofAmount != null) {
      amount(asked.ofAmount);
    }
  }

  private AskedAmount amount(OfAmount of) {
    try {
      return AskedAmount.parse(of.amount);
    } catch (UserException e) {
      throw wrong(e.getMessage());
    }
  }

  @Override
  Role role() {
    return Role.READER;
  }

  @Override
  int run(BeanFactory beans) {
    var explanations = beans.getBean(Explanations.class);
    var found = found(beans.getBean(Finder.class));
    if (found.targets().size() > 1) {
      var choices = beans.getBean(Choices.class);
      Terminal.say(json ? List.of(choices.json(found)) : choices.lines(found));
      return ExitCode.DONE;
    }
    var answer =
        found.targets().stream()
            .findFirst()
            .flatMap(target -> answer(target, explanations))
            .orElseThrow(() -> new UserException(unknown()));
    Terminal.say(
        json
            ? List.of(StoryJson.of(answer.story(), answer.refundIds()))
            : StoryText.of(answer.story(), answer.refundIds()));
    return ExitCode.DONE;
  }

  private Found found(Finder finder) {
    if (asked.word != null) {
      return finder.byWord(asked.word);
    }
    if (asked.orderId != null) {
      return Found.order(asked.orderId);
    }
    if (asked.refundId != null) {
      return finder.byRefundId(asked.refundId);
    }
    var amount = Objects.requireNonNull(asked.ofAmount);
    return finder.byAmount(
        amount(amount),
        amount.currency == null ? null : amount.currency.toUpperCase(Locale.ROOT),
        amount.day);
  }

  private record Answer(OrderStory story, List<String> refundIds) {}

  private static Optional<Answer> answer(Target target, Explanations explanations) {
    return explanations
        .ofOrder(target.orderId())
        .map(
            story ->
                new Answer(
                    story,
                    target instanceof FoundRefund refund
                        ? List.of(refund.refundId())
                        : story.refundIds()));
  }

  private String unknown() {
    if (asked.word != null) {
      return text("app.explain.unknown", asked.word);
    }
    if (asked.orderId != null) {
      return text("app.explain.unknown-order", asked.orderId);
    }
    return asked.refundId == null
        ? text("app.explain.unknown-amount")
        : text("app.explain.unknown-refund", asked.refundId);
  }
}
