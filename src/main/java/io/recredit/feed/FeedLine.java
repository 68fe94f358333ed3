package io.recredit.feed;

/** A line of a file as it was read, without its line feed. */
public final class FeedLine {

  private final long number;
  private final byte[] bytes;
  private final boolean tooLong;

  /**
   * @param tooLong the line is longer than {@link LineReader#MAX_LINE_BYTES}, and {@code bytes} are
   *     only its first
   */
  FeedLine(long number, byte[] bytes, boolean tooLong) {
    this.number = number;
    this.bytes = bytes;
    this.tooLong = tooLong;
  }

  /** Counted from 1, ignored lines included. */
  public long number() {
    return number;
  }

  /** The line as people read it among the rejected ones: cut, and with what is not text escaped. */
  public String raw() {
    return RawText.of(bytes);
  }

  /** Bytes that it takes in memory. */
  public int length() {
    return bytes.length;
  }

  <T> ParsedLine.Rejected<T> rejected(String error) {
    return new ParsedLine.Rejected<>(number, error, raw());
  }

  boolean isTooLong() {
    return tooLong;
  }

  /** The line's own array, which nobody changes. */
  byte[] bytes() {
    return bytes;
  }

  boolean isBlank() {
    for (var b : bytes) {
      if (!isBlank(b)) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
