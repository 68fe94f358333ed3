package io.recredit.backup;

import static io.recredit.wording.Messages.text;

import io.recredit.backup.Manifest.TableOfIt;
import io.recredit.proof.Proof;
import io.recredit.run.RunLock;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a backup into an empty database, in one transaction, which ends once all of it is proved:
 * the tables are made as they were when it was made, get their rows, and are brought along.
 */
@Service
public class Restore {

  private static final String COUNTERS =
      """
      select format('select setval(pg_get_serial_sequence(%L, %L), max(%I)) from recredit_store.%I having count(*) > 0',
        a.attrelid::regclass, a.attname, a.attname, c.relname)
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'recredit_store'::regnamespace and a.attidentity <> ''
      """;

  private static final String BLOCK_RANGES =
      """
      select brin_summarize_new_values(c.oid)
      from pg_class c join pg_am a on a.oid = c.relam
      where c.relnamespace = 'recredit_store'::regnamespace and a.amname = 'brin'
      """;

  private static final int BYTES_AT_ONCE = 1 << 16;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final StoredTables stored;
  private final TransactionTemplate transaction;
  private final Proof proof;
  private final String schema;
  private final String locations;

  Restore(
      DataSource dataSource,
      JdbcClient jdbc,
      StoredTables stored,
      TransactionTemplate transaction,
      Proof proof,
      @Value("${spring.flyway.default-schema}") String schema,
      @Value("${spring.flyway.locations}") String locations) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.stored = stored;
    this.transaction = transaction;
    this.proof = proof;
    this.schema = schema;
    this.locations = locations;
  }

  /**
   * What was restored.
   *
   * @param lastRun the newest finished run
   */
  public record Restored(long lastRun, long rows) {}

  /**
   * Restores it.
   *
   * @param tablesVersion the newest that this program knows
   * @throws UserException where the file is no backup that this program can read, where the
   *     database is not empty, and where what was read is not proved; then nothing is changed
   */
  public Restored restore(Path file, int tablesVersion) {
    try (var backup = BackupReader.of(file, tablesVersion);
        var lock = RunLock.tryAcquire(dataSource).orElse(null)) {
      if (lock == null) {
        throw new UserException(text("run.at-work.starting"), ExitCode.BUSY);
      }
      var manifest = backup.manifest();
      transaction.executeWithoutResult(
          status -> {
            makeTables(manifest);
            mustBeTablesOf(manifest, file);
            load(backup, file);
            migrate(flyway());
            mustBeProved();
          });
      return new Restored(manifest.lastRun(), manifest.rows());
    } catch (IOException e) {
      throw BackupReader.damaged(file, e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As they were when the backup was made; of any that are there already none may have a row. */
  private void makeTables(Manifest manifest) {
    var tables = stored.byName().keySet();
    if (tables.isEmpty()) {
      migrate(
          // Its views are made when it is brought along: these are of the newest tables.
          flyway()
              .target(String.valueOf(manifest.tablesVersion()))
              .repeatableSqlMigrationPrefix("none")
              .skipDefaultCallbacks(true));
      return;
    }
    mustBeEmpty(tables);
    if (version() != manifest.tablesVersion()) {
      throw new UserException(text("backup.other-tables", version(), manifest.tablesVersion()));
    }
  }

  /** And nobody fills them meanwhile. */
  private void mustBeEmpty(Set<String> tables) {
    jdbc.sql(
            "lock table %s in exclusive mode"
                .formatted(
                    tables.stream()
                        .map("recredit_store."::concat)
                        .collect(Collectors.joining(", "))))
        .update();
    var filled =
        tables.stream()
            .filter(
                table ->
                    jdbc.sql("select exists (select from recredit_store.%s)".formatted(table))
                        .query(Boolean.class)
                        .single())
            .toList();
    if (!filled.isEmpty()) {
      throw new UserException(text("backup.not-empty", String.join(", ", filled)));
    }
  }

  /** What is left out would be lost, and what else is named would go who knows where. */
  private void mustBeTablesOf(Manifest manifest, Path file) {
    var inIt =
        manifest.tables().stream().collect(Collectors.toMap(TableOfIt::name, TableOfIt::columns));
    var there = stored.byName();
    if (!inIt.equals(there)) {
      var others = new TreeSet<>(inIt.keySet());
      others.addAll(there.keySet());
      others.removeIf(table -> Objects.equals(inIt.get(table), there.get(table)));
      throw BackupReader.damaged(
          file,
          new IOException(
              text("backup.damaged.tables", manifest.tablesVersion(), String.join(", ", others))));
    }
  }

  /** Whether there are views yet or not. */
  private int version() {
    return jdbc.sql(
            "select max(version::int) from recredit_store.flyway_schema_history where success and version is not null")
        .query(Integer.class)
        .single();
  }

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(new SameTransaction(dataSource))
        .defaultSchema(schema)
        .locations(locations);
  }

  private static void migrate(FluentConfiguration flyway) {
    flyway.load().migrate();
  }

  private void load(BackupReader backup, Path file) {
    for (var table : backup.manifest().tables()) {
      // Its triggers would look at all rows of the table together, and let the owner pass.
      triggers(table, "disable");
      try (var rows = backup.rowsOf(table)) {
        if (copy(table, rows) != table.rows()) {
          throw new IOException(text("backup.damaged.rows", table.name()));
        }
      } catch (IOException e) {
        throw BackupReader.damaged(file, e);
      }
      jdbc.sql("analyze recredit_store." + table.name()).update();
    }
    for (var table : backup.manifest().tables()) {
      triggers(table, "enable");
    }
    jdbc.sql(COUNTERS)
        .query(String.class)
        .list()
        .forEach(counter -> jdbc.sql(counter).query(Long.class).optional());
    jdbc.sql(BLOCK_RANGES).query(Integer.class).list();
  }

  private void triggers(TableOfIt table, String able) {
    jdbc.sql("alter table recredit_store.%s %s trigger user".formatted(table.name(), able))
        .update();
  }

  private void mustBeProved() {
    jdbc.sql("set local search_path = recredit_store, recredit_read").update();
    var broken = proof.ofEverything();
    if (!broken.isEmpty()) {
      throw new UserException(text("backup.not-proved", String.join("\n", broken)));
    }
  }

  private long copy(TableOfIt table, InputStream rows) throws IOException {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy %s from stdin (encoding 'UTF8')".formatted(table.target()),
              rows,
              BYTES_AT_ONCE);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
