package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Reason;
import io.recredit.allocation.Resolution.Part;
import io.recredit.wording.UserException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolution that can be made, as far as can be said before it is tried: its refund is open and
 * is what its author saw, its order has the invoices, and the amounts are the whole of it. Whether
 * the invoices have room the allocator says, once the run decides.
 *
 * @param parts by hand: what each capture gets, in minor units; otherwise empty
 * @param writtenOffAmount in minor units; 0 where nothing of it is written off
 */
record CheckedResolution(
    ResolutionRequest request, ResolvableRefund refund, List<Part> parts, long writtenOffAmount) {

  /**
   * {@link UserException} where it cannot be made.
   *
   * @param refund null where nothing is known of it
   * @param seen as its author saw it; null where nothing was known of it then
   */
  static CheckedResolution of(
      ResolutionRequest request, @Nullable ResolvableRefund refund, @Nullable SeenRefund seen) {
    if (refund == null) {
      throw new UserException(text("resolution.refund.unknown", request.refundId()));
    }
    if (request.as().kind() == ResolutionKind.WITHDRAWN && !refund.isResolved()) {
      throw new UserException(text("resolution.refund.unresolved", request.refundId()));
    }
    if (!refund.canBeResolved()) {
      throw new UserException(
          refund.matchRule() == null
              ? text("resolution.refund.duplicate", request.refundId())
              : text("resolution.refund.credited", request.refundId(), refund.matchRule()));
    }
    var meant = meant(request, refund, seen);
    var amounts = ResolvedAmounts.of(meant.as(), refund);
    return new CheckedResolution(meant, refund, amounts.parts(), amounts.writtenOff());
  }

  /** With what is proposed in place of the word that takes it. */
  private static ResolutionRequest meant(
      ResolutionRequest request, ResolvableRefund refund, @Nullable SeenRefund seen) {
    if (!request.as().isProposed()) {
      return request;
    }
    if (seen == null) {
      throw new UserException(text("resolution.seen.no-proposal", request.refundId()));
    }
    return request.with(ResolveAs.parse(seen.proposed(refund.proposed())));
  }

  /** Whether the refund is resolved so already, by the same person with the same note. */
  boolean standsAlready() {
    var last = refund.last();
    return last != null
        && last.kind() == request.as().kind()
        && last.resolvedAmount() == refund.refundedAmount()
        && last.parts().equals(parts)
        && last.note().equals(request.note())
        && last.resolvedBy().equals(request.by())
        && !Reason.RESOLUTION_VOID.name().equals(refund.reason());
  }

  /** Nobody decides about what they have not seen; to withdraw is to have seen it. */
  void mustBeAsSeen(@Nullable SeenRefund seen) {
    var row = request.seen();
    if (row == null || request.as().kind() == ResolutionKind.WITHDRAWN) {
      return;
    }
    mustBeKnown(row.run());
    if (seen == null) {
      throw new UserException(text("resolution.seen.no-refund", refund.refundId(), row.run()));
    }
    seen.mustStillBe(refund);
    row.mustShow(refund);
    for (var part : request.as().parts(refund.invoices()::has)) {
      seen.mustHaveMeant(
          part.capture(), refund.invoices().captureId(refund.refundId(), part.capture()));
    }
  }

  private void mustBeKnown(long run) {
    var last = refund.last();
    if (last == null || last.runId() <= run) {
      return;
    }
    var id = refund.refundId();
    throw new UserException(
        refund.isResolved()
            ? text("resolution.newer.resolved", id, last.resolvedBy(), last.runId())
            : text("resolution.newer.withdrawn", id, last.resolvedBy(), last.runId()));
  }
}
