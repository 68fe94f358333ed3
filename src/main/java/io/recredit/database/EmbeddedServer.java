package io.recredit.database;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recredit's own PostgreSQL, with its data in a folder that stays.
 *
 * <p>The server belongs to the folder, not to the process that started it. A process that finds one
 * running there uses it: another Recredit's, or what is left of one that was killed. Each holds a
 * session as long as it needs the server, and the one that leaves last stops it.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
  static final String DATABASE = "recredit";

  /**
   * Who runs the nights there, and rewrites nothing; see sql/roles.sql. Its password is the
   * server's: whoever can read the one file is the one user of the machine whose folder it is.
   */
  public static final String JOB_USER = "recredit_job";

  /** PostgreSQL's own, in the data folder. */
  public static final String FOLDER = "postgresql";

  private static final String OTHER_SESSIONS =
      """
      SELECT count(*)
      FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
      """;

  /** How long a session that was closed just now may take to be gone. */
  private static final Duration PARTING = Duration.ofSeconds(1);

  /** PostgreSQL's programs hand the folder's name to a shell, in quotes that these end. */
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[$\"`\\v]");

  private static final int SECONDS_TO_ANSWER = 5;

  private final Path folder;
  private final Cluster cluster;
  private final int port;
  private final String password;
  private final Connection presence;
  private final long logSizeBefore;
  private final FileChannel use;
  private boolean closed;
  private boolean leftRunning;

  private EmbeddedServer(Path folder, Cluster cluster, int port, FileChannel use)
      throws IOException, SQLException {
    this.folder = folder;
    this.cluster = cluster;
    this.port = port;
    this.use = use;
    this.password = cluster.password();
    this.logSizeBefore = cluster.programs().logSize();
    this.presence = cluster.connect(port);
  }

  /**
   * Makes sure that a server runs on this folder, and uses it.
   *
   * @param said takes sentences for the person who waits
   * @throws UserException with a sentence for the person who started Recredit
   */
  public static EmbeddedServer start(Path dataFolder, Consumer<String> said) {
    Path folder = dataFolder.toAbsolutePath().normalize();
    return start(folder, folder.resolve("postgresql-programs"), said);
  }

  /** With PostgreSQL's programs in a folder of their own, which several data folders can share. */
  static EmbeddedServer start(Path dataFolder, Path programsFolder, Consumer<String> said) {
    Path folder = dataFolder.toAbsolutePath().normalize();
    mustBeGoodForAShell(folder);
    try {
      folder = OwnFiles.createFolders(folder).toRealPath();
      mustBeGoodForAShell(folder);
      PostgresPrograms programs =
          new PostgresPrograms(
              programsFolder.toAbsolutePath(), folder.resolve("postgresql.log"), said);
      return start(folder, new Cluster(folder.resolve(FOLDER), programs));
    } catch (IOException e) {
      throw DatabaseFaults.about(folder, e);
    }
  }

  private static void mustBeGoodForAShell(Path folder) {
    if (NOT_IN_A_NAME.matcher(folder.toString()).find()) {
      throw new UserException(text("database.folder.name", folder));
    }
  }

  private static EmbeddedServer start(Path folder, Cluster cluster) throws IOException {
    try (FolderLock lock = FolderLock.acquire(folder.resolve(".lock"), cluster.programs().said())) {
      OptionalInt running = cluster.runningPort();
      FileChannel use = lock.use(running.isPresent());
      try {
        int port = running.isPresent() ? running.getAsInt() : cluster.start();
        EmbeddedServer server = new EmbeddedServer(folder, cluster, port, use);
        server.createWhatIsMissing();
        return server;
      } catch (SQLException e) {
        use.close();
        throw new UserException(text("database.server.failed", folder, e.getMessage()));
      } catch (IOException | RuntimeException e) {
        use.close();
        throw e;
      }
    }
  }

  private void createWhatIsMissing() throws SQLException {
    try (Statement statement = presence.createStatement()) {
      if (count(statement, "SELECT count(*) FROM pg_database WHERE datname = '" + DATABASE + "'")
          == 0) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
      if (count(statement, "SELECT count(*) FROM pg_roles WHERE rolname = '" + JOB_USER + "'")
          == 0) {
        statement.execute("CREATE ROLE " + JOB_USER + " LOGIN PASSWORD '" + password + "'");
      }
    }
  }

  public String jdbcUrl() {
    return Cluster.jdbcUrl(port, DATABASE);
  }

  public String username() {
    return Cluster.USER;
  }

  /** Made with the data folder and kept in it: every user of the machine can reach the port. */
  public String password() {
    return password;
  }

  /** Where the password is kept, for people: it is not for a screen. */
  public Path passwordFile() {
    return cluster.passwordFile();
  }

  /** How the password is to be shown to the server: proved, not told. */
  public String authentication() {
    return Cluster.AUTHENTICATION;
  }

  /** Whether it still runs and answers. */
  public synchronized boolean isUp() {
    try {
      return !closed && cluster.isAlive() && presence.isValid(SECONDS_TO_ANSWER);
    } catch (IOException | SQLException e) {
      return false;
    }
  }

  /**
   * What it said of a full disk since it is used here: a server that has no room for its own log
   * ends, and whoever uses it only sees that it is gone.
   */
  public Optional<UserException> lackOfRoom() {
    try {
      return cluster
          .programs()
          .lackOfRoom(logSizeBefore)
          .map(said -> new UserException(text("database.disk-full", folder, said)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether closing left the server to somebody else who uses it. */
  public synchronized boolean isLeftRunning() {
    return leftRunning;
  }

  /** Stops the server unless somebody else uses it. Failing to is not worth failing a run for. */
  @Override
  @SuppressWarnings("try") // the lock and the use are there to be held
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (FolderLock lock = FolderLock.acquire(folder.resolve(".lock"), cluster.programs().said());
        use) {
      leftRunning = !isAlone();
      presence.close();
      if (!leftRunning) {
        cluster.stop();
      }
    } catch (IOException | SQLException | UserException e) {
      log.warn("The database server on {} may be left running: {}", folder, e.getMessage());
    }
  }

  private boolean isAlone() throws SQLException {
    Deadline patience = Deadline.of(PARTING);
    try (Statement statement = presence.createStatement()) {
      while (count(statement, OTHER_SESSIONS) > 0) {
        if (!patience.lasts()) {
          return false;
        }
      }
      return true;
    }
  }

  private static long count(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
