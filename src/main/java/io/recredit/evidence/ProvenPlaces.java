package io.recredit.evidence;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rule 2: the places that a window's snapshots prove, which are handed over from the oldest on.
 *
 * <p>One pass is enough. A snapshot of a window lists every refund that those before it list; where
 * places are found in one, none of its refunds is open any more, and so none of theirs. Another
 * pass would find nothing. For the same reason every known place is one of the snapshot's own
 * refunds.
 */
final class ProvenPlaces {

  private final Map<String, KnownPlace> known = new LinkedHashMap<>();

  /** What the known places together put on each capture. */
  private final Map<String, Long> placed = new HashMap<>();

  void lookAt(UsableSnapshot snapshot) {
    var left = new Left(snapshot.onInvoices());
    if (left.take(placed)) {
      snapshot
          .refundsWithout(known.keySet())
          .find(left, Certainty.PROVEN, snapshot.readAt())
          .forEach(this::add);
    }
  }

  /** By refundId. */
  Map<String, KnownPlace> known() {
    return Collections.unmodifiableMap(known);
  }

  private void add(String refundId, KnownPlace found) {
    known.put(refundId, found);
    found
        .place()
        .amounts()
        .forEach((captureId, amount) -> placed.merge(captureId, amount, Math::addExact));
  }
}
