package io.recredit.allocation;

/** The steps of SPEC part 2, in their order: the first that applies decides. */
public enum Step {
  DUPLICATE(1, "Duplicate"),
  OPERATION_LIMIT_EXCEEDED(2, "Operation limit"),
  NO_CAPTURE(3, "Any capture"),
  CURRENCY_MISMATCH(4, "Currency"),
  NAMED_CAPTURE(5, "Named capture"),
  PRIOR_ALLOCATION_FAILED(6, "Earlier failures"),
  NO_ORDER_LINES(7, "Order lines"),
  LINES_SUM_MISMATCH(8, "Lines sum"),
  RETURN_FEE(9, "Return fee"),
  NOTHING_TO_COMPARE(10, "To be compared"),
  REFERENCE_MISSING(11, "References given"),
  REFERENCE_NOT_CAPTURED(12, "References captured"),
  ONE_CAPTURE(13, "One capture for all"),
  LINE_BY_LINE(14, "Line by line");

  private final int number;
  private final String title;

  Step(int number, String title) {
    this.number = number;
    this.title = title;
  }

  public int number() {
    return number;
  }

  /** What the step looks at, in a word or two. */
  public String title() {
    return title;
  }
}
