package io.recredit.payout;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.recredit.allocation.CodePoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of payouts are which refunds of an order, or which captures (payouts.md, "Which row is
 * which refund"): a function of the rows and the refunds alone. By id a refund may have several
 * rows; by amount it has one. A row is at most one refund.
 */
public final class Matching {

  private static final Comparator<PaidRow> IN_TIME =
      comparing(PaidRow::payoutDate, nullsLast(naturalOrder()))
          .thenComparing(PaidRow::paymentReference, CodePoints.ORDER)
          .thenComparing(PaidRow::row);

  private static final Comparator<Payable> AS_MADE =
      comparing(Payable::at).thenComparing(Payable::id, CodePoints.ORDER);

  /** What a row and a refund must have in common. */
  private record Key(long amount, @Nullable String currency, @Nullable String reference) {}

  private final List<Payable> left;
  private final List<PaidRow> rows;
  private final List<Match> matches = new ArrayList<>();

  private Matching(List<Payable> payables, List<PaidRow> rows) {
    this.left = new ArrayList<>(payables);
    this.left.sort(AS_MADE);
    this.rows = new ArrayList<>(rows);
    this.rows.sort(IN_TIME);
  }

  /**
   * The matches of one order.
   *
   * @param payables all its refunds, or all its captures
   * @param rows those that name one of them, and those that are of the order and name none
   */
  public static List<Match> of(List<Payable> payables, List<PaidRow> rows) {
    var matching = new Matching(payables, rows);
    matching.byId();
    matching.byAmount(payable -> !payable.isDuplicate());
    matching.byAmount(Payable::isDuplicate);
    return List.copyOf(matching.matches);
  }

  /** A row that names a duplicate is the refund's that it repeats, unless that has its own. */
  private void byId() {
    var byId = left.stream().collect(Collectors.toMap(Payable::id, Function.identity()));
    var named =
        rows.stream().map(PaidRow::named).filter(Objects::nonNull).collect(Collectors.toSet());
    var matched = new HashSet<Payable>();
    for (var row : rows) {
      if (row.named() != null) {
        var payable = meant(Objects.requireNonNull(byId.get(row.named())), byId, named);
        matches.add(new Match(row, payable, MatchedBy.ID));
        matched.add(payable);
      }
    }
    rows.removeIf(row -> row.named() != null);
    left.removeAll(matched);
  }

  private static Payable meant(Payable named, Map<String, Payable> byId, Set<String> allNamed) {
    var repeated = named.duplicateOf() == null ? null : byId.get(named.duplicateOf());
    return repeated == null || allNamed.contains(repeated.id()) ? named : repeated;
  }

  private void byAmount(Predicate<Payable> which) {
    pair(
        which,
        row -> row.reference() == null ? null : key(row, row.reference()),
        payable -> payable.reference() == null ? null : key(payable, payable.reference()));
    pair(which, row -> key(row, null), payable -> key(payable, null));
  }

  private static Key key(PaidRow row, @Nullable String reference) {
    return new Key(row.amount(), row.currency(), reference);
  }

  private static Key key(Payable payable, @Nullable String reference) {
    return new Key(payable.amount(), payable.currency(), reference);
  }

  /**
   * The first row with the first refund of the same key, never with one made after the payout:
   * those behind that one were made later still.
   */
  private void pair(
      Predicate<Payable> which,
      Function<PaidRow, @Nullable Key> ofRow,
      Function<Payable, @Nullable Key> ofPayable) {
    var paid = new HashSet<Payable>();
    var unpaid = new HashMap<Key, List<Payable>>();
    for (var payable : left) {
      var key = which.test(payable) ? ofPayable.apply(payable) : null;
      if (key != null) {
        unpaid.computeIfAbsent(key, same -> new ArrayList<>()).add(payable);
      }
    }
    var unmatched = new ArrayList<PaidRow>();
    for (var row : rows) {
      var key = ofRow.apply(row);
      var match = key == null ? null : first(unpaid.getOrDefault(key, List.of()), row);
      if (match == null) {
        unmatched.add(row);
      } else {
        matches.add(new Match(row, match, MatchedBy.AMOUNT));
        paid.add(match);
        Objects.requireNonNull(unpaid.get(key)).remove(match);
      }
    }
    rows.clear();
    rows.addAll(unmatched);
    left.removeAll(paid);
  }

  private static @Nullable Payable first(List<Payable> unpaid, PaidRow row) {
    for (var payable : unpaid) {
      var payoutDate = row.payoutDate();
      if (payoutDate != null && payable.businessDate().isAfter(payoutDate)) {
        return null;
      }
      if (!row.namesAnother() || payable.isNumbered()) {
        return payable;
      }
    }
    return null;
  }
}
