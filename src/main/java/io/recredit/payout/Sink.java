package io.recredit.payout;

/** Takes what is in a report, each row where it stands; its payouts come last. */
public interface Sink {

  void transaction(Transaction transaction);

  void totals(Totals totals);

  void rejected(RejectedRow row);

  void part(PayoutPart part);
}
