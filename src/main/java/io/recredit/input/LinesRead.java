package io.recredit.input;

import java.util.NavigableMap;

/**
 * How far a run has come with a file. Its pages are written side by side, so that what a killed
 * process read may have gaps.
 *
 * @param file the file
 * @param spans first and last line of each part that was written; no two have a line in common
 * @param count how many lines, blank ones not counted
 * @param isWhole nothing of the file is left to be read
 */
public record LinesRead(
    InputFile file, NavigableMap<Long, Long> spans, long count, boolean isWhole) {

  /** Whether the line was read, or is a blank one between those that were. */
  public boolean contains(long line) {
    var span = spans.floorEntry(line);
    return span != null && line <= span.getValue();
  }
}
