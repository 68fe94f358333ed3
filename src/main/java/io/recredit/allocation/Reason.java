package io.recredit.allocation;

/** Why a refund was accepted without allocation, in the order of rules.md, part 2. */
public enum Reason {
  OPERATION_LIMIT_EXCEEDED(false),
  NO_CAPTURE(false),
  CURRENCY_MISMATCH(false),
  CAPTURE_NOT_FOUND(false),
  EXCEEDS_CAPTURED_AMOUNT(true),
  EXCEEDS_REMAINING_AMOUNT(true),
  PRIOR_ALLOCATION_FAILED(true),
  NO_ORDER_LINES(true),
  LINES_SUM_MISMATCH(true),
  RETURN_FEE_NOT_ELIGIBLE(false),
  REFERENCE_MISSING(true),
  REFERENCE_NOT_CAPTURED(true),
  AMBIGUOUS_CAPTURE(true),
  SPANS_CAPTURES(true),
  NEGATIVE_CREDIT(true),
  /** Klarna's record proves that some of it is on no invoice, and is followed. */
  ON_NO_INVOICE(true),
  /**
   * An accountant resolved it, and later input contradicts that; it blocks as it would unresolved.
   */
  RESOLUTION_VOID(false);

  private final boolean blocks;

  Reason(boolean blocks) {
    this.blocks = blocks;
  }

  /**
   * Whether such an exception makes the order's later refunds fail (rules.md, step 6). The others
   * mean that Klarna would have refused the refund, so that the feed or the settings have a hole.
   */
  public boolean blocks() {
    return blocks;
  }
}
