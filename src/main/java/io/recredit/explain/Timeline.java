package io.recredit.explain;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Credit;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Release;
import io.recredit.ledger.KlarnaAnswers.ShownEvent;
import io.recredit.ledger.KlarnaAnswers.ShownRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to an order, in time: captures, the release, refunds with what they left, and what
 * Klarna refused and told.
 *
 * @param room what is left of each capture after all of it
 */
record Timeline(List<Event> events, Map<Capture, Long> room) {

  sealed interface Event {

    Instant at();
  }

  record Captured(Capture capture) implements Event {

    @Override
    public Instant at() {
      return capture.capturedAt();
    }
  }

  record Released(Release release) implements Event {

    @Override
    public Instant at() {
      return release.releasedAt();
    }
  }

  /**
   * @param left of each capture that the refund was credited on, what was left of it then
   */
  record Refunded(Decision decision, Map<Credit, Long> left) implements Event {

    @Override
    public Instant at() {
      return decision.refund().refundedAt();
    }
  }

  /** A request that Klarna refused. */
  record Refused(ShownRefusal refusal) implements Event {

    @Override
    public Instant at() {
      return refusal.attemptedAt();
    }
  }

  /** What Klarna told by an event. */
  record Told(ShownEvent event) implements Event {

    @Override
    public Instant at() {
      return event.occurredAt();
    }
  }

  static Timeline of(OrderStory story) {
    var history = story.order().history();
    var events = new ArrayList<Event>();
    var room = new LinkedHashMap<Capture, Long>();
    history.captures().stream()
        .sorted(Capture.OLDEST_FIRST)
        .forEach(
            capture -> {
              events.add(new Captured(capture));
              room.put(capture, capture.capturedAmount());
            });
    history.releases().forEach(release -> events.add(new Released(release)));
    for (Decided decided : story.decided()) {
      events.add(new Refunded(decided.decision(), book(decided.decision(), room)));
    }
    story.order().answers().refusals().forEach(refusal -> events.add(new Refused(refusal)));
    story.order().answers().events().forEach(event -> events.add(new Told(event)));
    // Of one time: what exists by then comes before the refund; the sort keeps the order.
    events.sort(Comparator.comparing(Event::at));
    return new Timeline(List.copyOf(events), room);
  }

  private static Map<Credit, Long> book(Decision decision, Map<Capture, Long> room) {
    var left = new LinkedHashMap<Credit, Long>();
    if (decision instanceof Credited credited) {
      for (var credit : credited.credits()) {
        var before = room.getOrDefault(credit.capture(), 0L);
        left.put(credit, before - credit.creditedAmount());
        room.put(credit.capture(), before - credit.creditedAmount());
      }
    }
    return left;
  }
}
