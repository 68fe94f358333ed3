package io.recredit.feed;

/** What a file of the feed holds. */
public enum FeedKind {
  CAPTURES("captures", true),
  REFUNDS("refunds", true),
  RELEASES("releases", false);

  private final String prefix;
  private final boolean daily;

  FeedKind(String prefix, boolean daily) {
    this.prefix = prefix;
    this.daily = daily;
  }

  /** The word that a file's name begins with. */
  public String prefix() {
    return prefix;
  }

  /** Whether every day must have such a file, if only an empty one. */
  boolean isDaily() {
    return daily;
  }
}
