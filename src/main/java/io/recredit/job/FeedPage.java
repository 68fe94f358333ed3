package io.recredit.job;

import io.recredit.feed.FeedLine;
import io.recredit.input.InputFile;
import java.util.List;

/**
 * Some lines of one file. A page is bounded in lines and bytes, so that a chunk is too, however
 * long the lines are.
 *
 * @param lines none at the end of the file
 * @param carriedOn an earlier process read some of the file
 * @param linesSoFar how many of the file's lines were read with these, blank ones not counted
 */
record FeedPage(InputFile file, List<FeedLine> lines, boolean carriedOn, long linesSoFar) {

  /** Bytes that its lines take in memory. */
  long bytes() {
    return lines.stream().mapToLong(FeedLine::length).sum();
  }

  PageSpan span() {
    var first = lines.isEmpty() ? 0 : lines.get(0).number();
    var last = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).number();
    return new PageSpan(file, first, last, lines.size(), linesSoFar);
  }
}
