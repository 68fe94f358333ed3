package io.recredit.payout;

/** By what a row of a payout was known. */
public enum MatchedBy {
  /** It names the refund or capture. */
  ID,
  /** Order, currency and amount are the same. */
  AMOUNT
}
