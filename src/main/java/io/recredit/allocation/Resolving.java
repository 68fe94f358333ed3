package io.recredit.allocation;

import io.recredit.allocation.Decided.ByHand;
import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Outcome.WrittenOff;
import io.recredit.allocation.Resolution.Part;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a resolution comes to at its refund's own time: it takes the place of what the rules say,
 * unless the input contradicts it by now (rules.md, part 6).
 */
final class Resolving {

  private final OrderAt order;
  private final Resolution resolution;

  Resolving(OrderAt order, Resolution resolution) {
    this.order = order;
    this.resolution = resolution;
  }

  ByHand byHand() {
    return new ByHand(resolution, contradiction());
  }

  static Outcome outcome(ByHand byHand, OrderAt order) {
    if (byHand.contradiction() != null) {
      return new Failed(Reason.RESOLUTION_VOID);
    }
    var resolution = byHand.resolution();
    if (resolution.parts().isEmpty()) {
      return new WrittenOff();
    }
    // Of several captures nobody said which lines went where.
    var isOne = resolution.parts().size() == 1;
    var lines = isOne ? order.refund().orderLines() : List.<OrderLine>of();
    return new Placed(
        MatchRule.MANUAL,
        resolution.parts().stream()
            .map(part -> new Placement(capture(order, part).orElseThrow(), part.amount(), lines))
            .toList(),
        resolution.writtenOffAmount());
  }

  private @Nullable Contradiction contradiction() {
    if (resolution.resolvedAmount() != order.refund().refundedAmount()) {
      return new Contradiction.OtherAmount();
    }
    return resolution.parts().stream()
        .map(this::contradiction)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Contradiction contradiction(Part part) {
    var found = capture(order, part).orElse(null);
    if (found == null) {
      return order.history().captures().stream()
          .filter(capture -> capture.captureId().equals(part.captureId()))
          .findFirst()
          .<Contradiction>map(Contradiction.LaterCapture::new)
          .orElseGet(() -> new Contradiction.NoSuchCapture(part));
    }
    if (!found.capture().purchaseCurrency().equals(order.currency())) {
      return new Contradiction.OtherCurrency(found.capture());
    }
    return part.amount() > found.room() ? new Contradiction.NoRoom(part, found) : null;
  }

  private static Optional<CaptureState> capture(OrderAt order, Part part) {
    return order.everyCapture().stream()
        .filter(capture -> capture.captureId().equals(part.captureId()))
        .findFirst();
  }
}
