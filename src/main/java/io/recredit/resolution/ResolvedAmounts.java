package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Resolution.Part;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each capture gets of a refund, and what is written off: together the whole of it.
 *
 * @param parts in minor units
 * @param writtenOff in minor units; 0 where nothing is
 */
record ResolvedAmounts(List<Part> parts, long writtenOff) {

  /** {@link UserException} where they are not the whole, or are no amounts. */
  static ResolvedAmounts of(ResolveAs as, ResolvableRefund refund) {
    if (as.kind() == ResolutionKind.WITHDRAWN) {
      return new ResolvedAmounts(List.of(), 0);
    }
    var parts = as.parts(refund.invoices()::has);
    var captures =
        parts.stream()
            .map(part -> refund.invoices().captureId(refund.refundId(), part.capture()))
            .toList();
    if (Set.copyOf(captures).size() < captures.size()) {
      throw new UserException(text("resolution.capture.twice", refund.refundId()));
    }
    var written = new ArrayList<@Nullable BigDecimal>();
    parts.forEach(part -> written.add(part.amount()));
    if (as.writeOff() != null) {
      written.add(as.writeOff().amount());
    }
    var amounts = amounts(written, refund);
    return new ResolvedAmounts(
        IntStream.range(0, captures.size())
            .mapToObj(i -> new Part(captures.get(i), amounts.get(i)))
            .toList(),
        as.writeOff() == null ? 0 : amounts.get(captures.size()));
  }

  private static List<Long> amounts(List<@Nullable BigDecimal> written, ResolvableRefund refund) {
    var rest = rest(written, refund);
    var amounts = new ArrayList<Long>();
    for (var amount : written) {
      amounts.add((amount == null ? rest : minorUnits(amount, refund)).longValueExact());
    }
    return amounts;
  }

  /** What the amounts leave for the one that has none; the amounts are the whole refund. */
  private static BigInteger rest(List<@Nullable BigDecimal> written, ResolvableRefund refund) {
    var rest = BigInteger.valueOf(refund.refundedAmount());
    var without = 0;
    for (var amount : written) {
      if (amount == null) {
        without++;
      } else {
        rest = rest.subtract(minorUnits(amount, refund));
      }
    }
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
    if (amount.signum() <= 0 || amount.scale() != decimals) {
      throw new UserException(
          text(
              "resolution.amount.none",
              refund.refundId(),
              amount.toPlainString(),
              currency,
              Amounts.toPaste(refund.refundedAmount(), currency)));
    }
    return amount.movePointRight(decimals).toBigIntegerExact();
  }
}
