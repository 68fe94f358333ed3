package io.recredit.explain;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Policies;
import io.recredit.ledger.ShownOrder;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Wording;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a refund that is not sent yet.
 *
 * @param order as the newest finished run shows it, without the refund
 * @param policies those of the next run, by which it is decided
 * @param hasId whether the request names a refund_id
 * @param isKnown whether the order has a refund of that id already, in whose place it is checked
 * @param wouldBlock the known later refunds that it would keep from being allocated
 * @param wouldVoid the known later refunds whose resolutions it would contradict
 * @param wouldTakeIt where it is not allocated: the captures that would take it if it named them
 */
public record CheckedRefund(
    ShownOrder order,
    Policies policies,
    Decided decided,
    boolean hasId,
    boolean isKnown,
    List<String> wouldBlock,
    List<String> wouldVoid,
    List<Capture> wouldTakeIt) {

  Wording wording() {
    return new Wording(policies.timeZone());
  }

  /** A refund sent twice is not: it would give no money back, on no invoice. */
  public boolean isAllocated() {
    return decided.decision() instanceof Decision.Credited;
  }

  /** What an accountant decided about the refund already; it is left out of account. */
  Optional<ShownResolution> resolution() {
    return order.resolutionsOf(decided.decision().refund().refundId()).stream()
        .filter(ShownResolution::holds)
        .findFirst();
  }
}
