package io.recredit.allocation;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A capture and what earlier refunds of its order took from it: its room, and what is uncredited
 * per reference.
 */
final class CaptureAccount {

  static final Comparator<CaptureAccount> OLDEST_FIRST =
      Comparator.comparing(CaptureAccount::capture, Capture.OLDEST_FIRST);

  private final Capture capture;
  private final Set<String> references = new HashSet<>();
  private final Map<String, BigInteger> uncredited = new HashMap<>();
  private long creditedAmount;

  CaptureAccount(Capture capture) {
    this.capture = capture;
    for (var line : capture.orderLines()) {
      if (line.reference() != null) {
        references.add(line.reference());
        uncredited.merge(line.reference(), BigInteger.valueOf(line.totalAmount()), BigInteger::add);
      }
    }
  }

  Capture capture() {
    return capture;
  }

  Set<String> references() {
    return references;
  }

  boolean carries(String reference) {
    return references.contains(reference);
  }

  long creditedAmount() {
    return creditedAmount;
  }

  /** {@code captured_amount} minus the credits it already has. */
  long room() {
    return capture.capturedAmount() - creditedAmount;
  }

  /** Of the capture's lines with the reference, what no goods line of a refund took so far. */
  BigInteger uncredited(String reference) {
    return uncredited.getOrDefault(reference, BigInteger.ZERO);
  }

  /**
   * Whether an amount under a reference fits on the lines (SPEC part 2): zero or more where at
   * least as much is uncredited, less than zero where at least as much negative is.
   *
   * @param alreadyTaken what this refund put there under the reference before
   */
  boolean fits(String reference, BigInteger amount, BigInteger alreadyTaken) {
    var left = uncredited(reference).subtract(alreadyTaken);
    return amount.signum() >= 0 ? left.compareTo(amount) >= 0 : left.compareTo(amount) <= 0;
  }

  /**
   * Books a credit, of 0 too, and what its goods lines take under their references; fee lines take
   * nothing.
   */
  void book(long amount, List<OrderLine> lines) {
    if (amount < 0 || amount > room()) {
      throw new IllegalStateException(
          "a credit of %d does not fit in the room of %d on capture %s"
              .formatted(amount, room(), capture.captureId()));
    }
    creditedAmount += amount;
    for (var line : lines) {
      if (!line.isReturnFee() && line.reference() != null) {
        uncredited.merge(
            line.reference(), BigInteger.valueOf(line.totalAmount()).negate(), BigInteger::add);
      }
    }
  }
}
