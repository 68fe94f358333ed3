package io.recredit.payout;

/** A row of a payout and the refund or capture that it is. */
public record Match(PaidRow row, Payable of, MatchedBy matchedBy) {}
