package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a row had before them: the run that the report shows, and what the row says of
 * the refund, as it came back. What is empty was not in the file.
 *
 * @param run as of which the report was made
 */
public record Seen(long run, String refundedAmount, String currency, String reason) {

  /** Rows that were moved against each other, or filled in by hand, show another refund. */
  void mustShow(ResolvableRefund refund) {
    if (!shows(refund)) {
      throw new UserException(
          text(
              "resolution.seen.other-row",
              refund.refundId(),
              refund.described(),
              String.join(" ", refundedAmount, currency, reason).strip()));
    }
  }

  private boolean shows(ResolvableRefund refund) {
    return is(currency, refund.currency())
        && is(reason, refund.reason())
        && new ShownAmount(refundedAmount).is(refund.refundedAmount(), refund.currency());
  }

  private static boolean is(String shown, @Nullable String now) {
    return shown.isEmpty() || shown.equals(now);
  }
}
