package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Refuses a pooler between Recredit and PostgreSQL that does not keep sessions: the run lock and
 * what is set for a session would not hold, on some nights and not on others.
 */
final class SessionCheck {

  private SessionCheck() {}

  /** {@link UserException} where two connections at once lead to the same session. */
  static void mustBeKept(DataSource database) {
    try (var one = database.getConnection();
        var other = database.getConnection()) {
      if (backend(one) == backend(other)) {
        throw new UserException(text("database.pooler"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int backend(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
