package io.recredit.job;

import io.recredit.feed.FeedLine;
import io.recredit.store.Run.InputFile;
import java.util.List;

/**
 * Some lines of one file. A page is bounded in lines and bytes, so that a chunk is too, however
 * long the lines are.
 *
 * @param carriedOn an earlier process read some of the file
 * @param linesSoFar how many of the file's lines were read with these, blank ones not counted
 * @param endsFile nothing follows in this file
 */
record FeedPage(
    InputFile file, List<FeedLine> lines, boolean carriedOn, long linesSoFar, boolean endsFile) {

  /** Bytes that its lines take in memory. */
  long bytes() {
    return lines.stream().mapToLong(FeedLine::length).sum();
  }
}
