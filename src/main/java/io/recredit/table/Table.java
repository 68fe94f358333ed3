package io.recredit.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that reports hold, as a sheet and as a CSV file: one list of columns for both.
 *
 * @param name of the sheet, and of the file
 */
public record Table(String name, List<Column> columns) {

  @SafeVarargs
  public static Table of(String name, List<Column>... columns) {
    var all = new ArrayList<Column>();
    for (var some : columns) {
      all.addAll(some);
    }
    return new Table(name, List.copyOf(all));
  }
}
