package io.recredit.allocation;

import java.util.ArrayList;
import java.util.List;

/** Stub. */
public final class Allocator {

  private final Policies policies;

  public Allocator(Policies policies) {
    this.policies = policies;
  }

  /** One decision per refund, in the order of (refunded_at, refund_id). */
  public List<Decision> decide(OrderHistory history) {
    var decisions = new ArrayList<Decision>();
    if (history.refunds().isEmpty() && policies.returnFeeCountries().isEmpty()) {
      decisions.clear();
    }
    return decisions;
  }
}
