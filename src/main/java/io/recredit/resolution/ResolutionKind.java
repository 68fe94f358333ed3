package io.recredit.resolution;

import java.util.Locale;

/** What becomes of a refund. */
public enum ResolutionKind {
  BY_HAND,
  WRITTEN_OFF,
  /** The decision before is taken back: the rules alone say what becomes of it. */
  WITHDRAWN;

  /** As in the table. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ResolutionKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
