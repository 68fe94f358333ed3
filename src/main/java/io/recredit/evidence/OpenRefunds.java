package io.recredit.evidence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The refunds of a snapshot whose place is not known.
 *
 * @param amounts in minor units, by refundId
 */
record OpenRefunds(Map<String, Long> amounts) {

  boolean isNone() {
    return amounts.isEmpty();
  }

  long sum() {
    return amounts.values().stream().reduce(0L, Math::addExact);
  }

  /** Their places, if what is left tells them (rules.md, part 7, rule 2); else none. */
  Map<String, KnownPlace> find(Left left, Certainty certainty, Instant readAt) {
    if (isNone() || left.inAll() > sum()) {
      return Map.of();
    }
    if (amounts.size() == 1) {
      return each(amount -> left.asPlace(), FoundBy.ONLY_ONE_OPEN, certainty, readAt);
    }
    if (left.inAll() == 0) {
      return each(amount -> Place.ON_NO_INVOICE, FoundBy.NOTHING_LEFT, certainty, readAt);
    }
    var capture = left.onlyCapture();
    return capture != null && left.inAll() == sum()
        ? each(amount -> Place.wholeOn(capture, amount), FoundBy.ALL_ON_ONE, certainty, readAt)
        : Map.of();
  }

  private Map<String, KnownPlace> each(
      LongFunction<Place> place, FoundBy by, Certainty certainty, Instant readAt) {
    var places = new LinkedHashMap<String, KnownPlace>();
    amounts.forEach(
        (refundId, amount) ->
            places.put(refundId, new KnownPlace(place.apply(amount), certainty, readAt, by)));
    return places;
  }
}
