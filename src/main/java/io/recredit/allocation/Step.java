package io.recredit.allocation;

/** The steps of rules.md, part 2, in their order: the first that applies decides. */
public enum Step {
  DUPLICATE(1),
  OPERATION_LIMIT_EXCEEDED(2),
  NO_CAPTURE(3),
  CURRENCY_MISMATCH(4),
  NAMED_CAPTURE(5),
  PRIOR_ALLOCATION_FAILED(6),
  NO_ORDER_LINES(7),
  LINES_SUM_MISMATCH(8),
  RETURN_FEE(9),
  NOTHING_TO_COMPARE(10),
  REFERENCE_MISSING(11),
  REFERENCE_NOT_CAPTURED(12),
  ONE_CAPTURE(13),
  LINE_BY_LINE(14);

  private final int number;

  Step(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
