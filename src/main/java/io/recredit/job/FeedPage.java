package io.recredit.job;

import io.recredit.feed.FeedLine;
import io.recredit.store.Run.InputFile;
import java.util.List;

/**
 * Some lines of one file. A page is bounded in lines and bytes, so that a chunk is too, however
 * long the lines are.
 *
 * @param carriedOn an earlier process read the beginning of the file
 * @param end the place behind it
 * @param endsFile nothing follows in this file
 */
record FeedPage(
    InputFile file, List<FeedLine> lines, boolean carriedOn, Place end, boolean endsFile) {

  /** Bytes that its lines take in memory. */
  long bytes() {
    return lines.stream().mapToLong(FeedLine::length).sum();
  }

  /**
   * How far the reading has come.
   *
   * @param file index among the files to read
   * @param line the last line read, blank ones counted
   * @param lines how many lines of the file were read, blank ones not counted
   */
  record Place(int file, long line, long lines) {

    Place behind(List<FeedLine> read) {
      return new Place(file, read.get(read.size() - 1).number(), lines + read.size());
    }
  }
}
