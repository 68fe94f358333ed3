package io.recredit.table;

import java.util.Map;

/**
 * A row of a {@link FilledInTable}.
 *
 * @param place where it is, for sentences about it: "Row 12"
 * @param texts by the names of the columns, without spaces around them
 */
public record FilledInRow(String place, Map<String, String> texts) {

  public FilledInRow {
    texts = Map.copyOf(texts);
  }

  /** Empty where nothing stands. */
  public String text(String column) {
    return texts.getOrDefault(column, "");
  }
}
