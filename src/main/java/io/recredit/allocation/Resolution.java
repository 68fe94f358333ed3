package io.recredit.allocation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * An accountant's decision on a refund that the rules could not allocate: allocated by hand to one
 * or several invoices, or written off. It holds for every later run, until it is withdrawn or the
 * input contradicts it.
 *
 * @param resolvedAmount of the refund when it was resolved, in minor units
 * @param parts what each capture gets, together the resolved amount; empty where it is written off
 * @param resolvedBy who
 */
public record Resolution(
    String refundId, long resolvedAmount, List<Part> parts, String resolvedBy, Instant resolvedAt) {

  /** What one capture gets, in minor units. */
  public record Part(String captureId, long amount) {

    public Part {
      if (amount <= 0) {
        throw new IllegalArgumentException("capture %s would get %d".formatted(captureId, amount));
      }
    }
  }

  public Resolution {
    parts = List.copyOf(parts);
    var captures = new HashSet<String>();
    var sum = 0L;
    for (var part : parts) {
      sum = Math.addExact(sum, part.amount());
      if (!captures.add(part.captureId())) {
        throw new IllegalArgumentException("capture %s twice".formatted(part.captureId()));
      }
    }
    if (!parts.isEmpty() && sum != resolvedAmount) {
      throw new IllegalArgumentException(
          "the parts of refund %s sum to %d, not to %d".formatted(refundId, sum, resolvedAmount));
    }
  }

  /** Closed without an invoice. */
  public boolean writesOff() {
    return parts.isEmpty();
  }
}
