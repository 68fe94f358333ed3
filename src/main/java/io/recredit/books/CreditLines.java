package io.recredit.books;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Outcome.Placement;
import io.recredit.allocation.Refund;
import io.recredit.books.Tax.Said;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One credit taken apart, line by line (rules.md, part 8, "Credit lines"). */
final class CreditLines {

  /**
   * A line of the refund.
   *
   * @param number in the refund, from 1
   * @param on the capture that it was placed on
   */
  record PlacedLine(OrderLine line, long number, Capture on) {}

  private final Refund refund;
  private final Capture capture;
  private final long amount;
  private final List<PlacedLine> placed;

  CreditLines(Refund refund, Placement credit, List<PlacedLine> placed) {
    this.refund = refund;
    this.capture = credit.capture().capture();
    this.amount = credit.amount();
    this.placed = placed;
  }

  /** The rows: their amounts sum to the credit. */
  List<BookLine> rows() {
    var rest = rest(placed.stream().map(PlacedLine::line).toList());
    if (!placed.isEmpty() && rest.abs().compareTo(BigInteger.valueOf(placed.size())) <= 0) {
      var rows = new ArrayList<>(placed.stream().map(this::row).toList());
      if (rest.signum() != 0) {
        rows.add(roundedOff(rest.longValueExact()));
      }
      return rows;
    }
    if (refund.orderLines().isEmpty()
        && amount == capture.capturedAmount()
        && rest(capture.orderLines()).signum() == 0) {
      return capture.orderLines().stream().map(this::ofCapture).toList();
    }
    return List.of(atOneRate());
  }

  private BigInteger rest(List<OrderLine> lines) {
    return BigInteger.valueOf(amount).subtract(OrderLine.sum(lines));
  }

  private BookLine row(PlacedLine of) {
    return BookLine.of(account(of.line()), capture, of.number(), of.line(), tax(of));
  }

  private BookLine ofCapture(OrderLine line) {
    return BookLine.of(account(line), capture, null, line, Tax.of(line, TaxSource.CAPTURE));
  }

  /** A fee above 0 would be none that the shop keeps: it is goods. */
  private static Account account(OrderLine line) {
    return line.isReturnFee() && line.totalAmount() <= 0 ? Account.RETURN_FEE : Account.CREDIT;
  }

  /** What the line says itself, else what its capture says of the same goods. */
  private static Tax tax(PlacedLine of) {
    var line = of.line();
    if (line.taxRate() != null) {
      return Tax.of(line, TaxSource.REFUND);
    }
    return Tax.of(line.totalAmount(), saidOfSameGoods(of), line.totalTaxAmount());
  }

  private static @Nullable Said saidOfSameGoods(PlacedLine of) {
    var reference = of.line().reference();
    return reference == null
        ? null
        : Tax.inCommon(
                of.on().orderLines().stream()
                    .filter(line -> reference.equals(line.reference()))
                    .toList(),
                TaxSource.CAPTURE)
            .orElse(null);
  }

  /**
   * Some minor units that the lines are off, at the rate of the largest, the first of equal ones.
   */
  private BookLine roundedOff(long rest) {
    var largest =
        placed.stream()
            .reduce((one, other) -> size(other).compareTo(size(one)) > 0 ? other : one)
            .orElseThrow();
    return BookLine.without(Account.CREDIT, capture, rest, Tax.of(rest, tax(largest).said(), null));
  }

  private static BigInteger size(PlacedLine of) {
    return BigInteger.valueOf(of.line().totalAmount()).abs();
  }

  private BookLine atOneRate() {
    var goods = refund.orderLines().stream().filter(line -> !line.isReturnFee()).toList();
    var said =
        Tax.inCommon(goods, TaxSource.REFUND)
            .or(() -> Tax.inCommon(capture.orderLines(), TaxSource.CAPTURE))
            .orElse(null);
    return BookLine.without(Account.CREDIT, capture, amount, Tax.of(amount, said, null));
  }
}
