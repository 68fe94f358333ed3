package io.recredit.allocation;

import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Finding.PlacedLine;
import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Policies.Ambiguous;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Step 14: a refund that no capture covers goes line by line, whole or not at all. Used once per
 * refund.
 */
final class LineByLine {

  private final OrderAt order;
  private final Ambiguous ambiguous;
  private final Map<String, Share> shares = new HashMap<>();
  private final Map<String, List<CaptureState>> carrying = new HashMap<>();

  LineByLine(OrderAt order, Ambiguous ambiguous) {
    this.order = order;
    this.ambiguous = ambiguous;
    order.captures().forEach(capture -> shares.put(capture.captureId(), new Share()));
  }

  Finding place() {
    var placed = new ArrayList<PlacedLine>();
    var severalCarried = false;
    for (var line : inPlacingOrder()) {
      var candidates = carrying(line).stream().map(capture -> candidate(line, capture)).toList();
      var chosen = Rules.choose(candidates);
      var failure = chosen == null ? cannotBePlaced(line, candidates) : mayNotBe(candidates);
      placed.add(new PlacedLine(line, candidates, failure == null ? chosen : null));
      if (failure != null) {
        return new Finding.LineByLine(placed, new Failed(failure));
      }
      severalCarried |= candidates.size() > 1;
      share(Objects.requireNonNull(chosen).capture()).add(line);
    }
    var matchRule = severalCarried ? MatchRule.ONE_OF_SEVERAL : MatchRule.REFERENCE;
    return new Finding.LineByLine(placed, new Placed(matchRule, placements()));
  }

  /**
   * Positive lines first; within each, those that the fewest captures carry; the sort keeps the
   * refund's order.
   */
  private List<OrderLine> inPlacingOrder() {
    return order.goodsLines().stream()
        .sorted(
            Comparator.comparing((OrderLine line) -> line.totalAmount() <= 0)
                .thenComparing(line -> carrying(line).size()))
        .toList();
  }

  private List<CaptureState> carrying(OrderLine line) {
    return carrying.computeIfAbsent(referenceOf(line), order::carrying);
  }

  private Candidate candidate(OrderLine line, CaptureState capture) {
    var share = share(capture);
    var amount = line.totalAmount();
    var reference = referenceOf(line);
    return new Candidate(
        capture,
        share.net,
        amount > 0 ? amount <= capture.room() - share.net : share.net + amount >= 0,
        Map.of(reference, BigInteger.valueOf(amount)),
        Map.of(reference, share.taken.getOrDefault(reference, BigInteger.ZERO)));
  }

  private static Reason cannotBePlaced(OrderLine line, List<Candidate> candidates) {
    return line.totalAmount() > 0
        ? Rules.exceeds(line.totalAmount(), candidates)
        : Reason.NEGATIVE_CREDIT;
  }

  private @Nullable Reason mayNotBe(List<Candidate> candidates) {
    return candidates.size() > 1 && ambiguous == Ambiguous.REJECT ? Reason.AMBIGUOUS_CAPTURE : null;
  }

  /** Captures with a net of 0 included: they get no credit, but their lines are taken. */
  private List<Placement> placements() {
    return order.captures().stream()
        .filter(capture -> !share(capture).lines.isEmpty())
        .map(capture -> new Placement(capture, share(capture).net, share(capture).lines))
        .toList();
  }

  private Share share(CaptureState capture) {
    return Objects.requireNonNull(shares.get(capture.captureId()));
  }

  /** Step 11 has refused lines without reference. */
  private static String referenceOf(OrderLine line) {
    return Objects.requireNonNull(line.reference());
  }

  /** What this refund put on one capture so far; the net never leaves 0 to the capture's room. */
  private static final class Share {

    private final List<OrderLine> lines = new ArrayList<>();
    private final Map<String, BigInteger> taken = new HashMap<>();
    private long net;

    void add(OrderLine line) {
      lines.add(line);
      net += line.totalAmount();
      taken.merge(referenceOf(line), BigInteger.valueOf(line.totalAmount()), BigInteger::add);
    }
  }
}
