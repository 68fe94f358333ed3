package io.recredit.benchmark;

import io.recredit.database.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * The databases of the contenders, on one server with Recredit's own settings: commits are durable.
 */
final class BenchmarkDatabases implements AutoCloseable {

  private final Path folder;
  private final EmbeddedServer server;

  BenchmarkDatabases(Path folder) {
    this.folder = folder;
    this.server = EmbeddedServer.start(folder, said -> {});
  }

  String url(String database) {
    return server.jdbcUrl().replaceFirst("/recredit\\b", "/" + database);
  }

  String username() {
    return server.username();
  }

  String password() {
    return server.password();
  }

  Map<String, String> environment(String database) {
    return Map.of(
        "SPRING_DATASOURCE_URL", url(database),
        "SPRING_DATASOURCE_USERNAME", username(),
        "SPRING_DATASOURCE_PASSWORD", password());
  }

  /** The number of the server's first process. */
  long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("postgresql").resolve("postmaster.pid")).get(0).strip());
  }

  /** An empty database, or a copy of another, with nothing left to be written from before. */
  void create(String database, String template) throws SQLException {
    drop(database);
    execute("recredit", "create database " + database + " template " + template);
    execute("recredit", "checkpoint");
  }

  void drop(String database) throws SQLException {
    execute("recredit", "drop database if exists " + database + " with (force)");
  }

  void execute(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String text(String database, String query) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  void copyOut(String database, String query, Path file) throws SQLException, IOException {
    try (var connection = connect(database);
        OutputStream out = Files.newOutputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy " + query + " to stdout", out);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), username(), password());
  }

  @Override
  public void close() {
    server.close();
  }
}
