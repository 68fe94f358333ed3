package io.recredit.allocation;

import static io.recredit.allocation.Phrases.capture;
import static io.recredit.allocation.Phrases.listed;
import static io.recredit.allocation.Phrases.money;
import static io.recredit.allocation.Phrases.time;

import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Outcome.WrittenOff;
import io.recredit.allocation.Resolution.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resolution comes to at its refund's own time: it takes the place of what the rules say,
 * unless the input contradicts it by now.
 */
final class Resolving {

  private Resolving() {}

  static Outcome resolve(OrderAt at, Resolution resolution, Outcome byTheRules) {
    if (resolution.resolvedAmount() != at.refund().refundedAmount()) {
      return contradicted(
          at,
          resolution,
          byTheRules,
          "the refund was of %s then and is of %s now"
              .formatted(
                  money(at, resolution.resolvedAmount()), money(at, at.refund().refundedAmount())));
    }
    if (resolution.writesOff()) {
      return new WrittenOff();
    }
    var placements = new ArrayList<Placement>();
    for (var part : resolution.parts()) {
      var account = account(at, part);
      var contradiction = account == null ? noSuchCapture(at, part) : noRoom(at, part, account);
      if (account == null || contradiction != null) {
        return contradicted(at, resolution, byTheRules, String.valueOf(contradiction));
      }
      // Which lines went where nobody said, unless all went to one capture.
      var lines = resolution.parts().size() == 1 ? at.refund().orderLines() : List.<OrderLine>of();
      placements.add(new Placement(account, part.amount(), lines));
    }
    return new Placed(MatchRule.MANUAL, placements);
  }

  /** For a refund only the captures up to its own time exist, by hand too. */
  private static @Nullable CaptureAccount account(OrderAt at, Part part) {
    return at.everyCapture().stream()
        .filter(account -> account.capture().captureId().equals(part.captureId()))
        .findFirst()
        .orElse(null);
  }

  private static String noSuchCapture(OrderAt at, Part part) {
    return at.history().captures().stream()
        .filter(capture -> capture.captureId().equals(part.captureId()))
        .findFirst()
        .map(
            later ->
                "%s was made at %s, after the refund at %s"
                    .formatted(
                        capture(later),
                        time(later.capturedAt(), at),
                        time(at.refund().refundedAt(), at)))
        .orElseGet(() -> "the order has no capture " + part.captureId());
  }

  private static @Nullable String noRoom(OrderAt at, Part part, CaptureAccount account) {
    if (!account.capture().purchaseCurrency().equals(at.currency())) {
      return "%s is in %s, the refund in %s"
          .formatted(
              capture(account.capture()), account.capture().purchaseCurrency(), at.currency());
    }
    if (part.amount() > account.room()) {
      return "%s has room for %s, not for %s"
          .formatted(
              capture(account.capture()), money(at, account.room()), money(at, part.amount()));
    }
    return null;
  }

  private static Failed contradicted(
      OrderAt at, Resolution resolution, Outcome byTheRules, String contradiction) {
    return new Failed(
        Reason.RESOLUTION_VOID,
        "%s %s at %s, but %s. By the rules alone: %s"
            .formatted(
                resolution.resolvedBy(),
                what(at, resolution),
                time(resolution.resolvedAt(), at),
                contradiction,
                byTheRules instanceof Failed failed
                    ? failed.explanation()
                    : "it can be allocated by now."),
        "Resolve refund %s anew, or withdraw the resolution and leave it to the rules."
            .formatted(at.refund().refundId()));
  }

  private static String what(OrderAt at, Resolution resolution) {
    return resolution.writesOff()
        ? "wrote it off"
        : "allocated it by hand to "
            + listed(
                resolution.parts(),
                part -> "capture " + part.captureId() + " (" + money(at, part.amount()) + ")");
  }
}
