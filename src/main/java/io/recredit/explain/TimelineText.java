package io.recredit.explain;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.OrderLine;
import io.recredit.explain.Timeline.Captured;
import io.recredit.explain.Timeline.Refunded;
import io.recredit.explain.Timeline.Refused;
import io.recredit.explain.Timeline.Told;
import io.recredit.ledger.KlarnaAnswers.ShownEvent;
import io.recredit.wording.Amounts;
import io.recredit.wording.Phrases;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened to an order, in time, for the terminal. */
final class TimelineText {

  private static final int MOST_LINES = 8;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter EXACT_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private DateTimeFormatter time = TIME;

  private final OrderStory story;
  private final WrappedText page;

  TimelineText(OrderStory story, WrappedText page) {
    this.story = story;
    this.page = page;
  }

  /** The refunds that are asked about are marked. */
  void write(Collection<String> refundIds) {
    var asked = Set.copyOf(refundIds);
    page.text(
        text(
            "explain.timeline.head",
            story.order().history().orderId(),
            story.order().runId(),
            story.order().policies().timeZone()));
    page.blank();
    var timeline = Timeline.of(story);
    time = readsAlike(timeline.events()) ? EXACT_TIME : TIME;
    for (var event : timeline.events()) {
      if (event instanceof Captured captured) {
        captured(captured.capture());
      } else if (event instanceof Refunded refunded) {
        refunded(refunded, asked);
      } else if (event instanceof Refused refused) {
        refused(refused);
      } else if (event instanceof Told told) {
        told(told);
      } else {
        entry(" ", event, text("explain.timeline.released"));
      }
    }
    if (!timeline.room().isEmpty()) {
      page.text(
          String.format(Locale.ROOT, "  %-21s", text("explain.label.left-now")),
          Phrases.listed(
              List.copyOf(timeline.room().entrySet()),
              left ->
                  text(
                      "phrase.amount-on",
                      money(left.getValue(), left.getKey()),
                      Phrases.capture(left.getKey()))));
    }
  }

  private void entry(String mark, Timeline.Event event, String text) {
    page.text(mark + " " + time.format(event.at().atZone(timeZone())) + "  ", text);
  }

  private ZoneId timeZone() {
    return story.order().policies().timeZone();
  }

  /** Whether two moments of one second are to be told apart. */
  private static boolean readsAlike(List<Timeline.Event> events) {
    for (var i = 1; i < events.size(); i++) {
      var at = events.get(i).at();
      var before = events.get(i - 1).at();
      if (!at.equals(before)
          && at.truncatedTo(ChronoUnit.SECONDS).equals(before.truncatedTo(ChronoUnit.SECONDS))) {
        return true;
      }
    }
    return false;
  }

  private void below(String text) {
    page.text(" ".repeat(time == TIME ? 23 : 30), text);
  }

  private void captured(Capture capture) {
    entry(
        " ",
        new Captured(capture),
        text(
            "explain.timeline.captured",
            Phrases.capitalized(Phrases.capture(capture)),
            money(capture.capturedAmount(), capture),
            named(capture.reference())));
    lines(capture.orderLines(), capture.purchaseCurrency());
  }

  private static String named(@Nullable String reference) {
    return reference == null ? "" : text("explain.timeline.reference", reference);
  }

  private void lines(List<OrderLine> lines, @Nullable String currency) {
    if (lines.isEmpty()) {
      below(text("explain.timeline.no-lines"));
      return;
    }
    lines.stream()
        .limit(MOST_LINES)
        .forEach(line -> below(text("explain.timeline.line", line(line, currency))));
    if (lines.size() > MOST_LINES) {
      below(counted("explain.timeline.more-lines", lines.size() - MOST_LINES));
    }
  }

  private static String line(OrderLine line, @Nullable String currency) {
    var reference =
        line.reference() == null
            ? text("explain.timeline.line.no-reference")
            : Phrases.quoted(line.reference());
    var article = line.name() == null ? reference : reference + " " + line.name();
    var amount = Amounts.format(line.totalAmount(), currency);
    return line.isReturnFee()
        ? text("explain.timeline.line.return-fee", article, amount)
        : text("explain.timeline.line.goods", article, amount);
  }

  private void refunded(Refunded event, Set<String> refundIds) {
    var decision = event.decision();
    var refund = decision.refund();
    var amount = Words.refundedAmount(decision);
    var reference = named(refund.reference());
    entry(
        refundIds.contains(refund.refundId()) ? ">" : " ",
        event,
        refund.captureId() == null
            ? text("explain.timeline.refunded", refund.refundId(), amount, reference)
            : text(
                "explain.timeline.refunded-on",
                refund.refundId(),
                amount,
                refund.captureId(),
                reference));
    if (!refund.orderLines().isEmpty()) {
      lines(refund.orderLines(), decision.currency());
    }
    if (decision instanceof Credited) {
      event
          .left()
          .forEach(
              (credit, left) ->
                  below(
                      text(
                          "explain.timeline.credited",
                          Words.credit(credit),
                          money(left, credit.capture()))));
    } else {
      below(
          decision instanceof Excepted excepted
              ? text("explain.timeline.exception", excepted.reason())
              : decision instanceof Duplicate duplicate
                  ? text("explain.timeline.duplicate", duplicate.duplicateOf().refundId())
                  : text("explain.timeline.written-off"));
    }
  }

  private void refused(Refused event) {
    var refusal = event.refusal();
    entry(
        " ",
        event,
        text(
            "explain.timeline.refused",
            refusal.refundedAmount() == null
                ? ""
                : text(
                    "explain.timeline.of-amount",
                    Amounts.format(refusal.refundedAmount(), refusal.currency())),
            Words.answer(refusal)));
    below(
        refusal.wouldBe() != null
            ? text("explain.timeline.would-be", refusal.wouldBe())
            : refusal.requestFaults() != null
                ? text("explain.timeline.faulty-request", refusal.requestFaults())
                : text("explain.timeline.no-refund"));
    if (refusal.followedBy() != null) {
      below(text("explain.timeline.followed-by", refusal.followedBy()));
    }
  }

  private void told(Told told) {
    var event = told.event();
    entry(
        " ",
        told,
        event.refundId() == null
            ? text(
                "explain.timeline.told-of-none",
                event.eventId(),
                event.namedRefundId() == null
                    ? ""
                    : text("explain.timeline.of-refund", event.namedRefundId()))
            : text(
                "explain.timeline.told",
                event.eventId(),
                event.refundId(),
                event.orderId().equals(story.order().history().orderId())
                    ? ""
                    : text("explain.timeline.of-order", event.orderId()),
                how(event)));
  }

  private static String how(ShownEvent event) {
    return switch (String.valueOf(event.matchedBy())) {
      case "REFUND_ID" -> text("explain.timeline.by-id");
      case "ORDER_AND_AMOUNT" -> text("explain.timeline.by-amount");
      default -> text("explain.timeline.by-order");
    };
  }

  private static String money(long amount, Capture capture) {
    return Amounts.format(amount, capture.purchaseCurrency());
  }
}
