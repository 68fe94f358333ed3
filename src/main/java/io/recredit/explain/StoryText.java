package io.recredit.explain;

import io.recredit.allocation.Amounts;
import io.recredit.allocation.Capture;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Explained;
import io.recredit.allocation.Finding;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Phrases;
import io.recredit.allocation.Step;
import io.recredit.explain.Timeline.Captured;
import io.recredit.explain.Timeline.Refunded;
import io.recredit.store.DecisionRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A story for the terminal: the answer first, then what happened, then why. */
public final class StoryText {

  private static final int MOST_LINES = 8;
  private static final int LABEL_WIDTH = 27;

  private final OrderStory story;
  private final Page page = new Page();

  private StoryText(OrderStory story) {
    this.story = story;
  }

  /** Of some refunds of the order, with the order's timeline once. */
  public static List<String> of(OrderStory story, List<String> refundIds) {
    var text = new StoryText(story);
    if (refundIds.size() == 1) {
      text.answer(refundIds.get(0));
      text.order(refundIds);
      text.steps(refundIds.get(0));
    } else {
      text.order(refundIds);
      for (var refundId : refundIds) {
        text.page.blank();
        text.answer(refundId);
        text.steps(refundId);
      }
    }
    return text.page.lines();
  }

  private void order(List<String> refundIds) {
    if (refundIds.size() == 1) {
      page.blank();
    }
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

  private void answer(String refundId) {
    story
        .explained(refundId)
        .ifPresentOrElse(
            this::answer,
            () ->
                page.text(
                    "Refund %s is in no file any more, as they were last read: it was withdrawn and counts for nothing."
                        .formatted(refundId)));
  }

  private void answer(Explained explained) {
    var decision = explained.decision();
    var refund =
        "Refund %s of %s".formatted(decision.refund().refundId(), Words.refundedAmount(decision));
    if (decision instanceof Credited credited) {
      page.text("%s is credited.".formatted(refund));
      page.text("  Where       ", Words.credits(credited.credits()) + ".");
      page.text("  Why there   ", Words.why(credited.matchRule()));
    } else if (decision instanceof Excepted excepted) {
      page.text("%s is on no invoice: %s.".formatted(refund, excepted.reason()));
      page.text("  Why         ", excepted.explanation());
      page.text("  What to do  ", excepted.suggestion());
    } else if (decision instanceof Duplicate duplicate) {
      page.text(
          "%s is no refund of its own: it repeats refund %s."
              .formatted(refund, duplicate.duplicateOf().refundId()));
    } else {
      page.text("%s is on no invoice: an accountant wrote it off.".formatted(refund));
    }
    story
        .difference(decision.refund().refundId())
        .ifPresent(difference -> page.text("  But         ", difference));
  }

  private void steps(String refundId) {
    story.explained(refundId).ifPresent(this::steps);
    history(refundId);
  }

  private void steps(Explained explained) {
    page.blank();
    page.text("What the rules compared, step by step:");
    Step before = null;
    for (var finding : explained.findings()) {
      step(finding, finding.step() == before);
      before = finding.step();
    }
    page.text(
        "      So it came out as    ",
        Words.outcome(DecisionRow.of(explained.decision(), story.order().policies())) + ".");
  }

  private void step(Finding finding, boolean again) {
    var step = finding.step();
    var label =
        again
            ? " ".repeat(LABEL_WIDTH)
            : String.format(Locale.ROOT, "  %2d  %-21s", step.number(), step.title());
    page.text(label, finding.sentence());
    finding
        .candidates()
        .forEach(candidate -> page.text(" ".repeat(LABEL_WIDTH) + "- ", candidate.sentence()));
  }

  private void history(String refundId) {
    page.blank();
    page.text("How it was decided, run by run:");
    for (var shown : story.order().decisionsOn(refundId)) {
      page.text(
          "  run %-4d ".formatted(shown.runId()),
          "%s  %s%s"
              .formatted(
                  shown.decidedOn(),
                  Words.outcome(shown.decision()),
                  shown.supersededBy() == null
                      ? "; in force"
                      : "; superseded by run %d on %s"
                          .formatted(shown.supersededBy(), shown.supersededOn())));
    }
  }

  private static String money(long amount, Capture capture) {
    return Amounts.format(amount, capture.purchaseCurrency());
  }
}
