package io.recredit.evidence;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * rules.md, part 7, "What it proves", written down a second time, for {@link KlarnaRecordLawTest}
 * to compare with: slow and plain, word by word, everything worked out anew wherever it is needed,
 * in numbers without bounds. It shares nothing with the {@link KlarnaRecord} but the records.
 */
public final class NaiveKlarnaRecord {

  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final List<Snapshot> usable;

  public NaiveKlarnaRecord(List<Snapshot> snapshots, boolean filesHaveRefunds) {
    usable =
        snapshots.stream()
            .filter(snapshot -> snapshot.invoices().stream().allMatch(i -> says(i)))
            .filter(
                snapshot ->
                    !(filesHaveRefunds
                        && snapshot.refunds().stream().anyMatch(refund -> !refund.isNamed())))
            .sorted(Comparator.comparing(Snapshot::readAt))
            .toList();
  }

  private static boolean says(Snapshot.Invoice invoice) {
    return invoice.refundedAmount() != null;
  }

  public List<Snapshot> window() {
    var windows = new ArrayList<List<Snapshot>>();
    for (var i = 0; i < usable.size(); i++) {
      if (i == 0 || moved(usable.get(i - 1), usable.get(i))) {
        windows.add(new ArrayList<>());
      }
      windows.get(windows.size() - 1).add(usable.get(i));
    }
    return windows.isEmpty() ? List.of() : windows.get(windows.size() - 1);
  }

  /** A capture shows less, a refund is gone or has another amount, or more shows than is new. */
  private static boolean moved(Snapshot before, Snapshot after) {
    var growth = BigInteger.ZERO;
    for (var capture : captures(List.of(before, after), Map.of())) {
      var more = shown(after, capture).subtract(shown(before, capture));
      if (more.signum() < 0) {
        return true;
      }
      growth = growth.add(more);
    }
    var added = BigInteger.ZERO;
    for (var refund : after.refunds()) {
      var earlier = amount(before, refund.refundId());
      if (earlier == null) {
        added = added.add(BigInteger.valueOf(refund.refundedAmount()));
      } else if (earlier != refund.refundedAmount()) {
        return true;
      }
    }
    return growth.compareTo(added) > 0
        || before.refunds().stream().anyMatch(refund -> amount(after, refund.refundId()) == null);
  }

  Map<String, KnownPlace> proven() {
    var known = new HashMap<String, KnownPlace>();
    for (var foundSome = true; foundSome; ) {
      foundSome = false;
      for (var snapshot : window()) {
        var found = find(snapshot, places(known), Certainty.PROVEN);
        known.putAll(found);
        foundSome |= !found.isEmpty();
      }
    }
    return known;
  }

