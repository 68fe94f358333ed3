package io.recredit.payout;

/**
 * What stands in a row under a name; where nothing does there is no value.
 *
 * @param text stripped
 */
record Value(String text, Form form) {

  enum Form {
    /** In CSV, where nothing says what kind of value it is. */
    WRITTEN,
    /** A JSON text. */
    TEXT,
    /** A JSON whole number. */
    WHOLE,
    /** JSON of another kind, which is nowhere wanted. */
    OTHER
  }
}
