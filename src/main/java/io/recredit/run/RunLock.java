package io.recredit.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * One run at a time on a database: an advisory lock of PostgreSQL on a connection of its own. It
 * dies with its holder, on whatever host, and so needs nobody to clean up after it.
 */
public final class RunLock implements AutoCloseable {

  /** The bytes of "recredit"; {@code recredit.run} looks for the same number. */
  private static final long KEY = 8243104035950061940L;

  private final Connection connection;

  private RunLock(Connection connection) {
    this.connection = connection;
  }

  /** Takes the lock; empty where another run has it. */
  public static Optional<RunLock> tryAcquire(DataSource dataSource) throws SQLException {
    var connection = dataSource.getConnection();
    try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, KEY);
      try (var result = statement.executeQuery()) {
        if (result.next() && result.getBoolean(1)) {
          return Optional.of(new RunLock(connection));
        }
      }
    } catch (SQLException e) {
      JdbcUtils.closeConnection(connection);
      throw e;
    }
    JdbcUtils.closeConnection(connection);
    return Optional.empty();
  }

  /** Fails if the connection is broken, and the lock lost with it. */
  public void requireHeld() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  /** A connection that is broken by now has lost the lock already. */
  @Override
  public void close() {
    try (var statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, KEY);
      statement.execute();
    } catch (SQLException broken) {
      // Nothing is left to be released.
    } finally {
      JdbcUtils.closeConnection(connection);
    }
  }
}
