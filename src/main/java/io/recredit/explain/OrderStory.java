package io.recredit.explain;

import static io.recredit.wording.Messages.text;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Policies;
import io.recredit.evidence.Evidence;
import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.ShownOrder;
import io.recredit.ledger.ShownOrder.ShownDecision;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.WholeOrder;
import io.recredit.wording.Wording;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is shown, with every refund's way through the rules. What is of one refund is
 * looked up, not searched for: an order can have very many.
 */
public final class OrderStory {

  private final ShownOrder order;
  private final List<Decided> decided;
  private final WholeOrder whole;
  private final Policies nextPolicies;
  private final Map<String, Decided> decidedById;
  private final Map<String, Decided> nextById;
  private final Map<String, List<ShownDecision>> decisionsById;
  private final Map<String, List<ShownResolution>> resolutionsById;

  /**
   * @param decided each refund by the policies of the run that is shown, in time
   * @param next the same by the policies of the next run
   * @param nextPolicies those policies
   */
  OrderStory(ShownOrder order, List<Decided> decided, List<Decided> next, Policies nextPolicies) {
    this.order = order;
    this.decided = decided;
    this.whole = WholeOrder.of(decided);
    this.nextPolicies = nextPolicies;
    decidedById = byId(decided);
    nextById = byId(next);
    decisionsById =
        order.decisions().stream().collect(groupingBy(shown -> shown.decision().refundId()));
    resolutionsById = order.resolutions().stream().collect(groupingBy(ShownResolution::refundId));
  }

  private static Map<String, Decided> byId(List<Decided> decided) {
    return decided.stream()
        .collect(
            toMap(each -> each.decision().refund().refundId(), Function.identity(), (a, b) -> a));
  }

  /** What to do about an exception, with what other orders say about it. */
  String suggestion(Decided decided, Excepted exception) {
    var suggested = wording().suggested(decided, exception, whole).sentence();
    var hint = order.otherOrders().hints().get(exception.refund().refundId());
    return hint == null ? suggested : text("explain.story.suggestion", suggested, hint);
  }

  /** The order under which the files name a refund now that was of this one before. */
  Optional<String> movedTo(String refundId) {
    return Optional.ofNullable(order.otherOrders().movedTo().get(refundId));
  }

  public ShownOrder order() {
    return order;
  }

  public List<Decided> decided() {
    return decided;
  }

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
    return Optional.ofNullable(decidedById.get(refundId));
  }

  /** What Klarna's record says of it; empty where no usable document of the order was read. */
  Optional<Evidence> evidence(String refundId) {
    return whole.evidence(refundId);
  }

  /** The decisions on one refund, by run. */
  List<ShownDecision> decisionsOn(String refundId) {
    return decisionsById.getOrDefault(refundId, List.of());
  }

  /** What accountants decided about one refund, by run. */
  List<ShownResolution> resolutionsOf(String refundId) {
    return resolutionsById.getOrDefault(refundId, List.of());
  }

  /** The currency of a refund, as it was last decided. */
  @Nullable String currency(String refundId) {
    var decisions = decisionsOn(refundId);
    return decisions.isEmpty() ? null : decisions.get(decisions.size() - 1).decision().currency();
  }

  /** What is to be said where the tables, these rules and the next run do not agree. */
  Optional<String> difference(String refundId) {
    var now = decided(refundId).map(e -> DecisionRow.of(e.decision(), order.policies()));
    var then =
        Optional.ofNullable(nextById.get(refundId))
            .map(e -> DecisionRow.of(e.decision(), nextPolicies));
    var shown =
        decisionsOn(refundId).stream()
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
