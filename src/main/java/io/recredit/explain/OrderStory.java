package io.recredit.explain;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Policies;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.ShownOrder;
import io.recredit.ledger.ShownOrder.ShownDecision;
import io.recredit.wording.Wording;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is shown, with every refund's way through the rules.
 *
 * @param decided each refund by the policies of the run that is shown, in time
 * @param next the same by the policies of the next run
 * @param nextPolicies those policies
 */
public record OrderStory(
    ShownOrder order, List<Decided> decided, List<Decided> next, Policies nextPolicies) {

  /** The refunds ever decided of the order, in time; those withdrawn since at the end. */
  public List<String> refundIds() {
    var ids = new LinkedHashSet<String>();
    decided.forEach(e -> ids.add(e.decision().refund().refundId()));
    order.decisions().forEach(shown -> ids.add(shown.decision().refundId()));
    return List.copyOf(ids);
  }

  Wording wording() {
    return new Wording(order.policies().timeZone());
  }

  /** Empty where the refund was withdrawn. */
  Optional<Decided> decided(String refundId) {
    return of(refundId, decided);
  }

  private static Optional<Decided> of(String refundId, List<Decided> all) {
    return all.stream().filter(e -> e.decision().refund().refundId().equals(refundId)).findFirst();
  }

  /** The currency of a refund, as it was last decided. */
  @Nullable String currency(String refundId) {
    var decisions = order.decisionsOn(refundId);
    return decisions.isEmpty() ? null : decisions.get(decisions.size() - 1).decision().currency();
  }

  /** What is to be said where the tables, these rules and the next run do not agree. */
  Optional<String> difference(String refundId) {
    var now = of(refundId, decided).map(e -> DecisionRow.of(e.decision(), order.policies()));
    var then = of(refundId, next).map(e -> DecisionRow.of(e.decision(), nextPolicies));
    var shown =
        order.decisionsOn(refundId).stream()
            .filter(decision -> decision.supersededBy() == null)
            .map(ShownDecision::decision)
            .findFirst();
    if (!shown.equals(now)) {
      return Optional.of(
          text(
              "explain.difference.other-version",
              shown.map(Words::outcome).orElseGet(() -> text("explain.outcome.none"))));
    }
    return then.filter(row -> !Optional.of(row).equals(now))
        .map(row -> text("explain.difference.policies", order.runId(), Words.outcome(row)));
  }
}
