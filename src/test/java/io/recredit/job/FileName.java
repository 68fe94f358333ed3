package io.recredit.job;

import java.util.Comparator;
import java.util.List;

/** Which file of a day: {@code captures}, {@code refunds}, {@code releases} and so on. */
record FileName(String kind, String day) implements Comparable<FileName> {

  static final List<String> KINDS =
      List.of("captures", "refunds", "releases", "orders", "refusals", "events");

  private static final Comparator<FileName> BY_DAY =
      Comparator.comparing(FileName::day).thenComparing(FileName::kind);

  @Override
  public int compareTo(FileName other) {
    return BY_DAY.compare(this, other);
  }

  @Override
  public String toString() {
    return kind + "-" + day + ".ndjson";
  }
}
