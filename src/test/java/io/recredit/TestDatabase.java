package io.recredit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database of its own on the PostgreSQL that all tests of a JVM share: an embedded one, or with
 * {@code -Drecredit.test.database=testcontainers} one in a container, or with {@code
 * -Drecredit.test.database=jdbc:postgresql://localhost:5415/} one that is there. Docker is not
 * asked for unless it is named.
 *
 * <p>What hides mistakes elsewhere is odd here: the JVM's time zone and that of the sessions are
 * neither the same nor whole hours away from UTC, and texts sort by a language's rules, not by code
 * point.
 */
public record TestDatabase(String url, String username, String password) {

  private static final String PROPERTY = "recredit.test.database";
  private static final String JVM_TIME_ZONE = "America/St_Johns";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** What a session is to execute first of all; the driver tells it the JVM's time zone. */
  public static final String SESSION_IN_ODD_TIME_ZONE = "set time zone 'Pacific/Chatham'";

  /** Where a server listens, up to the name of the database. */
  private record Server(String urlStart, String username, String password) {

    private static final Server OF_THIS_JVM = start();

    private static Server start() {
      TimeZone.setDefault(TimeZone.getTimeZone(JVM_TIME_ZONE));
      var wanted = System.getProperty(PROPERTY, "embedded");
      return switch (wanted) {
        case "embedded" -> embedded();
        case "testcontainers" -> inContainer();
        default -> thatIsThere(wanted);
      };
    }

    /** The start of its address, of any version; its user is postgres, and so is the password. */
    private static Server thatIsThere(String urlStart) {
      if (!urlStart.startsWith("jdbc:postgresql://") || !urlStart.endsWith("/")) {
        throw new IllegalArgumentException(
            PROPERTY + " is embedded, testcontainers or jdbc:postgresql://.../, not " + urlStart);
      }
      return new Server(urlStart, "postgres", "postgres");
    }

    /** It ends with the JVM. */
    private static Server embedded() {
      try {
        var server = EmbeddedPostgres.builder().setLocaleConfig("encoding", "UTF8").start();
        return new Server(
            "jdbc:postgresql://localhost:" + server.getPort() + "/", "postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Testcontainers removes it when the JVM has ended. */
    @SuppressWarnings("resource")
    private static Server inContainer() {
      var container = new PostgreSQLContainer("postgres:18-alpine").withUsername("postgres");
      container.start();
      return new Server(
          "jdbc:postgresql://%s:%d/"
              .formatted(
                  container.getHost(),
                  container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)),
          container.getUsername(),
          container.getPassword());
    }

    TestDatabase database(String name) {
      return new TestDatabase(urlStart + name, username, password);
    }
  }

  /** An empty one. */
  public static TestDatabase fresh() {
    return freshOn(Server.OF_THIS_JVM);
  }

  /**
   * An empty one where no other test has made a role: those are a server's, not a database's. (On a
   * server that is there, what is there stays.)
   */
  public static TestDatabase onServerOfItsOwn() {
    return freshOn(Server.start());
  }

  private static TestDatabase freshOn(Server server) {
    var name = "test_%d_%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
    try (var connection = server.database("postgres").connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "create database %s template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'"
              .formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return server.database(name);
  }

  /** As the user who runs the nights, and who rewrites nothing; the roles are made for it. */
  public TestDatabase asJob() {
    makeRoles();
    return as("recredit_job");
  }

  /** The roles of sql/roles.sql, made by whoever this is, with their names for passwords. */
  public void makeRoles() {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(Files.readString(Path.of("sql", "roles.sql")));
      statement.execute("alter role recredit_job password 'recredit_job'");
      statement.execute("alter role recredit_owner password 'recredit_owner'");
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As another user, whose password is the name. */
  public TestDatabase as(String user) {
    return new TestDatabase(url, user, user);
  }

  /** A session beside those of the program. */
  public Connection connect() {
    try {
      var connection = DriverManager.getConnection(url, username, password);
      try (var statement = connection.createStatement()) {
        statement.execute(SESSION_IN_ODD_TIME_ZONE);
      }
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a query selects, in a session of its own; see {@link #rows(Connection, String)}. */
  public List<String> rows(String sql) {
    try (var connection = connect()) {
      return rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The rows that a statement selects, if it selects any, the columns of each beside each other.
   */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      var rows = new ArrayList<String>();
      if (statement.execute(sql)) {
        var result = statement.getResultSet();
        var columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          var row = new ArrayList<String>();
          for (var column = 1; column <= columns; column++) {
            row.add(result.getString(column));
          }
          rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
        }
      }
      return rows;
    }
  }

  /**
   * Empties all tables of the program, so that runs are counted from 1 again; only those that hold
   * something, since each table that is emptied costs PostgreSQL new files.
   */
  public void clear() {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          do $$
          declare
            table_name text;
            sequence_name text;
            has_rows boolean;
            full_tables text[] := '{}';
          begin
            for table_name in
              select format('%I.%I', schemaname, tablename)
              from pg_tables
              where schemaname in ('recredit_store', 'recredit_batch') and tablename <> 'flyway_schema_history'
            loop
              execute 'select exists (select from ' || table_name || ')' into has_rows;
              if has_rows then
                full_tables := full_tables || table_name;
              end if;
            end loop;
            if full_tables <> '{}' then
              execute 'truncate ' || array_to_string(full_tables, ', ') || ' cascade';
            end if;
            for sequence_name in
              select format('%I.%I', schemaname, sequencename)
              from pg_sequences
              where schemaname in ('recredit_store', 'recredit_batch') and last_value is not null
            loop
              execute 'alter sequence ' || sequence_name || ' restart';
            end loop;
          end $$
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
