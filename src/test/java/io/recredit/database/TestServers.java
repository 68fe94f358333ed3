package io.recredit.database;

import io.recredit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Starts servers for tests; their data folders share one unpacked copy of PostgreSQL's programs.
 */
public final class TestServers {

  private static final Path PROGRAMS = Path.of("target", "postgresql-programs");

  private TestServers() {}

  public static EmbeddedServer start(Path dataFolder) {
    return EmbeddedServer.start(dataFolder, PROGRAMS, said -> {});
  }

  /** A server that somebody else runs on a data folder. */
  public record Seen(ProcessHandle postmaster, TestDatabase database) {}

  /** The one that runs on this folder, if one does; it may not answer yet, or not any more. */
  public static Optional<Seen> see(Path dataFolder) throws IOException {
    var cluster =
        new Cluster(
            dataFolder.resolve("postgresql"),
            new PostgresPrograms(PROGRAMS, dataFolder.resolve("postgresql.log"), said -> {}));
    var running = Postmaster.read(cluster.directory());
    var process = running.flatMap(postmaster -> ProcessHandle.of(postmaster.pid()));
    if (running.isEmpty() || process.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Seen(
            process.get(),
            new TestDatabase(
                Cluster.jdbcUrl(running.get().port(), EmbeddedServer.DATABASE),
                Cluster.USER,
                cluster.password())));
  }
}
