package io.recredit.allocation;

import io.recredit.evidence.DecidedRefund;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision with all that led to it.
 *
 * @param order as the refund met it
 * @param findings of the rules' steps, in their order, up to the one that decided
 * @param byHand what an accountant's resolution came to in place of the rules; null where there is
 *     none
 * @param said what the rules, or a resolution, say: other than the decision where Klarna's record
 *     was followed
 * @param outcome what the decision was made from
 */
public record Decided(
    OrderAt order,
    List<Finding> findings,
    @Nullable ByHand byHand,
    Outcome said,
    Outcome outcome,
    Decision decision) {

  public Decided {
    findings = List.copyOf(findings);
  }

  /** What is held beside Klarna's record: what was said before that was followed. */
  public DecidedRefund decidedRefund() {
    var refund = order.refund();
    return new DecidedRefund(
        refund.refundId(),
        refund.refundedAmount(),
        refund.refundedAt(),
        said instanceof Outcome.Placed placed ? placed.place() : null);
  }

  /** The finding of the step that decided. */
  public Finding last() {
    return findings.get(findings.size() - 1);
  }

  /**
   * What an accountant's resolution came to.
   *
   * @param contradiction why it does not hold any more; null where it does
   */
  public record ByHand(Resolution resolution, @Nullable Contradiction contradiction) {}
}
