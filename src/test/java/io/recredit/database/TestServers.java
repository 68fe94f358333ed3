package io.recredit.database;

import java.nio.file.Path;

/**
 * Starts servers for tests; their data folders share one unpacked copy of PostgreSQL's programs.
 */
public final class TestServers {

  private static final Path PROGRAMS = Path.of("target", "postgresql-programs");

  private TestServers() {}

  public static EmbeddedServer start(Path dataFolder) {
    return EmbeddedServer.start(dataFolder, PROGRAMS);
  }
}
