package io.recredit.database;

import static io.recredit.wording.Messages.text;

import com.sun.management.OperatingSystemMXBean;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * One PostgreSQL data directory and the server on it. Whoever uses it holds the {@link FolderLock}.
 *
 * @param directory the data directory, absolute
 * @param programs PostgreSQL's programs for it
 */
record Cluster(Path directory, PostgresPrograms programs) {

  static final String USER = "recredit";

  /** With it the password is proved to the server, and never told. */
  static final String AUTHENTICATION = "scram-sha-256";

  private static final String MAJOR_VERSION = "18";

  /** A server that comes back after a crash replays up to max_wal_size first. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration PASSING_TROUBLE = Duration.ofSeconds(10);

  /**
   * For one nightly job that moves much data on a small machine. Durability is PostgreSQL's own
   * default and stays as it is.
   */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1", // this machine only,
          "unix_socket_directories=", // and by the port only: sockets forbid long folder names
          "max_connections=50",
          "max_wal_size=4GB", // a bulk load is not to wait for checkpoints,
          "checkpoint_timeout=15min", // nor to write a page's full image again every 5 minutes,
          "autovacuum_vacuum_insert_threshold=-1", // nor to have what it just loaded read through
          "jit=off"); // many short statements

  private static final int SMALLEST_CACHE_MEGABYTES = 128;
  private static final int LARGEST_CACHE_MEGABYTES = 1024;

  /** Not on Windows: a killed run's statement ends with it, instead of holding its locks. */
  private static final String NOTICE_LOST_CLIENTS = "client_connection_check_interval=1s";

  /**
   * The port of the server that runs here, if one does. Waits for one that comes up or goes down.
   */
  OptionalInt runningPort() throws IOException {
    Deadline patience = Deadline.of(PATIENCE, this::sayThatItIsSilent);
    Optional<Postmaster> postmaster = Postmaster.read(directory);
    // The process first, and only then the port: who listens there may be anybody, after a crash.
    while (postmaster.isPresent() && postmaster.get().livesOn(directory)) {
      if (isOurs(postmaster.get().port())) {
        return OptionalInt.of(postmaster.get().port());
      }
      if (!patience.lasts()) {
        throw new UserException(
            text(
                "database.server.silent",
                directory,
                postmaster.get().pid(),
                PATIENCE.toMinutes(),
                programs.log()));
      }
      postmaster = Postmaster.read(directory);
    }
    // What a crash left behind. Were there a server after all, its shared memory would still keep
    // another one from starting.
    Files.deleteIfExists(Postmaster.file(directory));
    return OptionalInt.empty();
  }

  private void sayThatItIsSilent() {
    programs.said().accept(text("database.server.waiting", directory, programs.log()));
  }

  /** Whether the process of the server is there, ready or not. */
  boolean isAlive() throws IOException {
    return Postmaster.read(directory).filter(running -> running.livesOn(directory)).isPresent();
  }

  /** Starts a server on a free port, making the data directory first where there is none. */
  int start() throws IOException {
    programs.unpack();
    if (!isMade()) {
      make();
    }
    programs.forgetLongLog();
    Deadline patience = Deadline.of(PASSING_TROUBLE);
    while (true) {
      int port = freePort(0).orElseThrow();
      try {
        programs.run("pg_ctl", startArguments(port));
      } catch (UserException e) {
        boolean portWasTakenMeanwhile = freePort(port).isEmpty();
        boolean crashedServersSessionsLinger =
            String.valueOf(e.getMessage()).contains("shared memory block");
        if ((portWasTakenMeanwhile || crashedServersSessionsLinger) && patience.lasts()) {
          continue;
        }
        throw e;
      }
      if (!isOurs(port)) {
        throw new UserException(text("database.server.other", port, directory));
      }
      return port;
    }
  }

  private List<String> startArguments(int port) {
    StringBuilder options = new StringBuilder("-p ").append(port);
    SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
    options.append(" -c shared_buffers=").append(cacheMegabytes()).append("MB");
    if (!System.getProperty("os.name").startsWith("Windows")) {
      options.append(" -c ").append(NOTICE_LOST_CLIENTS);
    }
    return pgCtl("start", "-o", options.toString());
  }

  /**
   * An eighth of the machine's memory, or of the container's: a million captures and their indexes
   * are found in it, where half of it would have them fetched again and again.
   */
  private static long cacheMegabytes() {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var eighth = (machine.getTotalMemorySize() / 8) >> 20;
    return Math.max(SMALLEST_CACHE_MEGABYTES, Math.min(LARGEST_CACHE_MEGABYTES, eighth));
  }

  /** Ends the server and the sessions that are left; returns when its files are at rest. */
  void stop() throws IOException {
    programs.run("pg_ctl", pgCtl("stop", "-m", "fast"));
  }

  private List<String> pgCtl(String action, String... options) {
    List<String> arguments = new ArrayList<>(List.of(action, "-D", directory.toString()));
    arguments.addAll(List.of("-w", "-t", Long.toString(PATIENCE.toSeconds())));
    arguments.addAll(List.of(options));
    return arguments;
  }

  private boolean isMade() throws IOException {
    Path versionFile = directory.resolve("PG_VERSION");
    if (Files.notExists(versionFile)) {
      if (Files.exists(directory)) {
        throw new UserException(text("database.folder.not-ours", directory));
      }
      return false;
    }
    String version = Files.readString(versionFile).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new UserException(
          text("database.folder.other-version", directory, version, MAJOR_VERSION));
    }
    return true;
  }

  /** Makes it aside and moves it into place, so that it is there whole or not at all. */
  private void make() throws IOException {
    Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
    PostgresPrograms.deleteRecursively(unfinished);
    Path secret =
        Files.createTempFile(directory.getParent(), ".password", ""); // ours alone to read
    try {
      Files.writeString(secret, randomPassword());
      programs.run("initdb", initArguments(unfinished, secret));
      Files.move(secret, passwordFile(unfinished), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(secret);
    }
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> initArguments(Path newDirectory, Path secret) {
    return List.of(
        "--pgdata=" + newDirectory,
        "--username=" + USER,
        "--auth=" + AUTHENTICATION, // other users of the machine reach the port too
        "--pwfile=" + secret,
        "--set=scram_iterations=1", // a random secret needs no stretching; connecting is quick
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
  }

  private static String randomPassword() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Path passwordFile(Path directory) {
    return directory.resolve("recredit.password");
  }

  Path passwordFile() {
    return passwordFile(directory);
  }

  String password() throws IOException {
    try {
      return Files.readString(passwordFile());
    } catch (NoSuchFileException e) {
      throw new UserException(text("database.password.missing", passwordFile()));
    }
  }

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  Connection connect(int port) throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password());
    properties.setProperty("requireAuth", AUTHENTICATION);
    properties.setProperty("ApplicationName", "Recredit, holding its server");
    properties.setProperty("connectTimeout", Long.toString(ANSWER_WITHIN.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_WITHIN.toSeconds()));
    return DriverManager.getConnection(jdbcUrl(port, "postgres"), properties);
  }

  /** Whether the server on this port works on this directory; any other one is a stranger's. */
  private boolean isOurs(int port) throws IOException {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SHOW data_directory")) {
      return answer.next() && Files.isSameFile(Path.of(answer.getString(1)), directory);
    } catch (SQLException | NoSuchFileException | InvalidPathException e) {
      return false;
    }
  }

  /** That port, or with 0 any port, where nobody listens on it. */
  private static OptionalInt freePort(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return OptionalInt.of(socket.getLocalPort());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
