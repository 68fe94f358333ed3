package io.recredit.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The least that loading the day takes on one connection: plain text {@code COPY} of the records,
 * taken apart before, into tables of Recredit's own shape with their keys in place. Nothing is
 * parsed, decided or proved.
 */
final class FloorCopy {

  static final List<String> TABLES = List.of("capture", "refund");

  private FloorCopy() {}

  /** Arguments: the database's URL, user and password, and the folder with a file per table. */
  public static void main(String[] args) throws SQLException, IOException {
    try (var database = DriverManager.getConnection(args[0], args[1], args[2])) {
      database.setAutoCommit(false);
      for (var table : TABLES) {
        try (var rows = Files.newInputStream(Path.of(args[3], table))) {
          database
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy recredit_store." + table + " from stdin", rows, 1 << 16);
        }
      }
      database.commit();
    }
  }
}
