package io.recredit.wording;

import static io.recredit.wording.Messages.text;
import static io.recredit.wording.Phrases.capture;
import static io.recredit.wording.Phrases.quoted;

import io.recredit.allocation.CaptureState;
import io.recredit.allocation.Decided;
import io.recredit.allocation.OrderLine;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What usually goes wrong in a shop's systems, where the lines of an exception show it. */
final class Causes extends Teller {

  private static final List<Integer> UNITS = List.of(100, 1000);

  private final List<OrderLine> lines;

  Causes(Decided decided, ZoneId timeZone) {
    super(decided.order(), timeZone);
    this.lines = order.refund().orderLines();
  }

  /** Why the lines do not sum to the refund; empty where nothing known explains it. */
  Optional<String> ofLinesSum(BigInteger sum) {
    var refunded = BigInteger.valueOf(order.refund().refundedAmount());
    var missing = refunded.subtract(sum);
    if (isTheLinesTax(missing)) {
      return Optional.of(text("cause.tax"));
    }
    if (sum.negate().equals(refunded)) {
      return Optional.of(text("cause.negated"));
    }
    for (var unit : UNITS) {
      var times = BigInteger.valueOf(unit);
      if (sum.multiply(times).equals(refunded) || refunded.multiply(times).equals(sum)) {
        return Optional.of(text("cause.units", money(sum), refunded()));
      }
    }
    return lines.stream()
        .filter(line -> isPriceOfOnePiece(line, missing))
        .findFirst()
        .map(line -> text("cause.quantity", line(line), line.quantity()))
        .or(() -> leftOut(missing))
        .or(() -> isRounding(missing) ? Optional.of(text("cause.rounding")) : Optional.empty());
  }

  /** What is odd about references that no capture has. */
  List<String> ofReferences(Clues clues) {
    var said = new ArrayList<String>();
    for (var line : order.goodsLines()) {
      var reference = line.reference();
      if (reference == null || clues.isCaptured(reference)) {
        continue;
      }
      if (line.totalAmount() == 0) {
        said.add(text("cause.zero-line", line(line)));
      } else if (line.totalAmount() < 0) {
        said.add(text("cause.surcharge", line(line)));
      }
    }
    var without =
        order.captures().stream().filter(c -> c.capture().orderLines().isEmpty()).toList();
    if (!without.isEmpty()) {
      said.add(text("cause.captures-without-lines", Phrases.captureIds(without)));
    }
    return said;
  }

  private boolean isTheLinesTax(BigInteger missing) {
    return missing.signum() > 0
        && lines.stream().allMatch(line -> line.totalTaxAmount() != null)
        && missing.equals(
            total(lines.stream().map(line -> Objects.requireNonNull(line.totalTaxAmount()))));
  }

  private static BigInteger total(Stream<Long> amounts) {
    return amounts.map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static boolean isPriceOfOnePiece(OrderLine line, BigInteger missing) {
    var quantity = line.quantity();
    return quantity != null
        && quantity > 1
        && line.totalAmount() != 0
        && missing.equals(
            BigInteger.valueOf(line.totalAmount()).multiply(BigInteger.valueOf(quantity - 1)));
  }

  /** A captured line that the refund has not, and whose amount is just what is missing. */
  private Optional<String> leftOut(BigInteger missing) {
    var found =
        order.captures().stream()
            .flatMap(
                state ->
                    state.capture().orderLines().stream()
                        .filter(line -> isLeftOut(state, line, missing))
                        .map(line -> text("cause.left-out", named(line), capture(state.capture()))))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private boolean isLeftOut(CaptureState capture, OrderLine line, BigInteger missing) {
    return line.totalAmount() != 0
        && BigInteger.valueOf(line.totalAmount()).equals(missing)
        && !order.references().contains(String.valueOf(line.reference()))
        && Clues.isUncredited(capture, line);
  }

  private String named(OrderLine line) {
    var name = line.reference() == null ? line.name() : line.reference();
    var amount = money(line.totalAmount());
    return name == null ? amount : quoted(name) + " (" + amount + ")";
  }

  /** At most half a minor unit a piece is rounded away. */
  private boolean isRounding(BigInteger missing) {
    var pieces =
        lines.stream()
            .mapToLong(line -> line.quantity() == null ? 1 : Math.min(line.quantity(), 1000))
            .sum();
    return missing.abs().shiftLeft(1).compareTo(BigInteger.valueOf(Math.max(pieces, 2))) <= 0;
  }
}
