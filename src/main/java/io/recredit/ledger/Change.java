package io.recredit.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * What a run changes of rows in versions that each belong to one refund.
 *
 * @param gone refunds whose row in force does not hold any more
 * @param added rows that are new, or take the place of those
 */
record Change<T>(List<String> gone, List<T> added) {

  Change {
    gone = List.copyOf(gone);
    added = List.copyOf(added);
  }

  static <T> Change<T> none() {
    return new Change<>(List.of(), List.of());
  }

  static <T> Change<T> of(Collection<T> before, Collection<T> after, Function<T, String> refundId) {
    var old = new LinkedHashMap<String, T>();
    before.forEach(one -> old.put(refundId.apply(one), one));
    var gone = new ArrayList<String>();
    var added = new ArrayList<T>();
    for (var one : after) {
      var was = old.remove(refundId.apply(one));
      if (!one.equals(was)) {
        added.add(one);
        if (was != null) {
          gone.add(refundId.apply(was));
        }
      }
    }
    gone.addAll(old.keySet());
    return new Change<>(gone, added);
  }

  int size() {
    return gone.size() + added.size();
  }
}
