package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Reason;
import io.recredit.allocation.Resolution.Part;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resolution that can be made, as far as can be said before it is tried: its refund is open, its
 * order has the invoices, and the amounts are the whole of it. Whether the invoices have room the
 * allocator says, once the run decides.
 *
 * @param parts by hand: what each capture gets, in minor units; otherwise empty
 */
record CheckedResolution(ResolutionRequest request, ResolvableRefund refund, List<Part> parts) {

  /**
   * {@link UserException} where it cannot be made.
   *
   * @param refund null where nothing is known of it
   */
  static CheckedResolution of(ResolutionRequest request, @Nullable ResolvableRefund refund) {
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
    return new CheckedResolution(request, refund, parts(request.as(), refund));
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

  /** In minor units; 0 where nothing of it is written off. */
  long writtenOffAmount() {
    return request.as().kind() == ResolutionKind.WRITTEN_OFF ? refund.refundedAmount() : 0;
  }

  /** Nobody overrides what he has not seen; to withdraw is to have seen it. */
  void mustBeKnown() {
    var last = refund.last();
    var known = request.knownRun();
    if (last == null
        || known == null
        || last.runId() <= known
        || request.as().kind() == ResolutionKind.WITHDRAWN) {
      return;
    }
    var id = refund.refundId();
    throw new UserException(
        refund.isResolved()
            ? text("resolution.newer.resolved", id, last.resolvedBy(), last.runId())
            : text("resolution.newer.withdrawn", id, last.resolvedBy(), last.runId()));
  }

  private static List<Part> parts(ResolveAs as, ResolvableRefund refund) {
    if (as.parts().isEmpty()) {
      return List.of();
    }
    var captures =
        as.parts().stream().map(part -> refund.captureId(part.capture())).distinct().count();
    if (captures < as.parts().size()) {
      throw new UserException(text("resolution.capture.twice", refund.refundId()));
    }
    var rest = rest(as, refund);
    return as.parts().stream()
        .map(
            part ->
                new Part(
                    refund.captureId(part.capture()),
                    (part.amount() == null ? rest : minorUnits(part.amount(), refund))
                        .longValueExact()))
        .toList();
  }

  /** What the amounts leave for the one capture without; the amounts are the whole refund. */
  private static BigInteger rest(ResolveAs as, ResolvableRefund refund) {
    var amounts = as.parts().stream().map(ResolveAs.Part::amount).filter(Objects::nonNull).toList();
    var rest = BigInteger.valueOf(refund.refundedAmount());
    for (var amount : amounts) {
      rest = rest.subtract(minorUnits(amount, refund));
    }
    var without = as.parts().size() - amounts.size();
    if (without > 1) {
      throw new UserException(text("resolution.amount.several-rests", refund.refundId(), without));
    }
    if (without == 1 ? rest.signum() <= 0 : rest.signum() != 0) {
      throw notWhole(rest, refund);
    }
    return rest;
  }

  private static UserException notWhole(BigInteger rest, ResolvableRefund refund) {
    var whole = Amounts.format(refund.refundedAmount(), refund.currency());
    var difference = Amounts.format(rest.abs(), refund.currency());
    return new UserException(
        rest.signum() < 0
            ? text("resolution.amount.too-much", refund.refundId(), whole, difference)
            : text("resolution.amount.too-little", refund.refundId(), whole, difference));
  }

  private static BigInteger minorUnits(BigDecimal amount, ResolvableRefund refund) {
    var currency = refund.currency();
    if (currency == null) {
      throw new UserException(text("resolution.amount.no-currency", refund.refundId()));
    }
    var decimals = Amounts.decimals(currency);
    if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > decimals) {
      throw new UserException(
          text(
              "resolution.amount.none",
              refund.refundId(),
              amount.toPlainString(),
              currency,
              example(refund.refundedAmount(), decimals)));
    }
    return amount.movePointRight(decimals).toBigIntegerExact();
  }

  /** An amount as it is to be written here: without separators. */
  private static String example(long minorUnits, int decimals) {
    return BigDecimal.valueOf(minorUnits, decimals).toPlainString();
  }
}
