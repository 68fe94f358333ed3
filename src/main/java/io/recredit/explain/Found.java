package io.recredit.explain;

import java.util.List;
import java.util.Set;

/**
 * What was found by what somebody has.
 *
 * @param targets refunds and orders, none twice
 * @param isCut there are more than these
 */
public record Found(List<Target> targets, boolean isCut) {

  static final Found NOTHING = new Found(List.of(), false);

  /** A refund or a whole order, which has a story. */
  public sealed interface Target {

    String orderId();
  }

  public record FoundRefund(String refundId, String orderId) implements Target {}

  public record FoundOrder(String orderId) implements Target {}

  static Found of(List<Target> found, int most) {
    var targets = withoutRefundsOfFoundOrders(found.stream().distinct().toList());
    return new Found(targets.stream().limit(most).toList(), targets.size() > most);
  }

  /** Shops give a refund its order's number: whoever asks by it asks for the order. */
  private static List<Target> withoutRefundsOfFoundOrders(List<Target> targets) {
    var all = Set.copyOf(targets);
    return targets.stream()
        .filter(
            target ->
                target instanceof FoundOrder || !all.contains(new FoundOrder(target.orderId())))
        .toList();
  }

  /** An order that is asked for by its id. */
  public static Found order(String orderId) {
    return new Found(List.of(new FoundOrder(orderId)), false);
  }

  public boolean isEmpty() {
    return targets.isEmpty();
  }
}
