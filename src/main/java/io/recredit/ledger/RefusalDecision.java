package io.recredit.ledger;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Refund;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rules alone say of a refused request, with what is known now.
 *
 * @param wouldBe the match rule by which they would credit it, or the reason why not
 */
public record RefusalDecision(String refusalId, String orderId, String wouldBe) {

  /** Of those of an order's refused requests that are refunds. */
  public static List<RefusalDecision> of(OrderToDecide order, Allocator allocator) {
    var ids = new ArrayList<String>();
    var requests = new ArrayList<Refund>();
    for (var refused : order.refused()) {
      var request = refused.asRefund();
      if (request != null) {
        ids.add(refused.refusalId());
        requests.add(request);
      }
    }
    var outcomes = allocator.wouldBe(order.history(), requests);
    var decisions = new ArrayList<RefusalDecision>();
    for (var i = 0; i < outcomes.size(); i++) {
      decisions.add(
          new RefusalDecision(ids.get(i), order.history().orderId(), outcomes.get(i).word()));
    }
    return decisions;
  }
}
