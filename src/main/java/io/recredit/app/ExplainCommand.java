package io.recredit.app;

import io.recredit.explain.Explanations;
import io.recredit.explain.OrderStory;
import io.recredit.explain.StoryJson;
import io.recredit.explain.StoryText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a refund is where it is. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells why a refund is where it is: what happened to its order, what each rule compared,",
      "and how the decision changed. Shows finished runs; can be used while a run is at work."
    })
final class ExplainCommand implements Callable<Integer> {

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  @Option(names = "--json", description = "As one JSON object; amounts in minor units.")
  private boolean json;

  /** A refund, or all of an order. */
  static final class Asked {

    @Parameters(paramLabel = "REFUND_ID", description = "The refund.")
    private @Nullable String refundId;

    @Option(names = "--order", paramLabel = "ORDER_ID", description = "Every refund of an order.")
    private @Nullable String orderId;
  }

  @Override
  public Integer call() {
    return Startup.with(
        context -> {
          var story = story(context);
          if (story.isEmpty()) {
            Terminal.complain(
                "No finished run has read %s. Check the id; what could not be read stands in recredit.rejected_record."
                    .formatted(
                        asked.refundId == null
                            ? "anything of order " + asked.orderId
                            : "a refund " + asked.refundId));
            return ExitCode.FAILED;
          }
          tell(story.get());
          return ExitCode.DONE;
        });
  }

  private Optional<OrderStory> story(BeanFactory beans) {
    var explanations = beans.getBean(Explanations.class);
    return asked.refundId == null
        ? explanations.ofOrder(String.valueOf(asked.orderId))
        : explanations.ofRefund(asked.refundId);
  }

  private void tell(OrderStory story) {
    var refundIds = asked.refundId == null ? story.refundIds() : List.of(asked.refundId);
    if (json) {
      Terminal.say(StoryJson.of(story, refundIds));
    } else {
      StoryText.of(story, refundIds).forEach(Terminal::say);
    }
  }
}
