package io.recredit.evidence;

import static java.util.stream.Collectors.toMap;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an order's snapshots prove of where its refunds stand (rules.md, part 7, "What it proves").
 * Immutable and pure: the same snapshots, in whatever order they are handed over, prove the same.
 */
public final class KlarnaRecord {

  /** Of an order of which no document was read. */
  public static final KlarnaRecord NONE = of(List.of(), false);

  private final @Nullable Snapshot latest;
  private final @Nullable UsableSnapshot latestUsable;
  private final List<Snapshot> window;
  private final Map<String, KnownPlace> proven;

  private KlarnaRecord(
      @Nullable Snapshot latest,
      @Nullable UsableSnapshot latestUsable,
      List<Snapshot> window,
      Map<String, KnownPlace> proven) {
    this.latest = latest;
    this.latestUsable = latestUsable;
    this.window = List.copyOf(window);
    this.proven = proven;
  }

  /**
   * Goes through the snapshots in time; at each window's start what the one before proved is
   * forgotten.
   *
   * @param snapshots of one order, in any order, no two of a time
   * @param filesHaveRefunds whether a refunds file has a refund of the order: then snapshots with
   *     refunds that are not named are not usable
   */
  public static KlarnaRecord of(List<Snapshot> snapshots, boolean filesHaveRefunds) {
    var inTime = snapshots.stream().sorted(Comparator.comparing(Snapshot::readAt)).toList();
    UsableSnapshot latestUsable = null;
    var window = new ArrayList<Snapshot>();
    var proven = new ProvenPlaces();
    for (var snapshot : inTime) {
      if (snapshot.isUsable(filesHaveRefunds)) {
        var usable = UsableSnapshot.of(snapshot);
        if (latestUsable != null && usable.startsWindow(latestUsable)) {
          window.clear();
          proven = new ProvenPlaces();
        }
        window.add(snapshot);
        proven.lookAt(usable);
        latestUsable = usable;
      }
    }
    return new KlarnaRecord(
        inTime.isEmpty() ? null : inTime.get(inTime.size() - 1),
        latestUsable,
        window,
        proven.known());
  }

  /** Of all snapshots, usable or not, the one that was read last. */
  public Optional<Snapshot> latest() {
    return Optional.ofNullable(latest);
  }

  public Optional<Snapshot> latestUsable() {
    return Optional.ofNullable(latestUsable).map(UsableSnapshot::snapshot);
  }

  /** The last one, in time; empty where no snapshot is usable. */
  public List<Snapshot> window() {
    return window;
  }

  /**
   * Those of its snapshots without which it would be another record: of the last window each that
   * says something else than the one before, and what was read last, usable or not.
   */
  public Set<Snapshot> lookedAt() {
    var lookedAt = new LinkedHashSet<Snapshot>();
    Snapshot before = null;
    for (var snapshot : window) {
      if (before == null || !snapshot.saysTheSameAs(before)) {
        lookedAt.add(snapshot);
      }
      before = snapshot;
    }
    latestUsable().ifPresent(lookedAt::add);
    latest().ifPresent(lookedAt::add);
    return lookedAt;
  }

  /** The proven places of the refunds in the window's snapshots, by refundId. */
  public Map<String, KnownPlace> proven() {
    return proven;
  }

  /**
   * The proven place of a refund that is of this amount, in minor units, in the record too; null
   * where there is none.
   */
  public @Nullable Place provenWhole(String refundId, long refundedAmount) {
    var known = proven.get(refundId);
    return known != null
            && latestUsable != null
            && Objects.equals(latestUsable.refunds().get(refundId), refundedAmount)
        ? known.place()
        : null;
  }

  /**
   * What the record says of an order's refunds, in their order; empty where no snapshot is usable.
   * Places are inferred from the credits of all of them, so they are to be handed over together.
   *
   * @param refunds that the order is the input of, each once
   */
  public List<Evidence> compare(List<DecidedRefund> refunds) {
    if (latestUsable == null) {
      return List.of();
    }
    var snapshot = latestUsable;
    var credits =
        refunds.stream()
            .filter(refund -> refund.credits() != null)
            .collect(
                toMap(DecidedRefund::refundId, refund -> Objects.requireNonNull(refund.credits())));
    var inferred = InferredPlaces.in(snapshot, proven, credits);
    return refunds.stream()
        .map(
            refund -> {
              var place = proven.getOrDefault(refund.refundId(), inferred.get(refund.refundId()));
              var amount = snapshot.refunds().get(refund.refundId());
              var verdict = verdict(refund, amount, place, snapshot.readAt());
              return new Evidence(refund.refundId(), verdict, place, amount, snapshot.readAt());
            })
        .toList();
  }

  private static Verdict verdict(
      DecidedRefund refund, @Nullable Long amount, @Nullable KnownPlace known, Instant readAt) {
    if (amount == null) {
      return readAt.isBefore(refund.refundedAt()) ? Verdict.NEWER : Verdict.NOT_LISTED;
    }
    if (known == null) {
      return Verdict.UNDECIDED;
    }
    if (known.place().total().compareTo(BigInteger.valueOf(amount)) < 0) {
      return Verdict.ON_NO_INVOICE;
    }
    if (refund.credits() == null) {
      return Verdict.LANDED;
    }
    return known.place().equals(refund.credits()) ? Verdict.AS_DECIDED : Verdict.ELSEWHERE;
  }
}
