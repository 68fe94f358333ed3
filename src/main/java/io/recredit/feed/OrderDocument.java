package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's API returned for an order, at a time: a snapshot (rules.md, part 7). All amounts
 * are minor units of its currency. Nothing else of such a document is kept: most of it is about a
 * person.
 *
 * @param readAt when it was read; null where the document does not say
 * @param klarnaReference the order's own short one
 * @param captures in the document's order
 * @param refunds those above 0, in the document's order, each with a name
 */
public record OrderDocument(
    String orderId,
    String purchaseCountry,
    String purchaseCurrency,
    @Nullable Instant readAt,
    @Nullable Long orderAmount,
    @Nullable Long capturedAmount,
    @Nullable Long refundedAmount,
    @Nullable Long remainingAuthorizedAmount,
    MerchantReferences merchant,
    @Nullable String klarnaReference,
    List<OfCapture> captures,
    List<OfRefund> refunds) {

  public OrderDocument {
    captures = List.copyOf(captures);
    refunds = List.copyOf(refunds);
  }

  /**
   * A capture in it.
   *
   * @param refundedAmount what of all the order's refunds stands on it; null where it does not say
   */
  public record OfCapture(
      String captureId,
      long capturedAmount,
      Instant capturedAt,
      @Nullable Long refundedAmount,
      @Nullable String klarnaReference,
      @Nullable String reference,
      List<OrderLine> orderLines) {

    public OfCapture {
      orderLines = List.copyOf(orderLines);
    }
  }

  /**
   * A refund in it.
   *
   * @param isNamed whether the document gives its id; else it is named by its order and its place
   */
  public record OfRefund(
      String refundId,
      boolean isNamed,
      long refundedAmount,
      Instant refundedAt,
      @Nullable String reference,
      @Nullable String description,
      List<OrderLine> orderLines) {

    public OfRefund {
      orderLines = List.copyOf(orderLines);
    }
  }

  /**
   * When it was read. Where it does not say, at the newest capture or refund in it, but not before
   * its file's day began in UTC.
   */
  public Instant readAt(LocalDate fileDate) {
    var dayBegan = fileDate.atStartOfDay(ZoneOffset.UTC).toInstant();
    return readAt != null
        ? readAt
        : Stream.concat(
                captures.stream().map(OfCapture::capturedAt),
                refunds.stream().map(OfRefund::refundedAt))
            .filter(dayBegan::isBefore)
            .max(Instant::compareTo)
            .orElse(dayBegan);
  }
}
