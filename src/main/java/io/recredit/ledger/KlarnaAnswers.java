package io.recredit.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna answered and told of an order beside what was refunded.
 *
 * @param refusals requests that it refused, in time
 * @param events that it told of, in time
 */
public record KlarnaAnswers(List<ShownRefusal> refusals, List<ShownEvent> events) {

  public static final KlarnaAnswers NONE = new KlarnaAnswers(List.of(), List.of());

  public KlarnaAnswers {
    refusals = List.copyOf(refusals);
    events = List.copyOf(events);
  }

  public boolean isEmpty() {
    return refusals.isEmpty() && events.isEmpty();
  }

  /** The requests that were refused before this refund was made of their amount. */
  public List<ShownRefusal> refusedBefore(String refundId) {
    return refusals.stream().filter(refusal -> refundId.equals(refusal.followedBy())).toList();
  }

  /** The events that belong to a refund. */
  public List<ShownEvent> eventsOf(String refundId) {
    return events.stream().filter(event -> refundId.equals(event.refundId())).toList();
  }

  /**
   * A row of {@code recredit.refused_refund}.
   *
   * @param wouldBe match rule or reason; null where the request is no refund
   */
  public record ShownRefusal(
      String refusalId,
      Instant attemptedAt,
      @Nullable Long httpStatus,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String correlationId,
      @Nullable Long refundedAmount,
      @Nullable String currency,
      @Nullable String wouldBe,
      @Nullable String followedBy) {}

  /**
   * A row of {@code recredit.refund_event}.
   *
   * @param refundId that it belongs to
   * @param matchedBy what it names of that, the most exact
   */
  public record ShownEvent(
      String eventId,
      Instant occurredAt,
      @Nullable String refundId,
      @Nullable String matchedBy,
      @Nullable String namedRefundId,
      @Nullable Long refundedAmount,
      @Nullable String correlationId) {}
}
