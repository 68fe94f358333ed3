package io.recredit.explain;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Step;
import io.recredit.evidence.Evidence;
import io.recredit.ledger.DecisionRow;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Compared;
import io.recredit.wording.Phrases;
import io.recredit.wording.Recorded;
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
    text.payoutsBesideRefunds();
    return text.page.lines();
  }

  private void answer(String refundId) {
    story.decided(refundId).ifPresentOrElse(this::answer, () -> page.text(gone(refundId)));
  }

  private String gone(String refundId) {
    return story
        .movedTo(refundId)
        .map(order -> text("explain.story.moved", refundId, order))
        .orElseGet(() -> text("explain.story.withdrawn", refundId));
  }

  private void answer(Decided decided) {
    var decision = decided.decision();
    var refundId = decision.refund().refundId();
    var amount = Words.refundedAmount(decision);
    if (decision instanceof Credited credited) {
      page.text(text("explain.story.credited", refundId, amount));
      page.labelled(
          text("explain.label.where"), text("phrase.sentence", Words.credits(credited.credits())));
      page.labelled(text("explain.label.why-there"), Words.why(credited.matchRule()));
      resolution(decision);
    } else if (decision instanceof Excepted excepted) {
      page.text(text("explain.story.exception", refundId, amount, excepted.reason()));
      page.labelled(text("explain.label.why"), story.wording().explanation(decided, excepted));
      page.labelled(text("explain.label.what-to-do"), story.suggestion(decided, excepted));
    } else if (decision instanceof Duplicate duplicate) {
      page.text(
          text("explain.story.duplicate", refundId, amount, duplicate.duplicateOf().refundId()));
    } else {
      page.text(text("explain.story.written-off", refundId, amount));
      resolution(decision);
    }
    story.evidence(refundId).ifPresent(evidence -> record(decided, evidence));
    answers(refundId);
    payout(refundId);
    story
        .difference(refundId)
        .ifPresent(difference -> page.labelled(text("explain.label.but"), difference));
  }

  private void record(Decided decided, Evidence evidence) {
    var zone = story.order().policies().timeZone();
    page.labelled(text("explain.label.record"), Recorded.sentence(decided, evidence));
    Recorded.foundBy(evidence, zone)
        .ifPresent(how -> page.labelled(text("explain.label.found-by"), how));
    page.labelled(
        text("explain.label.read-last"),
        text("phrase.sentence", Phrases.time(evidence.readAt(), zone)));
  }

  /** What Klarna told of the refund, and what it refused before that was made. */
  private void answers(String refundId) {
    var zone = story.order().policies().timeZone();
    var events = story.order().answers().eventsOf(refundId);
    if (!events.isEmpty()) {
      page.labelled(
          text("explain.label.events"),
          text(
              "phrase.sentence",
              Phrases.listed(
                  events,
                  event ->
                      text(
                          "explain.story.event",
                          event.eventId(),
                          Phrases.time(event.occurredAt(), zone)))));
    }
    for (var refusal : story.order().answers().refusedBefore(refundId)) {
      page.labelled(
          text("explain.label.refused"),
          text(
              "explain.story.refused",
              Phrases.time(refusal.attemptedAt(), zone),
              Words.answer(refusal)));
    }
  }

  private void payout(String refundId) {
    var answers = story.order().answers();
    answers
        .payoutOf(refundId)
        .ifPresent(payout -> page.labelled(text("explain.label.payout"), Words.payout(payout)));
    for (var difference : answers.differencesOf(refundId)) {
      page.labelled(text("explain.label.payout"), difference.explanation());
      page.labelled(text("explain.label.what-to-do"), difference.suggestion());
    }
  }

  /** Where payouts and the order differ, but not of a refund that has a story. */
  private void payoutsBesideRefunds() {
    var beside =
        story.order().answers().differences().stream()
            .filter(one -> one.refundId() == null || story.decided(one.refundId()).isEmpty())
            .toList();
    if (!beside.isEmpty()) {
      page.blank();
      page.text(text("explain.story.payouts-beside"));
      beside.forEach(one -> page.text("  - ", one.explanation() + " " + one.suggestion()));
    }
  }

  /** Who resolved it so, when and why. */
  private void resolution(Decision decision) {
    story.resolutionsOf(decision.refund().refundId()).stream()
        .filter(ShownResolution::holds)
        .forEach(
            made ->
                page.labelled(
                    text("explain.label.who"),
                    text("phrase.sentence", words(made, decision.currency()))));
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
    page.text(text("explain.story.steps"));
    for (var finding : decided.findings()) {
      step(finding.step(), story.wording().compared(decided, finding));
    }
    page.text(
        label("      " + text("explain.label.outcome")),
        text(
            "phrase.sentence",
            Words.outcome(DecisionRow.of(decided.decision(), story.order().policies()))));
  }

  private void step(Step step, List<Compared> all) {
    var label = label(String.format(Locale.ROOT, "  %2d  %s", step.number(), Wording.title(step)));
    for (var compared : all) {
      page.text(label, compared.sentence());
      compared
          .takers()
          .forEach(taker -> page.text(" ".repeat(LABEL_WIDTH) + "- ", taker.sentence()));
      label = " ".repeat(LABEL_WIDTH);
    }
  }

  private static String label(String words) {
    return String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", words);
  }

  private static String run(long runId) {
    return String.format(Locale.ROOT, "  %-8s ", text("explain.label.run", runId));
  }

  private void history(String refundId) {
    page.blank();
    page.text(text("explain.story.history"));
    for (var shown : story.decisionsOn(refundId)) {
      page.text(
          run(shown.runId()),
          shown.supersededBy() == null
              ? text("explain.story.in-force", shown.decidedOn(), Words.outcome(shown.decision()))
              : text(
                  "explain.story.superseded",
                  shown.decidedOn(),
                  Words.outcome(shown.decision()),
                  shown.supersededBy(),
                  shown.supersededOn()));
    }
  }

  private void resolutions(String refundId) {
    var made = story.resolutionsOf(refundId);
    if (made.isEmpty()) {
      return;
    }
    page.blank();
    page.text(text("explain.story.resolutions"));
    var currency = story.currency(refundId);
    for (var one : made) {
      page.text(
          run(one.runId()),
          one.supersededBy() == null
              ? words(one, currency)
              : text(
                  "explain.story.resolution-superseded", words(one, currency), one.supersededBy()));
    }
  }
}
