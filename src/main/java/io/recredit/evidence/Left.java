package io.recredit.evidence;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left on the invoices of a snapshot: what stands on each, less what places of the
 * snapshot's refunds put there. Minor units, by captureId; each stays 0 or more, so that nothing
 * leaves 64 bits.
 */
final class Left {

  private final Map<String, Long> amounts;

  Left(Map<String, Long> onInvoices) {
    amounts = new HashMap<>(onInvoices);
  }

  /**
   * Takes off what a place, or several together, put on the invoices.
   *
   * @return false where less than nothing would then be left on a capture: there is no going on
   */
  boolean take(Map<String, Long> place) {
    for (var put : place.entrySet()) {
      var left = amounts.getOrDefault(put.getKey(), 0L) - put.getValue();
      if (left < 0) {
        return false;
      }
      amounts.put(put.getKey(), left);
    }
    return true;
  }

  long inAll() {
    return amounts.values().stream().reduce(0L, Math::addExact);
  }

  /** The only capture on which anything is left; null where there is none, or several. */
  @Nullable String onlyCapture() {
    var place = asPlace().amounts();
    return place.size() == 1 ? place.firstKey() : null;
  }

  Place asPlace() {
    return Place.of(amounts);
  }
}
