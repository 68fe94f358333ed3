package io.recredit.allocation;

import io.recredit.allocation.NaiveAllocator.Placement;
import io.recredit.allocation.NaiveAllocator.Ruling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** rules.md, part 8, read a second time: what a refund comes to in the books, line by line. */
@SuppressWarnings("ReferenceEquality") // equal lines are two
public final class NaiveBooks {

  /**
   * A line.
   *
   * @param number in the refund; null where it is none of its lines
   * @param of what it repeats; null for a rest and for an amount without lines
   * @param rate null where the tax is not known
   * @param source of the rate, or why it is not known
   */
  public record Line(
      String account,
      @Nullable String captureId,
      @Nullable Integer number,
      @Nullable OrderLine of,
      BigInteger amount,
      @Nullable Long rate,
      @Nullable BigInteger tax,
      String source) {}

  private record Rate(@Nullable Long rate, String source) {
    static final Rate NONE = new Rate(null, "UNKNOWN");
  }

  private final Ruling ruling;
  private final Refund refund;
  private final OrderHistory order;

  private NaiveBooks(Ruling ruling, OrderHistory order) {
    this.ruling = ruling;
    this.refund = ruling.refund();
    this.order = order;
  }

  public static List<Line> of(Ruling ruling, OrderHistory order) {
    return new NaiveBooks(ruling, order).lines();
  }

  private List<Line> lines() {
    var refunded = BigInteger.valueOf(refund.refundedAmount());
    if (ruling.is(NaiveOutcome.EXCEPTION)) {
      return withoutInvoice("UNALLOCATED", refunded);
    }
    if (ruling.is(NaiveOutcome.WRITTEN_OFF)) {
      return withoutInvoice("WRITE_OFF", refunded);
    }
    var lines = new ArrayList<Line>();
    ruling.outcome().parts().forEach(part -> lines.addAll(ofCredit(part)));
    var rest = refunded.subtract(ruling.credited());
    if (ruling.is(NaiveOutcome.CREDITED) && rest.signum() > 0) {
      lines.addAll(withoutInvoice("WRITE_OFF", rest));
    }
    return lines;
  }

  private Capture capture(String captureId) {
    return order.captures().stream()
        .filter(capture -> capture.captureId().equals(captureId))
        .findFirst()
        .orElseThrow();
  }

  private boolean isCredited(Capture capture) {
    return ruling.outcome().parts().stream()
        .anyMatch(part -> part.captureId().equals(capture.captureId()));
  }

  private Capture oldestCredited() {
    return ruling.outcome().parts().stream()
        .map(part -> capture(part.captureId()))
        .min(
            Comparator.comparing(Capture::capturedAt)
                .thenComparing(Capture::captureId, CodePoints.ORDER))
        .orElseThrow();
  }

  private List<Line> ofCredit(NaiveOutcome.Part part) {
    var capture = capture(part.captureId());
    var placed = placed(capture, part.amount());
    var off = part.amount().subtract(sum(placed.stream().map(Placement::line).toList()));
    if (!placed.isEmpty() && off.abs().compareTo(BigInteger.valueOf(placed.size())) <= 0) {
      var lines = new ArrayList<Line>();
      placed.forEach(
          one ->
              lines.add(
                  line(
                      isKeptFee(one.line()) ? "RETURN_FEE" : "CREDIT",
                      capture.captureId(),
                      number(one.line()),
                      one.line(),
                      rate(one))));
      if (off.signum() != 0) {
        var largest = placed.get(0);
        for (var one : placed) {
          if (size(one).compareTo(size(largest)) > 0) {
            largest = one;
          }
        }
        lines.add(rest("CREDIT", capture.captureId(), off, lending(largest.line(), rate(largest))));
      }
      return lines;
    }
    if (refund.orderLines().isEmpty()
        && part.amount().equals(BigInteger.valueOf(capture.capturedAmount()))
        && sum(capture.orderLines()).equals(part.amount())) {
      return capture.orderLines().stream()
          .map(
              line ->
                  line(
                      isKeptFee(line) ? "RETURN_FEE" : "CREDIT",
                      capture.captureId(),
                      null,
                      line,
                      own(line, "CAPTURE")))
          .toList();
    }
    var common = common(goods(), "REFUND");
    return List.of(
        rest(
            "CREDIT",
            capture.captureId(),
            part.amount(),
            common.rate() != null ? common : common(capture.orderLines(), "CAPTURE")));
  }

  /**
   * All lines where it is whole on the capture; those of captures with a net of 0 to the oldest.
   */
  private List<Placement> placed(Capture capture, BigInteger amount) {
    if (amount.equals(BigInteger.valueOf(refund.refundedAmount()))) {
      return refund.orderLines().stream()
          .map(
              line ->
                  ruling.placements().stream()
                      .filter(one -> one.line() == line && !isCredited(one.capture()))
                      .findFirst()
                      .orElse(new Placement(line, capture)))
          .toList();
    }
    if (ruling.outcome().matchRule() == MatchRule.MANUAL) {
      return List.of();
    }
    return order.captures().stream()
        .sorted(
            Comparator.comparing(Capture::capturedAt)
                .thenComparing(Capture::captureId, CodePoints.ORDER))
        .flatMap(
            from ->
                ruling.placements().stream()
                    .filter(one -> one.capture().captureId().equals(from.captureId())))
        .filter(
            one ->
                one.capture().captureId().equals(capture.captureId())
                    || (!isCredited(one.capture())
                        && capture.captureId().equals(oldestCredited().captureId())))
        .toList();
  }

