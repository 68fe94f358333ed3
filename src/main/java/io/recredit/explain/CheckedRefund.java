package io.recredit.explain;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Explained;
import io.recredit.store.ShownOrder;
import java.util.List;

/**
 * What would become of a refund that is not sent yet.
 *
 * @param order as the newest finished run shows it, without the refund
 * @param hasId whether the request names a refund_id
 * @param isKnown whether the order has a refund of that id already, in whose place it is checked
 * @param wouldBlock the known later refunds that it would keep from being allocated
 * @param wouldTakeIt where it is not allocated: the captures that would take it if it named them
 */
public record CheckedRefund(
    ShownOrder order,
    Explained explained,
    boolean hasId,
    boolean isKnown,
    List<String> wouldBlock,
    List<Capture> wouldTakeIt) {

  /** A refund sent twice is not: it would give no money back, on no invoice. */
  public boolean isAllocated() {
    return explained.decision() instanceof Decision.Credited;
  }
}
