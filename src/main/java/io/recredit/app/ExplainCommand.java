package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.explain.Explanations;
import io.recredit.explain.OrderStory;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.util.List;
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

  /** A refund, an invoice, or all of an order. */
  static final class Asked {

    @Parameters(
        paramLabel = "REFUND_ID",
        description = {
          "The refund; or an invoice, by its number (klarna_reference) or capture_id,",
          "for every refund of its order."
        })
    private @Nullable String id;

    @Option(names = "--order", paramLabel = "ORDER_ID", description = "Every refund of an order.")
    private @Nullable String orderId;
  }

  @Override
  int run(BeanFactory beans) {
    var answer =
        answer(beans.getBean(Explanations.class))
            .orElseThrow(
                () ->
                    new UserException(
                        asked.id == null
                            ? text("app.explain.unknown-order", String.valueOf(asked.orderId))
                            : text("app.explain.unknown", asked.id)));
    if (json) {
      Terminal.say(StoryJson.of(answer.story(), answer.refundIds()));
    } else {
      Terminal.say(StoryText.of(answer.story(), answer.refundIds()));
    }
    return ExitCode.DONE;
  }

  private record Answer(OrderStory story, List<String> refundIds) {

    static Answer ofAll(OrderStory story) {
      return new Answer(story, story.refundIds());
    }
  }

  private Optional<Answer> answer(Explanations explanations) {
    var id = asked.id;
    if (id == null) {
      return explanations.ofOrder(String.valueOf(asked.orderId)).map(Answer::ofAll);
    }
    return explanations
        .ofRefund(id)
        .map(story -> new Answer(story, List.of(id)))
        .or(() -> explanations.ofInvoice(id).map(Answer::ofAll));
  }
}
