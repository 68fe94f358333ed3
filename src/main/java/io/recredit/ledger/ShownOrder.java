package io.recredit.ledger;

import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.Policies;
import io.recredit.resolution.ShownResolution;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order as the newest finished run shows it.
 *
 * @param runId that run
 * @param policies those it decided by
 * @param decisions every one that was ever shown, by run
 * @param resolutions every one that was ever made, by run
 * @param otherOrders what other orders say about its refunds
 * @param answers what Klarna refused and told of it
 */
public record ShownOrder(
    long runId,
    Policies policies,
    OrderHistory history,
    List<ShownDecision> decisions,
    List<ShownResolution> resolutions,
    OtherOrders otherOrders,
    KlarnaAnswers answers) {

  /**
   * What other orders say about refunds of this one, by refund.
   *
   * @param hints a sentence to be said with the advice
   * @param movedTo the orders under which the files name it now
   */
  public record OtherOrders(Map<String, String> hints, Map<String, String> movedTo) {

    public static final OtherOrders SILENT = new OtherOrders(Map.of(), Map.of());

    public OtherOrders {
      hints = Map.copyOf(hints);
      movedTo = Map.copyOf(movedTo);
    }
  }

  /**
   * A decision with the finished run that made it.
   *
   * @param supersededBy the run that decided otherwise, or found the refund withdrawn; null while
   *     the decision is in force
   */
  public record ShownDecision(
      long runId,
      LocalDate decidedOn,
      DecisionRow decision,
      @Nullable Long supersededBy,
      @Nullable LocalDate supersededOn) {}

  /** The decisions on one refund, by run. */
  public List<ShownDecision> decisionsOn(String refundId) {
    return decisions.stream()
        .filter(shown -> shown.decision().refundId().equals(refundId))
        .toList();
  }

  /** What accountants decided about one refund, by run. */
  public List<ShownResolution> resolutionsOf(String refundId) {
    return resolutions.stream().filter(made -> made.refundId().equals(refundId)).toList();
  }
}
