package io.recredit.export;

/** What a ledger has accounts for. */
enum Kind {
  /** Goods that came back, without tax. */
  RETURN(true),
  /** Tax on goods and fees. */
  VAT(true),
  /** Fees that the shop keeps, without tax. */
  FEE(true),
  /** Given back, and on no invoice yet. */
  CLEARING(false),
  /** Closed without an invoice. */
  WRITE_OFF(false),
  /** What Klarna owes the shop: all of it stands against this. */
  RECEIVABLE(false);

  /** Whether its accounts may differ by tax rate. */
  final boolean hasRate;

  Kind(boolean hasRate) {
    this.hasRate = hasRate;
  }
}
