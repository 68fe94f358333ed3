package io.recredit.database;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedServerTest {

  /** Shared by the tests, since making a database takes longest; each leaves it at rest. */
  private static Path shared;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @BeforeAll
  static void aFolderMayHaveSpacesAndLettersOfAnyLanguage(@TempDir Path parent) throws Exception {
    boolean anyLanguage = System.getProperty("sun.jnu.encoding").startsWith("UTF");
    shared = parent.toRealPath().resolve(anyLanguage ? "Müller's data 数" : "Muller's data");
  }

  @AfterEach
  void everyServerIsStopped() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    Optional<Postmaster> left = Postmaster.read(cluster(shared));
    left.flatMap(postmaster -> ProcessHandle.of(postmaster.pid()))
        .ifPresent(ProcessHandle::destroyForcibly);
    assertThat(left).as("a server that is left").isEmpty();
  }

  @Test
  void theDataStays() throws Exception {
    EmbeddedServer first = start(shared);
    execute(first, "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 'Åkerö' AS word");
    first.close();
    assertThat(Postmaster.file(cluster(shared))).doesNotExist();

    assertThat(ask(start(shared), "SELECT word FROM kept")).isEqualTo("Åkerö");
  }

  @Test
  void whatIsCommittedIsOnDisk() throws Exception {
    EmbeddedServer server = start(shared);

    assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
    assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
  }

  @Test
  void theMachinesLanguageDoesNotMatter() throws Exception {
    EmbeddedServer server = start(shared);

    assertThat(ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(
            ask(server, "SELECT string_agg(x, '' ORDER BY x) FROM unnest('{ä,a,Z,B}'::text[]) x"))
        .isEqualTo("BZaä");
    assertThat(ask(server, "SELECT lower('ÅÄÖ')")).isEqualTo("åäö");
  }

  @Test
  void onlyThisMachineReachesItAndOnlyWithThePassword() throws Exception {
    EmbeddedServer server = start(shared);

    assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.jdbcUrl(), server.username(), "guessed"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void theServerOfAKilledProcessIsTakenOver() throws Exception {
    RecreditProcess killed = startProcess(shared);
    String jdbcUrl = killed.jdbcUrl();
    killed.kill();

    EmbeddedServer server = start(shared);

    assertThat(server.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(ask(server, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void theFirstToLeaveDoesNotStopTheServerUnderTheSecond() throws Exception {
    RecreditProcess first = startProcess(shared);
    RecreditProcess second = startProcess(shared);
    String jdbcUrl = first.jdbcUrl();
    assertThat(second.jdbcUrl()).isEqualTo(jdbcUrl);

    first.leave();
    EmbeddedServer third = start(shared);
    assertThat(third.jdbcUrl()).isEqualTo(jdbcUrl);
    third.close();
    assertThat(Postmaster.file(cluster(shared))).exists();

    second.leave();
    assertThat(Postmaster.file(cluster(shared))).doesNotExist();
  }

  @Test
  void theLastOfTwoThatLeaveAtOnceStopsTheServer() throws Exception {
    RecreditProcess one = startProcess(shared);
    RecreditProcess other = startProcess(shared);
    assertThat(one.jdbcUrl()).isEqualTo(other.jdbcUrl());

    one.tellToLeave();
    other.tellToLeave();
    one.leave();
    other.leave();

    assertThat(Postmaster.file(cluster(shared))).doesNotExist();
  }

  @Test
  void aSessionOfSomebodyElseKeepsTheServerUp() throws Exception {
    EmbeddedServer server = start(shared);
    try (Connection accountant = connect(server)) {
      server.close();

      assertThat(ask(accountant, "SELECT 1")).isEqualTo("1");
    }
    assertThat(start(shared).jdbcUrl()).isEqualTo(server.jdbcUrl());
  }

  @Test
  void afterACrashAnotherProgramMayHaveTheServersProcessNumber() throws Exception {
    start(shared).close();
    writePostmasterPid(shared, ProcessHandle.current().pid(), freePort());

    assertThat(ask(start(shared), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aKilledServerComesBackWithWhatWasCommitted() throws Exception {
    EmbeddedServer killed = start(shared);
    execute(killed, "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 42 AS answer");
    long pid = Postmaster.read(cluster(shared)).orElseThrow().pid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    assertThat(ask(start(shared), "SELECT answer FROM kept")).isEqualTo("42");
  }

  @Test
  void aPostmasterPidThatThePowerFailureEmptiedIsNoHindrance() throws Exception {
    start(shared).close();
    Files.createFile(Postmaster.file(cluster(shared)));

    assertThat(ask(start(shared), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aStrangersServerIsNotTaken(@TempDir Path other) throws Exception {
    start(shared).close();
    EmbeddedServer stranger = start(other);
    Postmaster strangers = Postmaster.read(cluster(other)).orElseThrow();
    writePostmasterPid(shared, strangers.pid(), strangers.port());

    EmbeddedServer ours = start(shared);

    assertThat(ours.jdbcUrl()).isNotEqualTo(stranger.jdbcUrl());
    assertThat(ask(ours, "SHOW data_directory")).isEqualTo(cluster(shared).toString());
  }

  @Test
  void whoListensOnThePortOfAServerThatCrashedIsNotTalkedTo() throws Exception {
    start(shared).close();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      writePostmasterPid(shared, ProcessHandle.current().pid(), listener.getLocalPort());

      assertThat(ask(start(shared), "SELECT 1")).isEqualTo("1");

      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void thePasswordIsNotToldToAServerThatAsksForItInTheClear() throws Exception {
    EmbeddedServer server = start(shared);
    byte[] tellMe = {'R', 0, 0, 0, 8, 0, 0, 0, 3}; // AuthenticationCleartextPassword
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<String> told = CompletableFuture.supplyAsync(() -> whatIsToldTo(stranger, tellMe));

      assertThatThrownBy(() -> serverOf(shared).connect(stranger.getLocalPort()))
          .isInstanceOf(SQLException.class);

      assertThat(told.get(30, TimeUnit.SECONDS))
          .contains("recredit")
          .doesNotContain(server.password());
    }
  }

  /** A driver that asks for encryption first is told that there is none. */
  private static String whatIsToldTo(ServerSocket stranger, byte[] answer) {
    try (Socket socket = stranger.accept()) {
      byte[] heard = new byte[4096];
      int length = socket.getInputStream().read(heard);
      if (length == 8) {
        socket.getOutputStream().write('N');
        length = socket.getInputStream().read(heard);
      }
      String greeting = new String(heard, 0, length, ISO_8859_1);
      socket.getOutputStream().write(answer);
      socket.getOutputStream().flush();
      return greeting + new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cluster serverOf(Path folder) {
    return new Cluster(
        cluster(folder),
        new PostgresPrograms(folder, folder.resolve("postgresql.log"), said -> {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a$HOME", "a\"b", "a`b"})
  void aNameThatAShellWouldReadOtherwiseIsRefused(String name) throws Exception {
    Path folder = shared.resolveSibling(name);

    assertThatThrownBy(() -> start(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The data folder cannot be " + folder + ": ")
        .hasMessageContaining("RECREDIT_DATA");
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatTheServerSaidOfAFullDiskIsFoundInItsLog() throws Exception {
    EmbeddedServer server = start(shared);
    assertThat(server.lackOfRoom()).isEmpty();

    Files.writeString(
        shared.resolve("postgresql.log"),
        "2026-11-27 [1] PANIC:  could not write to file \"pg_wal/xlogtemp.7\": No space left on device\n",
        StandardOpenOption.APPEND);

    assertThat(server.lackOfRoom())
        .hasValueSatisfying(
            said ->
                assertThat(said)
                    .hasMessageStartingWith("The disk of the data folder " + shared + " is full")
                    .hasMessageContaining("could not write to file \"pg_wal/xlogtemp.7\""));
  }

  @Test
  void noSecondServerStartsWhereTheFirstCannotBeSeen() throws Exception {
    RecreditProcess inAnotherContainer = startProcess(shared);
    inAnotherContainer.jdbcUrl();
    Path seen = Postmaster.file(cluster(shared));
    Path hidden = Files.move(seen, shared.resolve("hidden"));
    try {
      assertThatThrownBy(() -> start(shared))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Another Recredit works on the data folder " + shared);
    } finally {
      Files.move(hidden, seen);
    }
    inAnotherContainer.leave();
  }

  @Test
  void theDataOfAnotherMajorVersionIsRefused(@TempDir Path folder) throws Exception {
    Files.createDirectory(cluster(folder));
    Files.writeString(cluster(folder).resolve("PG_VERSION"), "17\n");

    assertThatThrownBy(() -> start(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The database in " + cluster(folder.toRealPath()))
        .hasMessageContaining("made by PostgreSQL 17; this Recredit brings PostgreSQL 18")
        .hasMessageContaining("RECREDIT_DATA");
  }

  @Test
  void aFileIsNoDataFolder(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "x");

    assertThatThrownBy(() -> start(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The data folder %s cannot be used: %s is a file, not a folder. RECREDIT_DATA names another one.",
            file, file);
  }

  @Test
  void somebodysFilesAreNotOverwritten(@TempDir Path folder) throws Exception {
    Path precious = Files.createDirectory(cluster(folder)).resolve("precious");
    Files.writeString(precious, "x");

    assertThatThrownBy(() -> start(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a PostgreSQL data directory");
    assertThat(precious).hasContent("x");
  }

  private EmbeddedServer start(Path folder) {
    EmbeddedServer server = TestServers.start(folder);
    opened.push(server);
    return server;
  }

  private RecreditProcess startProcess(Path folder) throws IOException {
    RecreditProcess process = RecreditProcess.on(folder);
    opened.push(process);
    return process;
  }

  private static Path cluster(Path folder) {
    return folder.resolve("postgresql");
  }

  private static void writePostmasterPid(Path folder, long pid, int port) throws IOException {
    String text = "%d\n%s\n1795322198\n%d\n\n127.0.0.1\n".formatted(pid, cluster(folder), port);
    Files.writeString(Postmaster.file(cluster(folder)), text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Connection connect(EmbeddedServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
  }

  private static void execute(EmbeddedServer server, String... statements) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String ask(EmbeddedServer server, String query) throws SQLException {
    try (Connection connection = connect(server)) {
      return ask(connection, query);
    }
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
