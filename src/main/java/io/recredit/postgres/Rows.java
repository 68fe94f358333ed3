package io.recredit.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

/** Values of a row that the driver gives in other types than the program's. */
public final class Rows {

  private Rows() {}

  /** Of a column that is never null. */
  public static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
