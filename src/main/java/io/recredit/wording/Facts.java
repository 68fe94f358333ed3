package io.recredit.wording;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderAt;
import io.recredit.allocation.OrderLine;
import java.util.Optional;
import java.util.SortedSet;

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
}
