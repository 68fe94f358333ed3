package io.recredit.wording;

import io.recredit.allocation.CaptureState;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Excepted;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was decided of an order, as far as words about one of its refunds need the others: what
 * later refunds took is not there any more, and what follows from one waits for it.
 *
 * @param credited per capture, in minor units
 * @param followers per refund that blocks others: these
 */
public record WholeOrder(Map<String, Long> credited, Map<String, Followers> followers) {

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
    followers = Map.copyOf(followers);
  }

  public static WholeOrder of(List<Decided> whole) {
    var credited = new HashMap<String, Long>();
    var followers = new HashMap<String, Followers>();
    for (var decided : whole) {
      if (decided.decision() instanceof Credited credits) {
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
    return new WholeOrder(credited, followers);
  }

  /** What is left of a capture beside all credits of its order, earlier and later ones. */
  long room(CaptureState capture) {
    return capture.capture().capturedAmount() - credited.getOrDefault(capture.captureId(), 0L);
  }

  Followers followers(String refundId) {
    return followers.getOrDefault(refundId, Followers.NONE);
  }
}
