package io.recredit.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's record says of a refund.
 *
 * @param place null where it is neither proven nor inferred
 * @param amountInRecord minor units; null where the latest usable snapshot does not list the refund
 * @param readAt of the latest usable snapshot
 */
public record Evidence(
    String refundId,
    Verdict verdict,
    @Nullable KnownPlace place,
    @Nullable Long amountInRecord,
    Instant readAt) {

  /** Null where the place is not known. */
  public @Nullable Certainty certainty() {
    return place == null ? null : place.certainty();
  }
}
