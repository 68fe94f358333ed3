package io.recredit.feed;

/** What became of a line: a record, or a sentence that says what is wrong with it. */
public sealed interface ParsedLine<T> {

  /** A line that holds a good record. */
  record Accepted<T>(T content) implements ParsedLine<T> {}

  /** A line that breaks the contract. */
  record Rejected<T>(String error) implements ParsedLine<T> {}
}
