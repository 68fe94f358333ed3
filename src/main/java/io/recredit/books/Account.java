package io.recredit.books;

/** Where a line of a refund stands in the books. */
public enum Account {
  /** The goods on an invoice. */
  CREDIT,
  /** The fee for a return that the shop keeps, on an invoice: below 0. */
  RETURN_FEE,
  /** An exception: given back, and on no invoice. */
  UNALLOCATED,
  /** Closed without an invoice, by an accountant's decision. */
  WRITE_OFF
}
