package io.recredit.allocation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one refund. */
public sealed interface Decision {

  Refund refund();

  /** The currency the refund names, else its order's at that time, else null. */
  @Nullable String currency();

  /**
   * Allocated, whole: one credit per invoice, which together are the refund.
   *
   * @param writtenOffAmount the part that an accountant put on no invoice, in minor units; together
   *     with the credits the refund
   */
  record Credited(
      Refund refund,
      String currency,
      MatchRule matchRule,
      List<Credit> credits,
      long writtenOffAmount)
      implements Decision {

    public Credited {
      credits = List.copyOf(credits);
      var sum =
          credits.stream()
              .mapToLong(Credit::creditedAmount)
              .reduce(writtenOffAmount, Math::addExact);
      if (sum != refund.refundedAmount()) {
        throw new IllegalStateException(
            "the credits of refund %s sum to %d, the refund is %d"
                .formatted(refund.refundId(), sum, refund.refundedAmount()));
      }
    }
  }

  /**
   * Accepted without allocation: an exception.
   *
   * @param blockingRefundId the order's first blocking exception, where that is the reason
   */
  record Excepted(
      Refund refund, @Nullable String currency, Reason reason, @Nullable String blockingRefundId)
      implements Decision {}

  /** Closed without an invoice, by an accountant's decision. */
  record WrittenOff(Refund refund, @Nullable String currency) implements Decision {}

  /** The same operation as an earlier refund: neither credit nor exception. */
  record Duplicate(Refund refund, @Nullable String currency, Refund duplicateOf)
      implements Decision {}
}
