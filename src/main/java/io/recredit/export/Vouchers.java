package io.recredit.export;

import static io.recredit.wording.Messages.text;

import io.recredit.export.Posted.Taken;
import io.recredit.export.Voucher.Row;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes vouchers of what is posted: one per day and currency, debits equal to credits. */
final class Vouchers {

  /** What is to be on one account. */
  private record Side(Kind kind, @Nullable String country, Rate rate) {

    private static final Comparator<Side> ORDER =
        Comparator.comparing(Side::kind)
            .thenComparing(Side::country, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(side -> side.rate().word());
  }

  private record Key(LocalDate date, String currency) {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::date).thenComparing(Key::currency);
  }

  /** An amount and the entries that it is of. */
  private record Sum(BigInteger amount, long firstEntry, long lastEntry) {

    Sum plus(Sum other) {
      return new Sum(
          amount.add(other.amount),
          Math.min(firstEntry, other.firstEntry),
          Math.max(lastEntry, other.lastEntry));
    }
  }

  private final LedgerAccounts accounts;

  /** What has no account, with its sum. */
  private final Map<Missing, BigInteger> notMapped = new LinkedHashMap<>();

  private record Missing(Side side, String currency) {}

  private Vouchers(LedgerAccounts accounts) {
    this.accounts = accounts;
  }

  /** {@link UserException} lists all that has no account. */
  static List<Voucher> of(List<Taken> taken, LedgerAccounts accounts) {
    var vouchers = new Vouchers(accounts);
    var made = vouchers.make(taken);
    if (!vouchers.notMapped.isEmpty()) {
      throw notMapped(
          vouchers.notMapped.entrySet().stream()
              .map(missing -> said(missing.getKey(), missing.getValue()))
              .toList());
    }
    return made;
  }

  private static String said(Missing missing, BigInteger sum) {
    var side = missing.side();
    return text(
        "export.not-mapped.row",
        side.kind(),
        Objects.requireNonNullElse(side.country(), Rate.UNKNOWN),
        missing.currency(),
        side.rate().word().isEmpty() ? "*" : side.rate().word(),
        Amounts.format(sum, missing.currency()));
  }

  static UserException notMapped(List<String> what) {
    return new UserException(
        text("export.not-mapped", String.join("\n- ", what.stream().distinct().toList())));
  }

  private List<Voucher> make(List<Taken> taken) {
    var byVoucher = new TreeMap<Key, List<Posted>>(Key.ORDER);
    for (var one : taken) {
      byVoucher
          .computeIfAbsent(new Key(one.posted().date(), one.currency()), key -> new ArrayList<>())
          .add(one.posted());
    }
    var vouchers = new ArrayList<Voucher>();
    byVoucher.forEach((key, of) -> vouchers.add(voucher(vouchers.size() + 1, key, of)));
    return vouchers;
  }

  private Voucher voucher(int number, Key key, List<Posted> posted) {
    var sides = new TreeMap<Side, Sum>(Side.ORDER);
    posted.forEach(one -> book(one, sides));
    var rows = new ArrayList<Row>();
    sides.forEach(
        (side, sum) -> {
          if (sum.amount().signum() != 0) {
            rows.add(row(side, sum, key.currency()));
          }
        });
    return new Voucher(
        number,
        key.date(),
        key.currency(),
        rows,
        posted.stream().mapToLong(Posted::firstEntry).min().orElseThrow(),
        posted.stream().mapToLong(Posted::lastEntry).max().orElseThrow());
  }

  private Row row(Side side, Sum sum, String currency) {
    var account = accounts.account(side.kind(), side.country(), currency, side.rate());
    if (account.isEmpty()) {
      notMapped.merge(new Missing(side, currency), sum.amount(), BigInteger::add);
    }
    return new Row(
        side.kind(),
        side.country(),
        side.rate(),
        account.orElse(""),
        sum.amount(),
        sum.firstEntry(),
        sum.lastEntry());
  }

  /** Each against what Klarna owes the shop. */
  private static void book(Posted of, Map<Side, Sum> sides) {
    switch (of.account()) {
      case "CREDIT" -> withTax(Kind.RETURN, of, sides);
      case "RETURN_FEE" -> withTax(Kind.FEE, of, sides);
      case "UNALLOCATED" -> add(Kind.CLEARING, Rate.NONE, of, of.amount(), sides);
      case "WRITE_OFF" -> add(Kind.WRITE_OFF, Rate.NONE, of, of.amount(), sides);
      default -> throw new IllegalStateException(of.account());
    }
    add(Kind.RECEIVABLE, Rate.NONE, of, of.amount().negate(), sides);
  }

  private static void withTax(Kind net, Posted of, Map<Side, Sum> sides) {
    var rate = Rate.of(of.rate());
    var tax = of.tax().add(of.salesTax());
    add(net, rate, of, of.amount().subtract(tax), sides);
    add(Kind.VAT, rate, of, tax, sides);
  }

  private static void add(
      Kind kind, Rate rate, Posted of, BigInteger amount, Map<Side, Sum> sides) {
    sides.merge(
        new Side(kind, of.country(), rate),
        new Sum(amount, of.firstEntry(), of.lastEntry()),
        Sum::plus);
  }
}
