package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.Amounts;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A refund as it stands, for whoever is about to resolve it.
 *
 * @param reason why it is an exception, if it is one
 * @param matchRule by which it is credited, if it is
 * @param proposed the resolution that is proposed for it, if one is
 * @param last the newest resolution of it, a withdrawal too; null if it was never resolved
 * @param invoices the captures of its order
 */
record ResolvableRefund(
    String refundId,
    String orderId,
    String outcome,
    @Nullable String reason,
    @Nullable String matchRule,
    @Nullable String currency,
    long refundedAmount,
    LocalDate businessDate,
    @Nullable String proposed,
    @Nullable ShownResolution last,
    Invoices invoices) {

  /** Whether a resolution of it holds. */
  boolean isResolved() {
    return last != null && last.holds();
  }

  /** Open, or resolved before. */
  boolean canBeResolved() {
    return outcome.equals("exception") || isResolved();
  }

  /** "30.00 SEK, NO_ORDER_LINES, of order o1". */
  String described() {
    return text(
        "resolution.refund.described",
        Amounts.format(refundedAmount, currency),
        reason == null ? outcome : reason,
        orderId);
  }
}
