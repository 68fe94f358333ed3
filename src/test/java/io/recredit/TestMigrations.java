package io.recredit;

import org.flywaydb.core.Flyway;

/** Tables as this version of the program, or an earlier one, makes them. */
public final class TestMigrations {

  private TestMigrations() {}

  /** All of them, as at a start of the program. */
  public static void migrate(TestDatabase database) {
    Flyway.configure()
        .dataSource(database.url(), database.username(), database.password())
        .defaultSchema("recredit_store")
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  /** Runs the migrations up to the given version, where they have not been run. */
  public static void migrate(TestDatabase database, String version) {
    Flyway.configure()
        .dataSource(database.url(), database.username(), database.password())
        .defaultSchema("recredit_store")
        .locations("classpath:db/migration")
        .target(version)
        // The views are of the newest tables, and earlier versions had others.
        .repeatableSqlMigrationPrefix("none")
        .skipDefaultCallbacks(true)
        .load()
        .migrate();
  }
}
