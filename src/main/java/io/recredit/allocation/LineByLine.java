package io.recredit.allocation;

import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Policies.Ambiguous;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SPEC step 14: a refund that no capture covers goes line by line, whole or not at all. Used once
 * per refund.
 */
final class LineByLine {

  private final OrderAt at;
  private final Ambiguous ambiguous;
  private final Trace trace;
  private final Map<CaptureAccount, Share> shares = new LinkedHashMap<>();
  private final Map<String, List<CaptureAccount>> carrying = new HashMap<>();

  LineByLine(OrderAt at, Ambiguous ambiguous, Trace trace) {
    this.at = at;
    this.ambiguous = ambiguous;
    this.trace = trace;
    at.captures().forEach(account -> shares.put(account, new Share()));
  }

  Outcome place() {
    var severalCarried = false;
    for (var line : inPlacingOrder()) {
      var accounts = carrying(line);
      trace.found(
          Step.LINE_BY_LINE,
          () -> Choices.carrying(at, line, accounts),
          accounts,
          account -> candidate(line, account));
      var taker = takerOf(line, accounts);
      if (taker == null) {
        return cannotBePlaced(line, accounts);
      }
      if (accounts.size() > 1 && ambiguous == Ambiguous.REJECT) {
        return NotAllocated.ambiguousCapture(at, line, accounts);
      }
      trace.found(
          Step.LINE_BY_LINE,
          () -> Choices.chosen(taker, accounts.size(), fitsOnTheLines(taker, line)));
      severalCarried |= accounts.size() > 1;
      share(taker).add(line);
    }
    return new Placed(
        severalCarried ? MatchRule.ONE_OF_SEVERAL : MatchRule.REFERENCE, placements());
  }

  /**
   * Positive lines first; within each, those that the fewest captures carry; the sort keeps the
   * refund's order.
   */
  private List<OrderLine> inPlacingOrder() {
    return at.goodsLines().stream()
        .sorted(
            Comparator.comparing((OrderLine line) -> line.totalAmount() <= 0)
                .thenComparing(line -> carrying(line).size()))
        .toList();
  }

  private List<CaptureAccount> carrying(OrderLine line) {
    return carrying.computeIfAbsent(referenceOf(line), at::carrying);
  }

  private @Nullable CaptureAccount takerOf(OrderLine line, List<CaptureAccount> accounts) {
    var able = accounts.stream().filter(account -> canTake(account, line.totalAmount())).toList();
    return able.stream()
        .filter(account -> fitsOnTheLines(account, line))
        .findFirst()
        .orElse(able.isEmpty() ? null : able.get(0));
  }

  private boolean canTake(CaptureAccount account, long amount) {
    var net = share(account).net;
    return amount > 0 ? amount <= account.room() - net : net + amount >= 0;
  }

  private boolean fitsOnTheLines(CaptureAccount account, OrderLine line) {
    return account.fits(
        referenceOf(line),
        BigInteger.valueOf(line.totalAmount()),
        share(account).takenUnder(referenceOf(line)));
  }

  private Candidate candidate(OrderLine line, CaptureAccount account) {
    return Choices.forTheLine(
        at,
        account,
        line,
        share(account).net,
        share(account).takenUnder(referenceOf(line)),
        canTake(account, line.totalAmount()),
        fitsOnTheLines(account, line));
  }

  private Outcome cannotBePlaced(OrderLine line, List<CaptureAccount> accounts) {
    if (line.totalAmount() > 0) {
      var reason = AllocationSteps.exceeds(line.totalAmount(), accounts);
      return NotAllocated.tooLarge(reason, at, line, accounts);
    }
    var netByCapture = new LinkedHashMap<CaptureAccount, Long>();
    accounts.forEach(account -> netByCapture.put(account, share(account).net));
    return NotAllocated.negativeCredit(at, line, netByCapture);
  }

  /** Captures with a net of 0 included: they get no credit, but their lines are taken. */
  private List<Placement> placements() {
    return shares.entrySet().stream()
        .filter(entry -> !entry.getValue().lines.isEmpty())
        .map(entry -> new Placement(entry.getKey(), entry.getValue().net, entry.getValue().lines))
        .toList();
  }

  private Share share(CaptureAccount account) {
    return Objects.requireNonNull(shares.get(account));
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

    BigInteger takenUnder(String reference) {
      return taken.getOrDefault(reference, BigInteger.ZERO);
    }
  }
}
