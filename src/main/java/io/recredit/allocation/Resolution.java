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
 * @param parts what each capture gets
 * @param writtenOffAmount what goes on no invoice; with the parts the resolved amount
 * @param resolvedBy who
 */
public record Resolution(
    String refundId,
    long resolvedAmount,
    List<Part> parts,
    long writtenOffAmount,
    String resolvedBy,
    Instant resolvedAt) {

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
    var sum = writtenOffAmount;
    for (var part : parts) {
      sum = Math.addExact(sum, part.amount());
      if (!captures.add(part.captureId())) {
        throw new IllegalArgumentException("capture %s twice".formatted(part.captureId()));
      }
    }
    if (sum != resolvedAmount || writtenOffAmount < 0) {
      throw new IllegalArgumentException(
          "the parts of refund %s and what is written off sum to %d, not to %d"
              .formatted(refundId, sum, resolvedAmount));
    }
  }
}
