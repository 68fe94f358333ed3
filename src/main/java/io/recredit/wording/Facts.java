package io.recredit.wording;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderAt;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Resolution;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What explanations and suggestions both go by. */
final class Facts {

  private Facts() {}

  /** Of an order that had no capture at the refund's time, the first that it got. */
  static Optional<Capture> firstLaterCapture(OrderAt order) {
    return order.history().captures().stream().min(Capture.OLDEST_FIRST);
  }

  /** Whenever it was made. */
  static Optional<Capture> captureOfOrder(OrderAt order, String captureId) {
    return order.history().captures().stream()
        .filter(capture -> capture.captureId().equals(captureId))
        .findFirst();
  }

  static OrderLine positiveFee(OrderAt order) {
    return order.feeLines().stream()
        .filter(line -> line.totalAmount() > 0)
        .findFirst()
        .orElseThrow();
  }

  static String countries(SortedSet<String> countries) {
    return countries.isEmpty() ? Messages.text("phrase.no-country") : String.join(", ", countries);
  }

  /** "wrote it off", "allocated it by hand to capture B (30.00 SEK)". */
  static String deed(Resolution resolution, @Nullable String currency) {
    if (resolution.parts().isEmpty()) {
      return Messages.text("deed.written-off");
    }
    var parts =
        Phrases.listed(
            resolution.parts(),
            part ->
                Messages.text(
                    "deed.part", part.captureId(), Amounts.format(part.amount(), currency)));
    return resolution.writtenOffAmount() == 0
        ? Messages.text("deed.by-hand", parts)
        : Messages.text(
            "deed.in-part", parts, Amounts.format(resolution.writtenOffAmount(), currency));
  }
}
