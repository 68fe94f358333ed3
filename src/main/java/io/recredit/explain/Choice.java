package io.recredit.explain;

import io.recredit.explain.Found.Target;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One of several that were found, with what tells it from the others. */
sealed interface Choice {

  Target target();

  /**
   * A refund.
   *
   * @param outcome credited, exception, written_off or duplicate; null where it is in no file any
   *     more, and then all but its amount is unknown too
   */
  record RefundChoice(
      Target target,
      String refundId,
      @Nullable String orderReference,
      long refundedAmount,
      @Nullable String currency,
      @Nullable LocalDate businessDate,
      @Nullable String outcome,
      @Nullable String reason)
      implements Choice {}

  record OrderChoice(Target target, @Nullable String orderReference, long captures, long refunds)
      implements Choice {}
}
