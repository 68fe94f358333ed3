package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refund as of the run that its author's report shows.
 *
 * @param asShown what it was then
 */
record SeenRefund(long run, ResolvableRefund asShown) {

  /** It must be the same today as far as people see it. */
  void mustStillBe(ResolvableRefund now) {
    if (asShown.refundedAmount() != now.refundedAmount()
        || !Objects.equals(asShown.currency(), now.currency())
        || !Objects.equals(asShown.reason(), now.reason())
        || !asShown.orderId().equals(now.orderId())) {
      throw new UserException(
          text(
              "resolution.seen.changed",
              now.refundId(),
              now.described(),
              run,
              asShown.described()));
    }
  }

  /** A name must mean the capture that it means today. */
  void mustHaveMeant(String name, String captureId) {
    var meant = asShown.invoices().called(name);
    if (meant.size() == 1 && meant.get(0).captureId().equals(captureId)) {
      return;
    }
    throw new UserException(
        meant.isEmpty()
            ? text("resolution.seen.no-capture", asShown.refundId(), name, captureId, run)
            : text(
                "resolution.seen.other-capture",
                asShown.refundId(),
                name,
                captureId,
                run,
                meant.get(0).captureId()));
  }

  /** What was proposed must be what is. */
  String proposed(@Nullable String now) {
    var then = asShown.proposed();
    if (then != null && then.equals(now)) {
      return then;
    }
    var id = asShown.refundId();
    if (then == null) {
      throw new UserException(text("resolution.seen.no-proposal", id));
    }
    throw new UserException(
        now == null
            ? text("resolution.seen.proposal-gone", id, then)
            : text("resolution.seen.other-proposal", id, then, now));
  }
}
