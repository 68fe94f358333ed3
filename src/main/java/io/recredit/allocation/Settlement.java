package io.recredit.allocation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * An accountant's decision on a refund that the rules could not allocate: allocated by hand to one
 * or several invoices, or written off. It holds for every later run, until it is withdrawn or the
 * input contradicts it.
 *
 * @param settledAmount of the refund when it was settled, in minor units
 * @param parts what each capture gets, together the settled amount; empty where it is written off
 * @param settledBy who
 */
public record Settlement(
    String refundId, long settledAmount, List<Part> parts, String settledBy, Instant settledAt) {

  /** What one capture gets, in minor units. */
  public record Part(String captureId, long amount) {

    public Part {
      if (amount <= 0) {
        throw new IllegalArgumentException("capture %s would get %d".formatted(captureId, amount));
      }
    }
  }

  public Settlement {
    parts = List.copyOf(parts);
    var captures = new HashSet<String>();
    var sum = 0L;
    for (var part : parts) {
      sum = Math.addExact(sum, part.amount());
      if (!captures.add(part.captureId())) {
        throw new IllegalArgumentException("capture %s twice".formatted(part.captureId()));
      }
    }
    if (!parts.isEmpty() && sum != settledAmount) {
      throw new IllegalArgumentException(
          "the parts of refund %s sum to %d, not to %d".formatted(refundId, sum, settledAmount));
    }
  }

  /** Closed without an invoice. */
  public boolean writesOff() {
    return parts.isEmpty();
  }
}
