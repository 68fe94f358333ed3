package io.recredit.explain;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Step;
import io.recredit.ledger.DecisionRow;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Compared;
import io.recredit.wording.Wording;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A story for the terminal: the answer first, then what happened, then why. */
public final class StoryText {

  private static final int LABEL_WIDTH = 27;

  private final OrderStory story;
  private final WrappedText page = new WrappedText();

  private StoryText(OrderStory story) {
    this.story = story;
  }

  /** Of some refunds of the order, with the order's timeline once. */
  public static List<String> of(OrderStory story, List<String> refundIds) {
    var text = new StoryText(story);
    if (refundIds.size() == 1) {
      text.answer(refundIds.get(0));
      text.page.blank();
      new TimelineText(story, text.page).write(refundIds);
      text.steps(refundIds.get(0));
    } else {
      new TimelineText(story, text.page).write(refundIds);
      for (var refundId : refundIds) {
        text.page.blank();
        text.answer(refundId);
        text.steps(refundId);
      }
    }
    return text.page.lines();
  }

  private void answer(String refundId) {
    story
        .decided(refundId)
        .ifPresentOrElse(
            this::answer,
            () ->
                page.text(
                    "Refund %s is in no file any more, as they were last read: it was withdrawn and counts for nothing."
                        .formatted(refundId)));
  }

  private void answer(Decided decided) {
    var decision = decided.decision();
    var refund =
        "Refund %s of %s".formatted(decision.refund().refundId(), Words.refundedAmount(decision));
    if (decision instanceof Credited credited) {
      page.text("%s is credited.".formatted(refund));
      page.text("  Where       ", Words.credits(credited.credits()) + ".");
      page.text("  Why there   ", Words.why(credited.matchRule()));
      resolution(decision);
    } else if (decision instanceof Excepted excepted) {
      page.text("%s is on no invoice: %s.".formatted(refund, excepted.reason()));
      page.text("  Why         ", story.wording().explanation(decided, excepted));
      page.text("  What to do  ", story.wording().suggestion(decided, excepted));
    } else if (decision instanceof Duplicate duplicate) {
      page.text(
          "%s is no refund of its own: it repeats refund %s."
              .formatted(refund, duplicate.duplicateOf().refundId()));
    } else {
      page.text("%s is on no invoice: an accountant wrote it off.".formatted(refund));
      resolution(decision);
    }
    story
        .difference(decision.refund().refundId())
        .ifPresent(difference -> page.text("  But         ", difference));
  }

  /** Who resolved it so, when and why. */
  private void resolution(Decision decision) {
    story.order().resolutionsOf(decision.refund().refundId()).stream()
        .filter(ShownResolution::holds)
        .forEach(made -> page.text("  Who         ", words(made, decision.currency()) + "."));
  }

  private String words(ShownResolution made, @Nullable String currency) {
    return Words.resolution(made, currency, story.order().policies().timeZone());
  }

  private void steps(String refundId) {
    story.decided(refundId).ifPresent(this::steps);
    resolutions(refundId);
    history(refundId);
  }

  private void steps(Decided decided) {
    page.blank();
    page.text("What the rules compared, step by step:");
    for (var finding : decided.findings()) {
      step(finding.step(), story.wording().compared(decided, finding));
    }
    page.text(
        "      So it came out as    ",
        Words.outcome(DecisionRow.of(decided.decision(), story.order().policies())) + ".");
  }

  private void step(Step step, List<Compared> all) {
    var label = String.format(Locale.ROOT, "  %2d  %-21s", step.number(), Wording.title(step));
    for (var compared : all) {
      page.text(label, compared.sentence());
      compared
          .takers()
          .forEach(taker -> page.text(" ".repeat(LABEL_WIDTH) + "- ", taker.sentence()));
      label = " ".repeat(LABEL_WIDTH);
    }
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

  private void resolutions(String refundId) {
    var made = story.order().resolutionsOf(refundId);
    if (made.isEmpty()) {
      return;
    }
    page.blank();
    page.text("What accountants decided:");
    var currency = story.currency(refundId);
    for (var one : made) {
      page.text(
          "  run %-4d ".formatted(one.runId()),
          words(one, currency)
              + (one.supersededBy() == null
                  ? ""
                  : "; superseded by run %d".formatted(one.supersededBy())));
    }
  }
}
