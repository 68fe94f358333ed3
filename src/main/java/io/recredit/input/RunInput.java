package io.recredit.input;

import io.recredit.feed.FeedKind;
import java.util.List;

/**
 * What a run reads.
 *
 * @param withdraw whether it is meant that many records are gone from a file
 */
public record RunInput(long runId, boolean withdraw, List<InputFile> files) {

  public RunInput {
    files = List.copyOf(files);
  }

  /** The files of a kind that are not as they were, by day. */
  public List<InputFile> filesToRead(FeedKind kind) {
    return files.stream()
        .filter(file -> file.kind() == kind && file.reading() != InputFile.Reading.NONE)
        .toList();
  }
}