  private static Map<String, Place> places(Map<String, KnownPlace> known) {
    return known.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().place()));
  }

  /** Rule 2 in one snapshot; an empty map where it finds nothing. */
  private static Map<String, KnownPlace> find(
      Snapshot snapshot, Map<String, Place> known, Certainty certainty) {
    var open =
        snapshot.refunds().stream()
            .filter(refund -> !known.containsKey(refund.refundId()))
            .toList();
    var left = left(snapshot, known);
    if (open.isEmpty()
        || left.values().stream().anyMatch(amount -> amount.signum() < 0)
        || sum(left.values().stream()).compareTo(sumOf(open)) > 0) {
      return Map.of();
    }
    var somewhere = new HashMap<String, Long>();
    left.forEach((capture, amount) -> somewhere.put(capture, amount.longValueExact()));
    somewhere.values().removeIf(amount -> amount == 0);
    var isOneSum = somewhere.size() == 1 && sum(left.values().stream()).equals(sumOf(open));
    var found = new HashMap<String, KnownPlace>();
    for (var refund : open) {
      Map<String, Long> place;
      FoundBy by;
      if (open.size() == 1) {
        place = somewhere;
        by = FoundBy.ONLY_ONE_OPEN;
      } else if (somewhere.isEmpty()) {
        place = Map.of();
        by = FoundBy.NOTHING_LEFT;
      } else if (isOneSum) {
        place = Map.of(somewhere.keySet().iterator().next(), refund.refundedAmount());
        by = FoundBy.ALL_ON_ONE;
      } else {
        continue;
      }
      found.put(
          refund.refundId(), new KnownPlace(Place.of(place), certainty, snapshot.readAt(), by));
    }
    return found;
  }

  /** Rule 3. */
  private Map<String, KnownPlace> inferred(List<DecidedRefund> refunds) {
    var latest = usable.get(usable.size() - 1);
    var proven = places(proven());
    var credits = new HashMap<String, Place>();
    for (var refund : refunds) {
      var place = refund.credits();
      if (place != null
          && amount(latest, refund.refundId()) != null
          && !proven.containsKey(refund.refundId())) {
        credits.put(refund.refundId(), place);
      }
    }
    var all = new HashMap<>(proven);
    all.putAll(credits);
    var left = left(latest, all);
    var inAll = sum(left.values().stream());
    if (left.values().stream().anyMatch(amount -> amount.signum() < 0)) {
      return Map.of();
    }
    var inferred = new HashMap<String, KnownPlace>();
    credits.forEach(
        (id, place) ->
            inferred.put(
                id,
                new KnownPlace(place, Certainty.INFERRED, latest.readAt(), FoundBy.AS_CREDITED)));
    var open =
        latest.refunds().stream().filter(refund -> !all.containsKey(refund.refundId())).toList();
    if (open.isEmpty()) {
      return inAll.signum() == 0 ? inferred : Map.of();
    }
    var found = find(latest, all, Certainty.INFERRED);
    if (found.isEmpty()) {
      return inAll.compareTo(sumOf(open)) > 0 ? Map.of() : inferred;
    }
    inferred.putAll(found);
    return inferred;
  }

  List<Evidence> compare(List<DecidedRefund> refunds) {
    if (usable.isEmpty()) {
      return List.of();
    }
    var latest = usable.get(usable.size() - 1);
    var places = new HashMap<>(inferred(refunds));
    places.putAll(proven());
    return refunds.stream()
        .map(
            refund -> {
              var amount = amount(latest, refund.refundId());
              var place = amount == null ? null : places.get(refund.refundId());
              return new Evidence(
                  refund.refundId(),
                  verdict(refund, amount, place, latest.readAt()),
                  place,
                  amount,
                  latest.readAt());
            })
        .toList();
  }

  private static Verdict verdict(
      DecidedRefund refund, @Nullable Long amount, @Nullable KnownPlace known, Instant readAt) {
    if (amount == null) {
      return readAt.compareTo(refund.refundedAt()) < 0 ? Verdict.NEWER : Verdict.NOT_LISTED;
    }
    if (known == null) {
      return Verdict.UNDECIDED;
    }
    var place = known.place().amounts();
    if (sum(place.values().stream().map(BigInteger::valueOf)).compareTo(BigInteger.valueOf(amount))
        < 0) {
      return Verdict.ON_NO_INVOICE;
    }
    return refund.credits() == null
        ? Verdict.LANDED
        : refund.credits().amounts().equals(place) ? Verdict.AS_DECIDED : Verdict.ELSEWHERE;
  }

  /** On every capture that the snapshot or a place names. */
  private static Map<String, BigInteger> left(Snapshot snapshot, Map<String, Place> places) {
    var left = new HashMap<String, BigInteger>();
    for (var capture : captures(List.of(snapshot), places)) {
      var put =
          snapshot.refunds().stream()
              .flatMap(refund -> Stream.ofNullable(places.get(refund.refundId())))
              .map(place -> BigInteger.valueOf(place.amounts().getOrDefault(capture, 0L)));
      left.put(capture, shown(snapshot, capture).subtract(sum(put)));
    }
    return left;
  }

  private static Set<String> captures(List<Snapshot> snapshots, Map<String, Place> places) {
    var captures = new TreeSet<>(BY_CODE_POINT);
    snapshots.forEach(s -> s.invoices().forEach(invoice -> captures.add(invoice.captureId())));
    places.values().forEach(place -> captures.addAll(place.amounts().keySet()));
    return captures;
  }

  private static BigInteger shown(Snapshot snapshot, String captureId) {
    return sum(
        snapshot.invoices().stream()
            .filter(invoice -> invoice.captureId().equals(captureId))
            .flatMap(invoice -> Stream.ofNullable(invoice.refundedAmount()))
            .map(BigInteger::valueOf));
  }

  private static @Nullable Long amount(Snapshot snapshot, String refundId) {
    for (var refund : snapshot.refunds()) {
      if (refund.refundId().equals(refundId)) {
        return refund.refundedAmount();
      }
    }
    return null;
  }

  private static BigInteger sumOf(List<Snapshot.ListedRefund> refunds) {
    return sum(refunds.stream().map(refund -> BigInteger.valueOf(refund.refundedAmount())));
  }

  private static BigInteger sum(Stream<BigInteger> amounts) {
    return amounts.reduce(BigInteger.ZERO, BigInteger::add);
  }
}
