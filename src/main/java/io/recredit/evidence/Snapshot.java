package io.recredit.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's API returned for an order at a time. Each captureId and each refundId is in it
 * once, and its sums of refunded amounts fit in 64 bits: other documents are refused when read.
 *
 * @param readAt to the microsecond; an order has one snapshot of a time
 * @param remainingAuthorizedAmount minor units, where the document says it
 */
public record Snapshot(
    Instant readAt,
    @Nullable Long remainingAuthorizedAmount,
    List<Invoice> invoices,
    List<ListedRefund> refunds) {

  public Snapshot {
    invoices = List.copyOf(invoices);
    refunds = List.copyOf(refunds);
  }

  /**
   * A capture in it.
   *
   * @param capturedAmount minor units, at least 1
   * @param refundedAmount what of all the order's refunds stands on it, in minor units, at least 0;
   *     null where the document does not say
   */
  public record Invoice(String captureId, long capturedAmount, @Nullable Long refundedAmount) {

    public Invoice {
      if (capturedAmount < 1 || (refundedAmount != null && refundedAmount < 0)) {
        throw new IllegalArgumentException(
            "captured_amount is at least 1 and refunded_amount at least 0, not "
                + capturedAmount
                + " and "
                + refundedAmount);
      }
    }
  }

  /**
   * A refund in it.
   *
   * @param refundedAmount minor units, at least 1
   * @param isNamed whether the document gives its refund_id; else its id is ORDER_ID#N
   */
  public record ListedRefund(
      String refundId, long refundedAmount, Instant refundedAt, boolean isNamed) {

    public ListedRefund {
      if (refundedAmount < 1) {
        throw new IllegalArgumentException("refunded_amount is at least 1, not " + refundedAmount);
      }
    }
  }

  /** Whatever the time. */
  boolean saysTheSameAs(Snapshot other) {
    return equals(
        new Snapshot(readAt, other.remainingAuthorizedAmount, other.invoices, other.refunds));
  }

  /**
   * Whether every capture in it has a refunded amount; and every refund its own id, where a refunds
   * file has refunds of the order, which could be the same under other ids.
   */
  boolean isUsable(boolean filesHaveRefunds) {
    return invoices.stream().map(Invoice::refundedAmount).allMatch(Objects::nonNull)
        && (!filesHaveRefunds || refunds.stream().allMatch(ListedRefund::isNamed));
  }
}
