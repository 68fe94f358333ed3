package io.recredit.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where tables go, one after the other, row by row. */
interface TableTarget extends Closeable {

  void begin(Table relation) throws IOException;

  /** A cell per column. */
  void row(List<Cell> cells) throws IOException;

  void end() throws IOException;
}
