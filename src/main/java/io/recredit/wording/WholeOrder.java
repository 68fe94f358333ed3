package io.recredit.wording;

import io.recredit.allocation.CaptureState;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.evidence.Evidence;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that was decided of an order, as far as words about one of its refunds need the others: what
 * later refunds took is not there any more, what follows from one waits for it, and Klarna's record
 * is held beside them all together.
 *
 * @param credited per capture, in minor units
 * @param onInvoices the refunds that are credited
 * @param followers per refund that blocks others: these
 * @param evidence what Klarna's record says of each; empty where no document can tell
 */
public record WholeOrder(
    Map<String, Long> credited,
    Set<String> onInvoices,
    Map<String, Followers> followers,
    Map<String, Evidence> evidence) {

  /**
   * Refunds that an earlier one keeps from being allocated.
   *
   * @param amount of them all, in minor units
   */
  public record Followers(int count, BigInteger amount) {

    static final Followers NONE = new Followers(0, BigInteger.ZERO);

    private Followers with(Excepted exception) {
      return new Followers(
          count + 1, amount.add(BigInteger.valueOf(exception.refund().refundedAmount())));
    }
  }

  public WholeOrder {
    credited = Map.copyOf(credited);
    onInvoices = Set.copyOf(onInvoices);
    followers = Map.copyOf(followers);
    evidence = Map.copyOf(evidence);
  }

  public static WholeOrder of(List<Decided> whole) {
    var credited = new HashMap<String, Long>();
    var onInvoices = new HashSet<String>();
    var followers = new HashMap<String, Followers>();
    for (var decided : whole) {
      if (decided.decision() instanceof Credited credits) {
        onInvoices.add(credits.refund().refundId());
        credits
            .credits()
            .forEach(
                credit ->
                    credited.merge(
                        credit.capture().captureId(), credit.creditedAmount(), Math::addExact));
      } else if (decided.decision() instanceof Excepted exception
          && exception.blockingRefundId() != null) {
        followers.merge(
            exception.blockingRefundId(),
            Followers.NONE.with(exception),
            (before, one) -> before.with(exception));
      }
    }
    return new WholeOrder(credited, onInvoices, followers, evidence(whole));
  }

  private static Map<String, Evidence> evidence(List<Decided> whole) {
    return whole.isEmpty()
        ? Map.of()
        : whole
            .get(0)
            .order()
            .history()
            .klarnaRecord()
            .compare(whole.stream().map(Decided::decidedRefund).toList())
            .stream()
            .collect(Collectors.toMap(Evidence::refundId, Function.identity()));
  }

  /** What is left of a capture beside all credits of its order, earlier and later ones. */
  long room(CaptureState capture) {
    return capture.capture().capturedAmount() - credited.getOrDefault(capture.captureId(), 0L);
  }

  Followers followers(String refundId) {
    return followers.getOrDefault(refundId, Followers.NONE);
  }

  boolean isOnInvoices(String refundId) {
    return onInvoices.contains(refundId);
  }

  /**
   * What Klarna's record says of a refund; empty where no usable document of the order was read.
   */
  public Optional<Evidence> evidence(String refundId) {
    return Optional.ofNullable(evidence.get(refundId));
  }
}
