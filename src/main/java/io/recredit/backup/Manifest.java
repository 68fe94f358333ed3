package io.recredit.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup is, and what is in it: the entry of that name in its file, as JSON.
 *
 * @param format of the file; later ones are not for this program
 * @param madeBy the version of Recredit that made it
 * @param tablesVersion which version of the tables it holds
 * @param lastRun the newest finished run
 * @param tables in an order in which they can be written
 */
record Manifest(
    int format,
    String madeBy,
    Instant madeAt,
    int tablesVersion,
    long lastRun,
    List<TableOfIt> tables) {

  static final int FORMAT = 1;

  Manifest {
    tables = List.copyOf(tables);
  }

  /** A table, whose rows are the entry of its name, as PostgreSQL's COPY writes them. */
  record TableOfIt(String name, List<String> columns, long rows) {

    TableOfIt {
      columns = List.copyOf(columns);
    }

    /** What COPY is told of it. */
    String target() {
      return "recredit_store.%s (%s)".formatted(name, String.join(", ", columns));
    }
  }

  long rows() {
    return tables.stream().mapToLong(TableOfIt::rows).sum();
  }
}
