package io.recredit.feed;

import java.util.Arrays;

/** What a file of the feed holds. */
public enum FeedKind {
  CAPTURES("captures", true),
  REFUNDS("refunds", true),
  RELEASES("releases", false);

  private final String word;
  private final boolean daily;

  FeedKind(String word, boolean daily) {
    this.word = word;
    this.daily = daily;
  }

  /** The word that files' names begin with; tables and people call the kind by it too. */
  public String word() {
    return word;
  }

  public static FeedKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of file: " + word));
  }

  /** Whether every day must have such a file, if only an empty one. */
  boolean isDaily() {
    return daily;
  }
}
