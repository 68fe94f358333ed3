package io.recredit.books;

/** From where the tax rate of a line is known, or why it is not. */
public enum TaxSource {
  /** The refund says it, of the line or of all its goods. */
  REFUND,
  /** The capture says it, of the same goods or of all it has. */
  CAPTURE,
  /** Nobody says it. */
  UNKNOWN,
  /** Rate and tax that are said do not go together. */
  CONTRADICTORY
}
