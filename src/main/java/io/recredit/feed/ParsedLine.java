package io.recredit.feed;

/** What became of a line: a record, or a rejection that says what is wrong with it. */
public sealed interface ParsedLine<T> {

  /** Counted from 1, ignored lines included. */
  long lineNumber();

  /** The line as people read it among the rejected ones. */
  String raw();

  /** A line that holds a good record. */
  record Accepted<T>(FeedLine line, T content) implements ParsedLine<T> {

    @Override
    public long lineNumber() {
      return line.number();
    }

    /** Made when it is asked for, as it is only of use if the record is rejected after all. */
    @Override
    public String raw() {
      return line.raw();
    }
  }

  /**
   * A line that breaks the contract.
   *
   * @param error the sentence that says what is wrong
   */
  record Rejected<T>(long lineNumber, String error, String raw) implements ParsedLine<T> {}
}
