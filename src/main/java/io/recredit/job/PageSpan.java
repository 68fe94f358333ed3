package io.recredit.job;

import io.recredit.input.InputFile;

/**
 * Where a page lies in its file.
 *
 * @param firstLine the number of its first line, {@code lastLine} that of its last; 0 where it has
 *     none
 * @param lines how many lines it has, blank ones not counted; none is the file's end
 * @param linesSoFar how many of the file's lines were read with these
 */
record PageSpan(InputFile file, long firstLine, long lastLine, int lines, long linesSoFar) {

  /** Nothing follows in this file. */
  boolean endsFile() {
    return lines == 0;
  }
}
