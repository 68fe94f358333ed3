package io.recredit.job;

import io.recredit.allocation.Amounts;
import io.recredit.allocation.Settlement.Part;
import io.recredit.job.AskedSettlement.AskedPart;
import io.recredit.store.SettlementEntry;
import io.recredit.store.SettlementEntry.Kind;
import io.recredit.store.Settlements;
import io.recredit.store.Settlements.Settleable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What can be said of settlements before they are tried: the refund is open, and the amounts are
 * the whole of it. Whether the invoices have room the allocator says, once the run decides.
 */
@Component
class SettlementCheck {

  private final Settlements settlements;

  SettlementCheck(Settlements settlements) {
    this.settlements = settlements;
  }

  /** What can be written down, with the first and last business date of it. */
  record Checked(List<SettlementEntry> entries, LocalDate from, LocalDate to) {}

  /** All of them, or {@link RefusedSettlements} with a sentence for each that cannot be. */
  Checked check(List<AskedSettlement> asked) {
    var refunds = settlements.settleable(asked.stream().map(AskedSettlement::refundId).toList());
    var entries = new ArrayList<SettlementEntry>();
    var wrong = new ArrayList<String>();
    var seen = new HashSet<String>();
    for (var one : asked) {
      try {
        if (!seen.add(one.refundId())) {
          throw new Wrong("Refund %s is settled twice.".formatted(one.refundId()));
        }
        entries.add(entry(one, refunds.get(one.refundId())));
      } catch (Wrong e) {
        wrong.add(one.place() + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new RefusedSettlements(wrong);
    }
    var dates = refunds.values().stream().map(Settleable::businessDate).sorted().toList();
    return new Checked(entries, dates.get(0), dates.get(dates.size() - 1));
  }

  private static SettlementEntry entry(AskedSettlement asked, @Nullable Settleable refund) {
    if (refund == null) {
      throw new Wrong("Refund %s is in no file that was read.".formatted(asked.refundId()));
    }
    if (asked.kind() == Kind.WITHDRAWN && !refund.settled()) {
      throw new Wrong(
          "Refund %s is not settled; there is nothing to withdraw.".formatted(asked.refundId()));
    }
    if (!refund.canBeSettled()) {
      throw new Wrong(
          "Refund %s is %s; only exceptions can be settled."
              .formatted(
                  asked.refundId(),
                  refund.matchRule() == null
                      ? "a duplicate"
                      : "credited by rule " + refund.matchRule()));
    }
    return new SettlementEntry(
        asked.refundId(),
        asked.kind(),
        refund.refundedAmount(),
        parts(asked.parts(), refund),
        asked.note(),
        asked.by());
  }

  private static List<Part> parts(List<AskedPart> asked, Settleable refund) {
    if (asked.stream().map(AskedPart::captureId).distinct().count() < asked.size()) {
      throw new Wrong("Refund %s names a capture twice.".formatted(refund.refundId()));
    }
    var left = BigInteger.valueOf(refund.refundedAmount());
    for (var part : asked) {
      if (part.amount() != null) {
        left = left.subtract(minorUnits(part.amount(), refund));
      }
    }
    var withoutAmount = asked.stream().filter(part -> part.amount() == null).count();
    if (withoutAmount > 1) {
      throw new Wrong(
          "Refund %s names %d captures without an amount; only one can get the rest."
              .formatted(refund.refundId(), withoutAmount));
    }
    if (!asked.isEmpty() && (withoutAmount == 1 ? left.signum() <= 0 : left.signum() != 0)) {
      throw new Wrong(
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

  private static String sumTo(BigInteger left, Settleable refund) {
    return left.signum() < 0
        ? Amounts.format(left.negate(), refund.currency()) + " too much"
        : "leave " + Amounts.format(left, refund.currency());
  }

  private static BigInteger minorUnits(BigDecimal amount, Settleable refund) {
    var currency = refund.currency();
    if (currency == null) {
      throw new Wrong(
          "Refund %s has no currency, as its order had no capture at its time: it can only be written off."
              .formatted(refund.refundId()));
    }
    var decimals = Amounts.decimals(currency);
    if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > decimals) {
      throw new Wrong(
          "Refund %s: %s is not an amount in %s, such as %s."
              .formatted(
                  refund.refundId(),
                  amount.toPlainString(),
                  currency,
                  Amounts.format(refund.refundedAmount(), currency)));
    }
    return amount.movePointRight(decimals).toBigIntegerExact();
  }

  /** What is wrong with one of them. */
  private static final class Wrong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Wrong(String sentence) {
      super(sentence);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }
}
