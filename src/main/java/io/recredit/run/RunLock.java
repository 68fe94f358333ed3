package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * One run at a time on a database: an advisory lock of PostgreSQL on a connection of its own. It
 * dies with its holder, on whatever host, and so needs nobody to clean up after it.
 *
 * <p>The connection has nothing to do while the run works. So that nothing on the way takes it for
 * forgotten, and so that its loss is noticed, it is used every few seconds. The server's own
 * timeouts are switched off for all of the program's sessions, in application.yaml.
 */
public final class RunLock implements AutoCloseable {

  /** The bytes of "recredit"; {@code recredit.run} looks for the same number. */
  private static final long KEY = 8243104035950061940L;

  private static final long SECONDS_BETWEEN_LOOKS = 3;

  /** Of a server that is busy; one behind a broken line never answers. */
  private static final int SECONDS_TO_ANSWER = 60;

  private static final String IS_HELD =
      """
      select exists (
        select from pg_locks
        where pid = pg_backend_pid() and locktype = 'advisory' and granted
          and ((classid::bigint << 32) | objid::bigint) = ?)
      """;

  private final Connection connection;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(RunLock::daemon);
  private volatile boolean lost;

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

  /**
   * Keeps it while the run works.
   *
   * @param stop called if it is lost: another run may begin at any moment from then on
   */
  void keep(Runnable stop) {
    var unused =
        watch.scheduleWithFixedDelay(
            () -> look(stop), SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  private void look(Runnable stop) {
    if (!lost && !isHeld()) {
      lost = true;
      stop.run();
    }
  }

  /** Whether its connection was lost, and the lock with it. */
  boolean isLost() {
    return lost;
  }

  /** Fails if the lock is lost; see {@link #isLost}. */
  public void requireHeld() {
    if (lost || !isHeld()) {
      lost = true;
      throw lost();
    }
  }

  static UserException lost() {
    return new UserException(text("run.lock-lost"));
  }

  /** Not only the connection: a pooler may have put another one in its place. */
  private synchronized boolean isHeld() {
    try {
      connection.setNetworkTimeout(
          Runnable::run, (int) TimeUnit.SECONDS.toMillis(SECONDS_TO_ANSWER));
      try (var statement = connection.prepareStatement(IS_HELD)) {
        statement.setLong(1, KEY);
        try (var result = statement.executeQuery()) {
          return result.next() && result.getBoolean(1);
        }
      }
    } catch (SQLException e) {
      return false;
    }
  }

  /** A connection that is broken by now has lost the lock already. */
  @Override
  public void close() {
    watch.shutdownNow();
    release();
  }

  private synchronized void release() {
    try (var statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, KEY);
      statement.execute();
    } catch (SQLException broken) {
      // Nothing is left to be released.
    } finally {
      JdbcUtils.closeConnection(connection);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "recredit-run-lock");
    thread.setDaemon(true);
    return thread;
  }
}
