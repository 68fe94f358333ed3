package io.recredit.feed;

import java.util.Arrays;

/**
 * Collects a line that does not lie in one piece in the buffer. Of a line that turns out to be too
 * long only the beginning stays in memory.
 */
final class LineBytes {

  private final int maxLength;
  private final int keptLength;
  private byte[] bytes = {};
  private long length;
  private boolean blank = true;
  private boolean ended;

  /**
   * @param maxLength a longer line is too long
   * @param keptLength how much of such a line is kept
   */
  LineBytes(int maxLength, int keptLength) {
    this.maxLength = maxLength;
    this.keptLength = keptLength;
  }

  void add(byte[] source, int from, int to) {
    var room = (length > maxLength ? keptLength : maxLength) - stored();
    var taken = Math.min(to - from, Math.max(room, 0));
    if (stored() + taken > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, Math.min(maxLength, Math.max(stored() + taken, 2 * bytes.length)));
    }
    System.arraycopy(source, from, bytes, stored(), taken);
    for (var i = from; blank && i < to; i++) {
      blank = FeedLine.isBlank(source[i]);
    }
    length += to - from;
    if (length > maxLength && bytes.length > keptLength) {
      bytes = Arrays.copyOf(bytes, keptLength);
    }
  }

  /** Spaces, tabs and CR only, whatever the length. */
  boolean isBlank() {
    return blank;
  }

  /** Says that a line feed follows. */
  void end() {
    ended = true;
  }

  boolean hasEnd() {
    return ended;
  }

  FeedLine toLine(long number) {
    return new FeedLine(number, Arrays.copyOf(bytes, stored()), length > maxLength);
  }

  private int stored() {
    return (int) Math.min(length, length > maxLength ? keptLength : maxLength);
  }
}
