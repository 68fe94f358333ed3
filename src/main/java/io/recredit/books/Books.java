package io.recredit.books;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.MatchRule;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Refund;
import io.recredit.books.CreditLines.PlacedLine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a refund comes to in the books: lines that sum to its amount (rules.md, part 8). */
public final class Books {

  private final Refund refund;

  /** By identity, as equal lines are two. */
  private final IdentityHashMap<OrderLine, Long> numbers = new IdentityHashMap<>();

  private Books(Refund refund) {
    this.refund = refund;
    var lines = refund.orderLines();
    for (var i = 0; i < lines.size(); i++) {
      numbers.put(lines.get(i), i + 1L);
    }
  }

  /** A duplicate comes to nothing: the operation that it repeats is in the books. */
  public static List<BookLine> linesOf(Decided decided) {
    var books = new Books(decided.order().refund());
    var decision = decided.decision();
    if (decision instanceof Decision.Credited && decided.outcome() instanceof Placed placed) {
      return books.credited(placed);
    }
    if (decision instanceof Decision.Excepted) {
      return books.withoutInvoice(Account.UNALLOCATED, books.refund.refundedAmount());
    }
    return decision instanceof Decision.WrittenOff
        ? books.withoutInvoice(Account.WRITE_OFF, books.refund.refundedAmount())
        : List.of();
  }

  /** The country of the order at the refund's time; null where it had no capture yet. */
  public static @Nullable String countryOf(Decided decided) {
    var captures = decided.order().everyCapture();
    return captures.isEmpty() ? null : captures.get(0).capture().purchaseCountry();
  }

  /** The tax in a credit, in minor units; null where that of a line is not known. */
  public static @Nullable Long taxOf(Decided decided, String captureId) {
    var taxes =
        linesOf(decided).stream()
            .filter(line -> captureId.equals(line.captureId()))
            .map(BookLine::taxAmount)
            .toList();
    return taxes.stream().anyMatch(Objects::isNull)
        ? null
        : taxes.stream().map(Objects::requireNonNull).reduce(0L, Math::addExact);
  }

  private List<BookLine> credited(Placed placed) {
    var credits = placed.placements().stream().filter(placement -> placement.amount() > 0).toList();
    var lines = new ArrayList<BookLine>();
    for (var credit : credits) {
      var rows = new CreditLines(refund, credit, placedOn(credit, credits, placed)).rows();
      mustSumTo(credit.amount(), rows);
      lines.addAll(rows);
    }
    if (placed.writtenOffAmount() > 0) {
      lines.addAll(withoutInvoice(Account.WRITE_OFF, placed.writtenOffAmount()));
    }
    return lines;
  }

  /** What does not add up is not booked: nothing else looks at it before it is posted. */
  private void mustSumTo(long amount, List<BookLine> rows) {
    var sum =
        rows.stream()
            .map(row -> BigInteger.valueOf(row.amount()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (!sum.equals(BigInteger.valueOf(amount))) {
      throw new IllegalStateException(
          "The lines of refund %s sum to %s and not to %d"
              .formatted(refund.refundId(), sum, amount));
    }
  }

  /**
   * All lines where the refund is whole on one capture; else those that the steps placed on it, and
   * on the oldest credited one those of captures that got a net of 0. Nobody says which lines a
   * part has that was credited by hand.
   */
  private List<PlacedLine> placedOn(Placement credit, List<Placement> credits, Placed placed) {
    if (credit.amount() == refund.refundedAmount()) {
      return allOn(credit.capture().capture(), placed);
    }
    if (placed.matchRule() == MatchRule.MANUAL) {
      return List.of();
    }
    var isOldest = capture(credit).equals(capture(credits.get(0)));
    return placed.placements().stream()
        .filter(
            placement ->
                capture(placement).equals(capture(credit)) || (isOldest && placement.amount() == 0))
        .flatMap(placement -> placement.lines().stream().map(line -> placed(line, placement)))
        .toList();
  }

  private PlacedLine placed(OrderLine line, Placement placement) {
    return new PlacedLine(
        line, Objects.requireNonNull(numbers.get(line)), placement.capture().capture());
  }

  private static String capture(Placement placement) {
    return placement.capture().captureId();
  }

  private List<PlacedLine> allOn(Capture capture, Placed placed) {
    var elsewhere = new IdentityHashMap<OrderLine, Capture>();
    placed.placements().stream()
        .filter(placement -> placement.amount() == 0)
        .forEach(
            placement ->
                placement
                    .lines()
                    .forEach(line -> elsewhere.put(line, placement.capture().capture())));
    var all = refund.orderLines();
    return IntStream.range(0, all.size())
        .mapToObj(
            i -> new PlacedLine(all.get(i), i + 1, elsewhere.getOrDefault(all.get(i), capture)))
        .toList();
  }

  /** By the refund's own lines where they sum to the amount, else at the rate that they share. */
  private List<BookLine> withoutInvoice(Account account, long amount) {
    var lines = refund.orderLines();
    if (!lines.isEmpty() && OrderLine.sum(lines).equals(BigInteger.valueOf(amount))) {
      return IntStream.range(0, lines.size())
          .mapToObj(
              i ->
                  BookLine.of(
                      account, null, i + 1L, lines.get(i), Tax.of(lines.get(i), TaxSource.REFUND)))
          .toList();
    }
    var goods = lines.stream().filter(line -> !line.isReturnFee()).toList();
    var said = Tax.inCommon(goods, TaxSource.REFUND).orElse(null);
    return List.of(BookLine.without(account, null, amount, Tax.of(amount, said, null)));
  }
}
