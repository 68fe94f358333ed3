package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A refund as it stands, for whoever is about to resolve it.
 *
 * @param reason why it is an exception, if it is one
 * @param matchRule by which it is credited, if it is
 * @param last the newest resolution of it, a withdrawal too; null if it was never resolved
 * @param invoices the captures of its order, the oldest first
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
    @Nullable ShownResolution last,
    List<Invoice> invoices) {

  private static final int MOST_NAMED = 10;

  /**
   * A capture, as people name it.
   *
   * @param number that the customer sees, if it has one
   */
  record Invoice(String captureId, @Nullable String number) {

    private String named() {
      return number == null ? captureId : text("resolution.capture.invoice", captureId, number);
    }
  }

  /** Whether a resolution of it holds. */
  boolean isResolved() {
    return last != null && last.holds();
  }

  /** Open, or resolved before. */
  boolean canBeResolved() {
    return outcome.equals("exception") || isResolved();
  }

  /** The capture that is meant by an id or an invoice's number. */
  String captureId(String name) {
    var byId = only(invoice -> invoice.captureId().equals(name));
    var found = byId == null ? only(invoice -> name.equals(invoice.number())) : byId;
    if (found == null) {
      throw new UserException(
          text("resolution.capture.unknown", refundId, orderId, name, captures()));
    }
    return found;
  }

  /** Null where there is none, or more than one. */
  private @Nullable String only(Predicate<Invoice> which) {
    var found = invoices.stream().filter(which).map(Invoice::captureId).toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  private String captures() {
    return invoices.isEmpty()
        ? text("resolution.capture.none")
        : invoices.stream().limit(MOST_NAMED).map(Invoice::named).collect(Collectors.joining(", "))
            + (invoices.size() > MOST_NAMED ? ", ..." : "");
  }
}
