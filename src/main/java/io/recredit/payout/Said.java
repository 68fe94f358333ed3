package io.recredit.payout;

import org.jspecify.annotations.Nullable;

/** What a row says under the known names. */
interface Said {

  long row();

  @Nullable Value value(Name name);

  @Nullable Value value(Total total);

  /** What is kept of it where it is rejected. */
  String raw();

  /** Which of a file's pages it stands on; of CSV always the same. */
  int page();

  /** The first of the names that has a value; else nothing. */
  default @Nullable Name firstOf(Iterable<Name> names) {
    for (var name : names) {
      if (value(name) != null) {
        return name;
      }
    }
    return null;
  }
}
