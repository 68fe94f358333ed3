package io.recredit.allocation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shipment, billed: one invoice to the customer (Klarna: payment instruction).
 *
 * @param capturedAmount minor units, at least 1
 * @param capturedAt to the microsecond
 * @param purchaseCountry two upper-case letters
 * @param purchaseCurrency three upper-case letters
 * @param orderAmount what the whole order was authorized for, in minor units, where it is known
 * @param klarnaReference the invoice number that the customer sees
 * @param reference the shop's own reference
 */
public record Capture(
    String captureId,
    String orderId,
    long capturedAmount,
    Instant capturedAt,
    String purchaseCountry,
    String purchaseCurrency,
    @Nullable Long orderAmount,
    @Nullable String klarnaReference,
    @Nullable String reference,
    List<OrderLine> orderLines) {

  /** "Oldest" means by (captured_at, capture_id), texts by code point (rules.md, part 2). */
  public static final Comparator<Capture> OLDEST_FIRST =
      Comparator.comparing(Capture::capturedAt).thenComparing(Capture::captureId, CodePoints.ORDER);

  public Capture {
    if (capturedAmount < 1) {
      throw new IllegalArgumentException("captured_amount is at least 1, not " + capturedAmount);
    }
    orderLines = List.copyOf(orderLines);
  }

  /** What people call the invoice: the number the customer sees, else the capture's id. */
  public String invoiceReference() {
    return klarnaReference != null ? klarnaReference : captureId;
  }
}
