package io.recredit.allocation;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A capture and what earlier refunds of its order took from it.
 *
 * @param creditedAmount the credits it already has, in minor units
 * @param uncredited per reference of its lines: their sum, less what goods lines of earlier refunds
 *     took under it there
 */
public record CaptureState(
    Capture capture, long creditedAmount, Map<String, BigInteger> uncredited) {

  static final Comparator<CaptureState> OLDEST_FIRST =
      Comparator.comparing(CaptureState::capture, Capture.OLDEST_FIRST);

  public CaptureState {
    uncredited = Map.copyOf(uncredited);
  }

  /** Before any refund. */
  static CaptureState of(Capture capture) {
    var uncredited = new HashMap<String, BigInteger>();
    for (var line : capture.orderLines()) {
      if (line.reference() != null) {
        uncredited.merge(line.reference(), BigInteger.valueOf(line.totalAmount()), BigInteger::add);
      }
    }
    return new CaptureState(capture, 0, uncredited);
  }

  public String captureId() {
    return capture.captureId();
  }

  /** {@code captured_amount} minus the credits it already has. */
  public long room() {
    return capture.capturedAmount() - creditedAmount;
  }

  /** The references of its lines. */
  public Set<String> references() {
    return uncredited.keySet();
  }

  boolean carries(String reference) {
    return uncredited.containsKey(reference);
  }

  /** What is uncredited under a reference; 0 where it carries none. */
  public BigInteger uncredited(String reference) {
    return uncredited.getOrDefault(reference, BigInteger.ZERO);
  }

  /**
   * Whether an amount under a reference fits on the lines (rules.md, "Fits on the lines"): zero or
   * more where at least as much is uncredited, less than zero where at least as much negative is.
   *
   * @param alreadyTaken what this refund put there under the reference before
   */
  boolean fits(String reference, BigInteger amount, BigInteger alreadyTaken) {
    var left = uncredited(reference).subtract(alreadyTaken);
    return amount.signum() >= 0 ? left.compareTo(amount) >= 0 : left.compareTo(amount) <= 0;
  }

  /** With a credit, of 0 too, and without what its goods lines take; fee lines take nothing. */
  CaptureState with(long credit, List<OrderLine> lines) {
    if (credit < 0 || credit > room()) {
      throw new IllegalStateException(
          "a credit of %d does not fit in the room of %d on capture %s"
              .formatted(credit, room(), captureId()));
    }
    var left = new HashMap<>(uncredited);
    for (var line : lines) {
      if (!line.isReturnFee() && line.reference() != null) {
        left.computeIfPresent(
            line.reference(),
            (reference, before) -> before.subtract(BigInteger.valueOf(line.totalAmount())));
      }
    }
    return new CaptureState(capture, creditedAmount + credit, left);
  }
}
