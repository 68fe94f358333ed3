package io.recredit.evidence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rule 3: the places in the latest usable snapshot, if its refunds without a proven place that are
 * credited stand where they are credited.
 */
final class InferredPlaces {

  private InferredPlaces() {}

  /**
   * By refundId.
   *
   * @param proven the known places of the snapshot's refunds
   * @param credits of the order's refunds that are credited
   */
  static Map<String, KnownPlace> in(
      UsableSnapshot latest, Map<String, KnownPlace> proven, Map<String, Place> credits) {
    var credited = new LinkedHashMap<String, KnownPlace>();
    for (var refundId : latest.refundsWithout(proven.keySet()).amounts().keySet()) {
      var place = credits.get(refundId);
      if (place != null) {
        credited.put(
            refundId,
            new KnownPlace(place, Certainty.INFERRED, latest.readAt(), FoundBy.AS_CREDITED));
      }
    }
    var left = new Left(latest.onInvoices());
    if (!takeAll(proven, left) || !takeAll(credited, left)) {
      return Map.of();
    }
    var placed = new HashSet<>(proven.keySet());
    placed.addAll(credited.keySet());
    var open = latest.refundsWithout(placed);
    // Where no refund is open, their sum is 0, and this says: unless nothing at all is left.
    if (left.inAll() > open.sum()) {
      return Map.of();
    }
    var inferred = new LinkedHashMap<>(credited);
    inferred.putAll(open.find(left, Certainty.INFERRED, latest.readAt()));
    return inferred;
  }

  private static boolean takeAll(Map<String, KnownPlace> places, Left left) {
    return places.values().stream().allMatch(known -> left.take(known.place().amounts()));
  }
}
