package io.recredit.allocation;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the steps say of one refund, before it is booked. */
sealed interface Outcome {

  /** Where the refund goes. */
  record Placed(MatchRule matchRule, List<Placement> placements) implements Outcome {

    /** All of the refund on one capture. */
    static Placed whole(Refund refund, CaptureAccount account, MatchRule matchRule) {
      return new Placed(
          matchRule, List.of(new Placement(account, refund.refundedAmount(), refund.orderLines())));
    }
  }

  /** Why it goes nowhere, and what to do. */
  record Failed(
      Reason reason, String explanation, String suggestion, @Nullable String blockingRefundId)
      implements Outcome {

    Failed(Reason reason, String explanation, String suggestion) {
      this(reason, explanation, suggestion, null);
    }
  }

  /** Closed without an invoice, by an accountant's decision. */
  record WrittenOff() implements Outcome {}

  /** What one capture gets of a refund: a net amount, 0 included, and the lines that make it up. */
  record Placement(CaptureAccount account, long amount, List<OrderLine> lines) {

    Credit toCredit() {
      return new Credit(account.capture(), amount, tax(), returnFee());
    }

    /**
     * Only a refund of a named capture can have lines that do not sum to the credit: they were not
     * checked.
     */
    boolean linesSumToAmount() {
      return sum(lines).equals(BigInteger.valueOf(amount));
    }

    private @Nullable Long tax() {
      if (!linesSumToAmount() || lines.stream().anyMatch(line -> line.totalTaxAmount() == null)) {
        return null;
      }
      return lines.stream()
          .map(line -> Objects.requireNonNull(line.totalTaxAmount()))
          .reduce(0L, Math::addExact);
    }

    private long returnFee() {
      var fees = lines.stream().filter(OrderLine::isReturnFee).toList();
      return linesSumToAmount() ? Math.max(0, sum(fees).negate().longValueExact()) : 0;
    }
  }

  /** The sum of the lines' {@code total_amount}, exact. */
  static BigInteger sum(List<OrderLine> lines) {
    return lines.stream()
        .map(line -> BigInteger.valueOf(line.totalAmount()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
