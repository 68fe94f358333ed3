package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Outcome;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Resolution.Part;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules alone would do, with what is known now, about a refund that an accountant
 * resolved: late input may show that it was resolved in vain, or elsewhere than they would.
 *
 * @param rulesDecision the match rule by which they would credit it, or the reason why not
 * @param parts what they would credit where; empty where they would not
 */
public record RulesDecision(
    String refundId, String orderId, String rulesDecision, List<Part> parts) {

  public RulesDecision {
    parts = List.copyOf(parts);
  }

  /** Empty where nobody resolved the refund. */
  static Optional<RulesDecision> of(Decided decided) {
    if (decided.byHand() == null) {
      return Optional.empty();
    }
    var refund = decided.order().refund();
    var byTheRules = Objects.requireNonNull(decided.last().outcome());
    return Optional.of(
        new RulesDecision(
            refund.refundId(), refund.orderId(), byTheRules.word(), parts(byTheRules)));
  }

  private static List<Part> parts(Outcome byTheRules) {
    return byTheRules instanceof Placed placed
        ? placed.placements().stream()
            .filter(placement -> placement.amount() > 0)
            .map(RulesDecision::part)
            .toList()
        : List.of();
  }

  private static Part part(Placement placement) {
    return new Part(placement.capture().captureId(), placement.amount());
  }
}
