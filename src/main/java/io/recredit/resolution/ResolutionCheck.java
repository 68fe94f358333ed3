package io.recredit.resolution;

import io.recredit.allocation.Reason;
import io.recredit.allocation.Resolution.Part;
import io.recredit.resolution.AskedResolution.AskedPart;
import io.recredit.resolution.ResolutionEntry.Kind;
import io.recredit.resolution.Resolutions.Resolvable;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What can be said of resolutions before they are tried: the refund is open, nobody has resolved it
 * since it was looked at, its order has the invoices, and the amounts are the whole of it. Whether
 * the invoices have room the allocator says, once the run decides.
 */
@Component
class ResolutionCheck {

  private final Resolutions resolutions;

  ResolutionCheck(Resolutions resolutions) {
    this.resolutions = resolutions;
  }

  /** What is to be written down, with the first and last business date of what was asked for. */
  record Checked(List<ResolutionEntry> entries, LocalDate from, LocalDate to) {}

  /**
   * All of them but those that stand so already, or {@link #refused} with a sentence for each that
   * cannot be.
   *
   * @param problems what is wrong besides, which is said with it
   */
  Checked check(List<AskedResolution> asked, List<String> problems) {
    var refunds = resolutions.resolvable(asked.stream().map(AskedResolution::refundId).toList());
    var invoices = new OrderInvoices(resolutions.invoices(orders(refunds.values())));
    var entries = new ArrayList<ResolutionEntry>();
    var wrong = new ArrayList<>(problems);
    var seen = new HashSet<String>();
    for (var one : asked) {
      try {
        if (!seen.add(one.refundId())) {
          throw new UserException("Refund %s is resolved twice.".formatted(one.refundId()));
        }
        var refund = refunds.get(one.refundId());
        var entry = entry(one, refund, invoices);
        if (refund != null && !standsAlready(entry, refund)) {
          mustBeKnown(one, refund);
          entries.add(entry);
        }
      } catch (UserException e) {
        wrong.add(one.place() + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw refused(wrong);
    }
    var dates = refunds.values().stream().map(Resolvable::businessDate).sorted().toList();
    return new Checked(entries, dates.get(0), dates.get(dates.size() - 1));
  }

  /** Some of those asked for cannot be, and none was made: a sentence for each. */
  static UserException refused(List<String> sentences) {
    return new UserException(String.join("\n", sentences) + "\nNothing was resolved.");
  }

  private static Set<String> orders(Collection<Resolvable> refunds) {
    return refunds.stream().map(Resolvable::orderId).collect(Collectors.toSet());
  }

  private static boolean standsAlready(ResolutionEntry entry, Resolvable refund) {
    return entry.equals(refund.resolution())
        && !Reason.RESOLUTION_VOID.name().equals(refund.reason());
  }

  /** Nobody overrides what he has not seen; to withdraw is to have seen it. */
  private static void mustBeKnown(AskedResolution asked, Resolvable refund) {
    var last = refund.resolution();
    if (last != null
        && asked.kind() != Kind.WITHDRAWN
        && asked.knownRun() != null
        && refund.resolvedByRun() != null
        && refund.resolvedByRun() > asked.knownRun()) {
      throw new UserException(
          "Refund %s was %s by %s in run %d, after this report was made. Take it out of the file, or resolve it by itself: resolve %s."
              .formatted(
                  refund.refundId(),
                  refund.resolved() ? "resolved" : "left to the rules",
                  last.by(),
                  refund.resolvedByRun(),
                  refund.refundId()));
    }
  }

  private static ResolutionEntry entry(
      AskedResolution asked, @Nullable Resolvable refund, OrderInvoices invoices) {
    if (refund == null) {
      throw new UserException("Refund %s is in no file that was read.".formatted(asked.refundId()));
    }
    if (asked.kind() == Kind.WITHDRAWN && !refund.resolved()) {
      throw new UserException(
          "Refund %s is not resolved; there is nothing to withdraw.".formatted(asked.refundId()));
    }
    if (!refund.canBeResolved()) {
      throw new UserException(
          "Refund %s is %s; only exceptions can be resolved."
              .formatted(
                  asked.refundId(),
                  refund.matchRule() == null
                      ? "a duplicate"
                      : "credited by rule " + refund.matchRule()));
    }
    return new ResolutionEntry(
        asked.refundId(),
        asked.kind(),
        refund.refundedAmount(),
        parts(invoices.named(asked.parts(), refund), refund),
        asked.note(),
        asked.by());
  }

  private static List<Part> parts(List<AskedPart> asked, Resolvable refund) {
    if (asked.stream().map(AskedPart::captureId).distinct().count() < asked.size()) {
      throw new UserException("Refund %s names a capture twice.".formatted(refund.refundId()));
    }
    var left = BigInteger.valueOf(refund.refundedAmount());
    for (var part : asked) {
      if (part.amount() != null) {
        left = left.subtract(minorUnits(part.amount(), refund));
      }
    }
    var withoutAmount = asked.stream().filter(part -> part.amount() == null).count();
    if (withoutAmount > 1) {
      throw new UserException(
          "Refund %s names %d captures without an amount; only one can get the rest."
              .formatted(refund.refundId(), withoutAmount));
    }
    if (!asked.isEmpty() && (withoutAmount == 1 ? left.signum() <= 0 : left.signum() != 0)) {
      throw new UserException(
          "Refund %s is of %s, and a refund is allocated whole: the amounts %s."
              .formatted(
                  refund.refundId(),
                  Amounts.format(refund.refundedAmount(), refund.currency()),
                  sumTo(left, refund)));
    }
    var parts = new ArrayList<Part>();
    for (var part : asked) {
      var amount = part.amount() == null ? left : minorUnits(part.amount(), refund);
      parts.add(new Part(part.captureId(), amount.longValueExact()));
    }
    return parts;
  }

  private static String sumTo(BigInteger left, Resolvable refund) {
    return left.signum() < 0
        ? "are " + Amounts.format(left.negate(), refund.currency()) + " too much"
        : "leave " + Amounts.format(left, refund.currency());
  }

  private static BigInteger minorUnits(BigDecimal amount, Resolvable refund) {
    var currency = refund.currency();
    if (currency == null) {
      throw new UserException(
          "Refund %s has no currency, as its order had no capture at its time: it can only be written off."
              .formatted(refund.refundId()));
    }
    var decimals = Amounts.decimals(currency);
    if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > decimals) {
      throw new UserException(
          "Refund %s: %s is not an amount in %s, such as %s."
              .formatted(
                  refund.refundId(),
                  amount.toPlainString(),
                  currency,
                  Amounts.format(refund.refundedAmount(), currency)));
    }
    return amount.movePointRight(decimals).toBigIntegerExact();
  }
}
