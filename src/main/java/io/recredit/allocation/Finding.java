package io.recredit.allocation;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a step of the rules found: what it compared, and what it decides, if it does. */
public sealed interface Finding {

  Step step();

  /** What the step decides; null where the next one goes on. */
  @Nullable Outcome outcome();

  /**
   * Step 1.
   *
   * @param first the earlier refund with the same {@code idempotency_key}, if there is one
   */
  record Duplicate(@Nullable Refund first) implements Finding {

    @Override
    public Step step() {
      return Step.DUPLICATE;
    }

    @Override
    public @Nullable Outcome outcome() {
      return first == null ? null : new Outcome.Repeats(first);
    }
  }

  /** Step 2: the order's refunds so far, this one included, captures and releases. */
  record Operations(int refunds, int captures, int releases, @Nullable Outcome outcome)
      implements Finding {

    public int all() {
      return refunds + captures + releases;
    }

    @Override
    public Step step() {
      return Step.OPERATION_LIMIT_EXCEEDED;
    }
  }

  /** Step 3: whether the order had a capture at the refund's time. */
  record AnyCapture(@Nullable Outcome outcome) implements Finding {

    @Override
    public Step step() {
      return Step.NO_CAPTURE;
    }
  }

  /** Step 4: the refund's currency beside its order's. */
  record Currency(@Nullable Outcome outcome) implements Finding {

    @Override
    public Step step() {
      return Step.CURRENCY_MISMATCH;
    }
  }

  /**
   * Step 5.
   *
   * @param checks of the capture that the refund names; null where it names none, or the order has
   *     no such capture yet
   */
  record NamedCapture(@Nullable AmountChecks checks, @Nullable Outcome outcome) implements Finding {

    @Override
    public Step step() {
      return Step.NAMED_CAPTURE;
    }
  }

  /** Step 6: whether an earlier refund of the order is an exception that blocks. */
  record PriorFailure(@Nullable Outcome outcome) implements Finding {

    @Override
    public Step step() {
      return Step.PRIOR_ALLOCATION_FAILED;
    }
  }

  /**
   * Step 7.
   *
   * @param checks of the order's only capture, where the refund has no lines
   */
  record OrderLines(@Nullable AmountChecks checks, @Nullable Outcome outcome) implements Finding {

    @Override
    public Step step() {
      return Step.NO_ORDER_LINES;
    }
  }

  /** Step 8: the sum of the lines beside the refunded amount. */
  record LinesSum(BigInteger sum, @Nullable Outcome outcome) implements Finding {

    @Override
    public Step step() {
      return Step.LINES_SUM_MISMATCH;
    }
  }

  /**
   * Step 9.
   *
   * @param failed the first condition that does not hold; null where all do, or there is no fee
   * @param countries in which a shop may keep a return fee
   */
  record ReturnFee(
      @Nullable Condition failed, SortedSet<String> countries, @Nullable Outcome outcome)
      implements Finding {

    /** What a refund with a return fee needs, in the order in which it is looked at. */
    public enum Condition {
      ONE_CAPTURE,
      FULLY_CAPTURED,
      COUNTRY,
      NOT_POSITIVE
    }

    @Override
    public Step step() {
      return Step.RETURN_FEE;
    }
  }

  /**
   * Step 10.
   *
   * @param checks of the order's only capture, where there is nothing to compare
   */
  record NothingToCompare(@Nullable AmountChecks checks, @Nullable Outcome outcome)
      implements Finding {

    @Override
    public Step step() {
      return Step.NOTHING_TO_COMPARE;
    }
  }

  /**
   * Step 11.
   *
   * @param without the first goods line without reference, if there is one
   */
  record ReferencesGiven(@Nullable OrderLine without, @Nullable Outcome outcome)
      implements Finding {

    @Override
    public Step step() {
      return Step.REFERENCE_MISSING;
    }
  }

  /**
   * Step 12.
   *
   * @param wrong the first goods line whose reference is on no line of any capture, if there is one
   */
  record ReferencesCaptured(@Nullable OrderLine wrong, @Nullable Outcome outcome)
      implements Finding {

    @Override
    public Step step() {
      return Step.REFERENCE_NOT_CAPTURED;
    }
  }

  /**
   * Step 13.
   *
   * @param covering the captures that carry every reference of the refund's goods lines
   * @param chosen the one that it goes to
   */
  record OneCapture(List<Candidate> covering, @Nullable Candidate chosen, @Nullable Outcome outcome)
      implements Finding {

    public OneCapture {
      covering = List.copyOf(covering);
    }

    @Override
    public Step step() {
      return Step.ONE_CAPTURE;
    }
  }

  /**
   * Step 14.
   *
   * @param lines in the order in which they were placed, up to the first that could not be
   */
  record LineByLine(List<PlacedLine> lines, Outcome outcome) implements Finding {

    public LineByLine {
      lines = List.copyOf(lines);
    }

    @Override
    public Step step() {
      return Step.LINE_BY_LINE;
    }
  }

  /**
   * A line on its way in step 14.
   *
   * @param carrying the captures that carry its reference
   * @param chosen the one that it goes to; null where it could not be placed, or may not be
   */
  record PlacedLine(OrderLine line, List<Candidate> carrying, @Nullable Candidate chosen) {

    public PlacedLine {
      carrying = List.copyOf(carrying);
    }
  }

  /** The two amount checks of step 5: all of a refund beside one capture. */
  record AmountChecks(CaptureState capture, long refundedAmount) {

    public boolean exceedsCaptured() {
      return refundedAmount > capture.capture().capturedAmount();
    }

    public boolean exceedsRoom() {
      return refundedAmount > capture.room();
    }
  }

  /**
   * A capture that could take a refund, or one line of it, by its references.
   *
   * @param net what this refund put there before
   * @param canTakeIt whether there is room for it, or, for a line of zero or less, whether this
   *     refund's net there stays 0 or more
   * @param brought what is to come there, by reference
   * @param taken what this refund's lines took there before, by reference
   */
  record Candidate(
      CaptureState capture,
      long net,
      boolean canTakeIt,
      Map<String, BigInteger> brought,
      Map<String, BigInteger> taken) {

    /** What is left of the capture, less what this refund put there before. */
    public long room() {
      return capture.room() - net;
    }

    public BigInteger uncredited(String reference) {
      return capture.uncredited(reference).subtract(takenUnder(reference));
    }

    public boolean fitsOnTheLines() {
      return brought.entrySet().stream()
          .allMatch(
              entry -> capture.fits(entry.getKey(), entry.getValue(), takenUnder(entry.getKey())));
    }

    private BigInteger takenUnder(String reference) {
      return taken.getOrDefault(reference, BigInteger.ZERO);
    }
  }
}
