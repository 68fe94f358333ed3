package io.recredit.explain;

import io.recredit.allocation.Allocator;
import io.recredit.ledger.PolicyStore;
import io.recredit.ledger.ShownOrder;
import io.recredit.ledger.ShownOrders;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells the story of an order as the newest finished run shows it. */
@Component
public class Explanations {

  private final ShownOrders orders;
  private final PolicyStore policies;

  Explanations(ShownOrders orders, PolicyStore policies) {
    this.orders = orders;
    this.policies = policies;
  }

  /** Empty where no finished run has read anything of the order. */
  public Optional<OrderStory> ofOrder(String orderId) {
    return orders.order(orderId).map(this::story);
  }

  private OrderStory story(ShownOrder order) {
    var next = policies.current();
    return new OrderStory(
        order,
        new Allocator(order.policies()).decide(order.history()),
        new Allocator(next).decide(order.history()),
        next);
  }
}
