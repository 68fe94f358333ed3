package io.recredit.ledger;

import io.recredit.allocation.OrderHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with what is in force of it.
 *
 * @param n its number among those that the run decides
 * @param refused the requests to refund it that Klarna refused
 * @param orderReference what people call it
 */
public record OrderToDecide(
    long n,
    OrderHistory history,
    List<RefusedRequest> refused,
    @Nullable String orderReference,
    InForce before) {

  public OrderToDecide {
    refused = List.copyOf(refused);
  }
}
