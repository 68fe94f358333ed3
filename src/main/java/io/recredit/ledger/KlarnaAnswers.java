package io.recredit.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna answered, told and paid out of an order beside what was refunded.
 *
 * @param refusals requests that it refused, in time
 * @param events that it told of, in time
 * @param payouts in which its refunds and captures are
 * @param differences between its refunds and captures and the payouts
 */
public record KlarnaAnswers(
    List<ShownRefusal> refusals,
    List<ShownEvent> events,
    List<ShownPayout> payouts,
    List<PayoutDifference> differences) {

  public static final KlarnaAnswers NONE =
      new KlarnaAnswers(List.of(), List.of(), List.of(), List.of());

  public KlarnaAnswers {
    refusals = List.copyOf(refusals);
    events = List.copyOf(events);
    payouts = List.copyOf(payouts);
    differences = List.copyOf(differences);
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

  /** In which payout a refund is. */
  public Optional<ShownPayout> payoutOf(String refundId) {
    return payouts.stream().filter(payout -> refundId.equals(payout.refundId())).findFirst();
  }

  /** Where a refund and the payouts differ. */
  public List<PayoutDifference> differencesOf(String refundId) {
    return differences.stream().filter(one -> refundId.equals(one.refundId())).toList();
  }

  /**
   * A row of {@code recredit.refund_payout} or {@code recredit.capture_payout} that has a payout.
   *
   * @param refundId or null, and then there is a capture
   * @param amount in minor units
   * @param currency of the rows that make it; null where they have several
   * @param matchedBy ID or AMOUNT
   */
  public record ShownPayout(
      @Nullable String refundId,
      @Nullable String captureId,
      String paymentReference,
      @Nullable LocalDate payoutDate,
      BigInteger amount,
      @Nullable String currency,
      String matchedBy) {}

  /**
   * A row of {@code recredit.payout_difference}.
   *
   * @param refundId that is known, or that the report names
   */
  public record PayoutDifference(
      String kind,
      @Nullable String paymentReference,
      @Nullable Long row,
      @Nullable String refundId,
      @Nullable String captureId,
      String explanation,
      String suggestion) {}

  /**
   * A row of {@code recredit.refused_refund}.
   *
   * @param wouldBe match rule or reason; null where the request is no refund
   * @param requestFaults why it is none
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
      @Nullable String followedBy,
      @Nullable String requestFaults) {}

  /**
   * A row of {@code recredit.refund_event}.
   *
   * @param orderId of the refund, else the one that it names
   * @param refundId that it belongs to
   * @param matchedBy what it names of that, the most exact
   */
  public record ShownEvent(
      String eventId,
      Instant occurredAt,
      String orderId,
      @Nullable String refundId,
      @Nullable String matchedBy,
      @Nullable String namedRefundId,
      @Nullable Long refundedAmount,
      @Nullable String correlationId) {}
}
