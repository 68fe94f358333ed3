package io.recredit.allocation;

import io.recredit.evidence.Place;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of one refund, before it is booked. */
public sealed interface Outcome {

  /** The match rule, or the reason, or what else it is. */
  default String word() {
    if (this instanceof Placed placed) {
      return placed.matchRule().name();
    }
    if (this instanceof Failed failed) {
      return failed.reason().name();
    }
    return this instanceof WrittenOff ? "WRITTEN_OFF" : "DUPLICATE";
  }

  /** The same operation as an earlier refund. */
  record Repeats(Refund first) implements Outcome {}

  /** It goes nowhere. */
  record Failed(Reason reason) implements Outcome {}

  /**
   * Where it goes.
   *
   * @param writtenOffAmount what an accountant put on no invoice, in minor units
   */
  record Placed(MatchRule matchRule, List<Placement> placements, long writtenOffAmount)
      implements Outcome {

    public Placed {
      placements = List.copyOf(placements);
    }

    Placed(MatchRule matchRule, List<Placement> placements) {
      this(matchRule, placements, 0);
    }

    /** What each capture gets, those without a net left out. */
    public Place place() {
      return Place.of(
          placements.stream()
              .collect(
                  Collectors.toMap(
                      placement -> placement.capture().captureId(), Placement::amount)));
    }

    /** All of the refund on one capture. */
    static Placed whole(Refund refund, CaptureState capture, MatchRule matchRule) {
      return new Placed(
          matchRule, List.of(new Placement(capture, refund.refundedAmount(), refund.orderLines())));
    }
  }

  /** Closed without an invoice, by an accountant's decision. */
  record WrittenOff() implements Outcome {}

  /** What one capture gets of a refund: a net amount, 0 included, and the lines that make it up. */
  record Placement(CaptureState capture, long amount, List<OrderLine> lines) {

    public Placement {
      lines = List.copyOf(lines);
    }

    Credit toCredit() {
      return new Credit(capture.capture(), amount, returnFee());
    }

    /**
     * Only where a refund or an accountant named the capture can there be lines that do not sum to
     * the credit: they were not checked.
     */
    boolean linesSumToAmount() {
      return OrderLine.sum(lines).equals(BigInteger.valueOf(amount));
    }

    /** One above 0 is none that the shop keeps. */
    private long returnFee() {
      var fees =
          lines.stream()
              .filter(OrderLine::isReturnFee)
              .filter(line -> line.totalAmount() <= 0)
              .toList();
      return linesSumToAmount() ? OrderLine.sum(fees).negate().longValueExact() : 0;
    }
  }
}
