package io.recredit.allocation;

import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.evidence.KlarnaRecord;
import io.recredit.evidence.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's record proves of a refund, followed: it takes the place of what the rules say
 * (rules.md, part 7, policy {@code evidence}).
 */
final class Following {

  private final OrderAt order;
  private final @Nullable Place place;

  Following(OrderAt order, KlarnaRecord record) {
    this.order = order;
    this.place = record.provenWhole(order.refund().refundId(), order.refund().refundedAmount());
  }

  Outcome outcome(Outcome byTheRules) {
    if (place == null) {
      return byTheRules;
    }
    if (place.total().compareTo(BigInteger.valueOf(order.refund().refundedAmount())) < 0) {
      return byTheRules instanceof Placed ? new Failed(Reason.ON_NO_INVOICE) : byTheRules;
    }
    return canBeCredited(place) ? credited(place, byTheRules) : byTheRules;
  }

  private boolean canBeCredited(Place proven) {
    return Objects.equals(order.currency(), order.orderCurrency())
        && proven.amounts().entrySet().stream()
            .allMatch(
                on ->
                    order.captures().stream()
                        .anyMatch(
                            capture ->
                                capture.captureId().equals(on.getKey())
                                    && capture.room() >= on.getValue()));
  }

  /**
   * What the rules say with certainty they go on saying; else their lines are known to be right.
   */
  private Outcome credited(Place proven, Outcome byTheRules) {
    if (byTheRules instanceof Placed placed && placed.place().equals(proven)) {
      return placed.matchRule() == MatchRule.ONE_OF_SEVERAL
          ? new Placed(MatchRule.KLARNA_RECORD, placed.placements())
          : placed;
    }
    // Of several captures nobody said which lines went where.
    var isOne = proven.amounts().size() == 1;
    var lines = isOne ? order.refund().orderLines() : List.<OrderLine>of();
    var placements = new ArrayList<Placement>();
    for (var capture : order.captures()) {
      var amount = proven.amounts().get(capture.captureId());
      if (amount != null) {
        placements.add(new Placement(capture, amount, lines));
      }
    }
    return new Placed(MatchRule.KLARNA_RECORD, placements);
  }
}
