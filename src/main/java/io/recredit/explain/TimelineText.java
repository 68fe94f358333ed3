package io.recredit.explain;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.OrderLine;
import io.recredit.explain.Timeline.Captured;
import io.recredit.explain.Timeline.Refunded;
import io.recredit.wording.Amounts;
import io.recredit.wording.Phrases;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an order, in time, for the terminal. */
final class TimelineText {

  private static final int MOST_LINES = 8;

  private final OrderStory story;
  private final WrappedText page;

  TimelineText(OrderStory story, WrappedText page) {
    this.story = story;
    this.page = page;
  }

  /** The refunds that are asked about are marked. */
  void write(List<String> refundIds) {
    page.text(
        "Order %s, as run %d shows it. Times are in %s."
            .formatted(
                story.order().history().orderId(),
                story.order().runId(),
                story.order().policies().timeZone()));
    page.blank();
    var timeline = Timeline.of(story);
    for (var event : timeline.events()) {
      if (event instanceof Captured captured) {
        captured(captured.capture());
      } else if (event instanceof Refunded refunded) {
        refunded(refunded, refundIds);
      } else {
        entry(" ", event, "The remaining authorization was released.");
      }
    }
    if (!timeline.room().isEmpty()) {
      page.text(
          "  Left now             ",
          Phrases.listed(
              List.copyOf(timeline.room().entrySet()),
              left ->
                  money(left.getValue(), left.getKey()) + " on " + Phrases.capture(left.getKey())));
    }
  }

  private void entry(String mark, Timeline.Event event, String text) {
    var time = Phrases.time(event.at(), story.order().policies().timeZone()).substring(0, 19);
    page.text("%s %s  ".formatted(mark, time), text);
  }

  private void below(String text) {
    page.text(" ".repeat(23), text);
  }

  private void captured(Capture capture) {
    entry(
        " ",
        new Captured(capture),
        "%s: %s captured%s."
            .formatted(
                Phrases.capitalized(Phrases.capture(capture)),
                money(capture.capturedAmount(), capture),
                named(capture.reference())));
    lines(capture.orderLines(), capture.purchaseCurrency());
  }

  private static String named(@Nullable String reference) {
    return reference == null ? "" : ", the shop's reference " + reference;
  }

  private void lines(List<OrderLine> lines, @Nullable String currency) {
    if (lines.isEmpty()) {
      below("no order lines");
      return;
    }
    lines.stream().limit(MOST_LINES).forEach(line -> below("- " + line(line, currency)));
    if (lines.size() > MOST_LINES) {
      below("- and %d more order lines".formatted(lines.size() - MOST_LINES));
    }
  }

  private static String line(OrderLine line, @Nullable String currency) {
    return "%s%s, %s%s"
        .formatted(
            line.reference() == null ? "no reference" : Phrases.quoted(line.reference()),
            line.name() == null ? "" : " " + line.name(),
            Amounts.format(line.totalAmount(), currency),
            line.isReturnFee() ? ", return fee" : "");
  }

  private void refunded(Refunded event, List<String> refundIds) {
    var decision = event.decision();
    var refund = decision.refund();
    entry(
        refundIds.contains(refund.refundId()) ? ">" : " ",
        event,
        "Refund %s of %s%s%s."
            .formatted(
                refund.refundId(),
                Words.refundedAmount(decision),
                refund.captureId() == null ? "" : " on capture " + refund.captureId(),
                named(refund.reference())));
    if (!refund.orderLines().isEmpty()) {
      lines(refund.orderLines(), decision.currency());
    }
    if (decision instanceof Credited) {
      event
          .left()
          .forEach(
              (credit, left) ->
                  below(
                      "Credited: %s, %s left of it."
                          .formatted(Words.credit(credit), money(left, credit.capture()))));
    } else {
      below(
          decision instanceof Excepted excepted
              ? "Not allocated: " + excepted.reason() + "."
              : decision instanceof Duplicate duplicate
                  ? "Sent twice: it repeats refund %s."
                      .formatted(duplicate.duplicateOf().refundId())
                  : "Written off by an accountant: on no invoice.");
    }
  }

  private static String money(long amount, Capture capture) {
    return Amounts.format(amount, capture.purchaseCurrency());
  }
}
