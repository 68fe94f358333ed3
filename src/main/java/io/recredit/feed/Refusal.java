package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refund request that Klarna answered with an error.
 *
 * @param errorMessages in Klarna's own words
 * @param correlationId by which Klarna finds the request
 */
public record Refusal(
    String orderId,
    Instant attemptedAt,
    Request request,
    @Nullable Long httpStatus,
    @Nullable String errorCode,
    List<String> errorMessages,
    @Nullable String correlationId) {

  public Refusal {
    errorMessages = List.copyOf(errorMessages);
  }

  /** Klarna's number of it, else its order and its time. */
  public String id() {
    return correlationId == null ? orderId + " " + attemptedAt : correlationId;
  }

  /**
   * What is kept of the body that was sent: what could be read of a refund's fields.
   *
   * @param isRefund whether it could be read as a refund, of the order at the time of the attempt
   * @param faults the sentences that say why not; null where there is no body
   * @param orderId its own, as all that follows
   */
  public record Request(
      boolean isRefund,
      @Nullable String faults,
      @Nullable String orderId,
      @Nullable String refundId,
      @Nullable Long refundedAmount,
      @Nullable Instant refundedAt,
      @Nullable String purchaseCurrency,
      @Nullable String captureId,
      @Nullable String reference,
      @Nullable String description,
      @Nullable String idempotencyKey,
      MerchantReferences merchant,
      List<OrderLine> orderLines) {

    public Request {
      orderLines = List.copyOf(orderLines);
    }

    /** Of a refusal that has no body, or one that is no object. */
    static Request none(@Nullable String faults) {
      return new Request(
          false,
          faults,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          new MerchantReferences(null, null),
          List.of());
    }
  }
}