  private List<Line> withoutInvoice(String account, BigInteger amount) {
    var lines = refund.orderLines();
    return !lines.isEmpty() && sum(lines).equals(amount)
        ? lines.stream()
            .map(line -> line(account, null, number(line), line, own(line, "REFUND")))
            .toList()
        : List.of(rest(account, null, amount, common(goods(), "REFUND")));
  }

  private List<OrderLine> goods() {
    return refund.orderLines().stream().filter(line -> !"return_fee".equals(line.type())).toList();
  }

  private static boolean isKeptFee(OrderLine line) {
    return "return_fee".equals(line.type()) && line.totalAmount() <= 0;
  }

  private int number(OrderLine line) {
    var number = 1;
    for (var other : refund.orderLines()) {
      if (other == line) {
        return number;
      }
      number++;
    }
    throw new IllegalStateException("It is no line of the refund: " + line);
  }

  private static Rate own(OrderLine line, String source) {
    return line.taxRate() == null ? Rate.NONE : new Rate(line.taxRate(), source);
  }

  private static Rate rate(Placement one) {
    var line = one.line();
    if (line.taxRate() != null || line.reference() == null) {
      return own(line, "REFUND");
    }
    return common(
        one.capture().orderLines().stream()
            .filter(other -> Objects.equals(other.reference(), line.reference()))
            .toList(),
        "CAPTURE");
  }

  /** The one that all these lines have, each with a tax that goes with it. */
  private static Rate common(List<OrderLine> lines, String source) {
    var rates =
        lines.stream()
            .map(line -> String.valueOf(lending(line, own(line, source)).rate()))
            .collect(Collectors.toSet());
    return rates.size() == 1 && !rates.contains("null")
        ? new Rate(Long.valueOf(rates.iterator().next()), source)
        : Rate.NONE;
  }

  private static Rate lending(OrderLine line, Rate rate) {
    return goesTogether(line, rate) ? rate : Rate.NONE;
  }

  private static boolean goesTogether(OrderLine line, Rate rate) {
    return rate.rate() != null
        && (line.totalTaxAmount() == null
            || tax(BigInteger.valueOf(line.totalAmount()), rate.rate())
                    .subtract(BigInteger.valueOf(line.totalTaxAmount()))
                    .abs()
                    .compareTo(BigInteger.ONE)
                <= 0);
  }

  private static Line line(
      String account,
      @Nullable String captureId,
      @Nullable Integer number,
      OrderLine of,
      Rate rate) {
    var amount = BigInteger.valueOf(of.totalAmount());
    if (rate.rate() == null) {
      return new Line(account, captureId, number, of, amount, null, null, "UNKNOWN");
    }
    if (!goesTogether(of, rate)) {
      return new Line(account, captureId, number, of, amount, null, null, "CONTRADICTORY");
    }
    var tax =
        of.totalTaxAmount() == null
            ? tax(amount, rate.rate())
            : BigInteger.valueOf(of.totalTaxAmount());
    return new Line(account, captureId, number, of, amount, rate.rate(), tax, rate.source());
  }

  private static Line rest(
      String account, @Nullable String captureId, BigInteger amount, Rate rate) {
    return rate.rate() == null
        ? new Line(account, captureId, null, null, amount, null, null, "UNKNOWN")
        : new Line(
            account,
            captureId,
            null,
            null,
            amount,
            rate.rate(),
            tax(amount, rate.rate()),
            rate.source());
  }

  /** amount - round(amount × 10000 / (10000 + rate)), halves away from zero. */
  private static BigInteger tax(BigInteger amount, long rate) {
    var net =
        new BigDecimal(amount)
            .multiply(BigDecimal.valueOf(10_000))
            .divide(
                BigDecimal.valueOf(10_000).add(BigDecimal.valueOf(rate)), 0, RoundingMode.HALF_UP);
    return amount.subtract(net.toBigIntegerExact());
  }

  private static BigInteger size(Placement one) {
    return BigInteger.valueOf(one.line().totalAmount()).abs();
  }

  private static BigInteger sum(List<OrderLine> lines) {
    return lines.stream()
        .map(line -> BigInteger.valueOf(line.totalAmount()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The sum of the tax of some lines; null where one is not known, or there are none. */
  public static @Nullable BigInteger tax(Stream<Line> lines) {
    var taxes = lines.map(Line::tax).toList();
    return taxes.isEmpty() || taxes.contains(null)
        ? null
        : taxes.stream().filter(Objects::nonNull).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
