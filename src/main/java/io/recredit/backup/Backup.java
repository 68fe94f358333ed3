package io.recredit.backup;

import static io.recredit.wording.Messages.text;

import io.recredit.backup.Manifest.TableOfIt;
import io.recredit.settings.Settings;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes everything that finished runs left into a file, from one snapshot, beside whatever is at
 * work. Staging and the job repository are left out: they serve the run at work alone.
 */
@Service
public class Backup {

  private final JdbcClient jdbc;
  private final StoredTables stored;
  private final DataSource dataSource;
  private final Settings settings;
  private final Clock clock;

  Backup(
      JdbcClient jdbc, StoredTables stored, DataSource dataSource, Settings settings, Clock clock) {
    this.jdbc = jdbc;
    this.stored = stored;
    this.dataSource = dataSource;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A backup that was made.
   *
   * @param lastRun the newest finished run
   * @param bytes of its file
   */
  public record Made(long lastRun, long rows, long bytes) {}

  /**
   * Makes it.
   *
   * @throws UserException where no run has finished, and where the file is there already or cannot
   *     be written
   */
  @Transactional(isolation = Isolation.REPEATABLE_READ, readOnly = true)
  public Made write(Path file) {
    jdbc.sql("select set_config('timezone', 'UTC', true)").query().singleRow();
    var unfinished = run("select max(run_id) from run where status in ('running', 'failed')");
    var lastRun = run("select max(run_id) from run where status = 'done'");
    if (lastRun == 0) {
      throw new UserException(text("backup.nothing"));
    }
    try (var backup = BackupWriter.of(file)) {
      var tables = new ArrayList<TableOfIt>();
      for (var table : stored.byName().entrySet()) {
        var name = table.getKey();
        var query = rows(name, table.getValue(), unfinished);
        tables.add(
            new TableOfIt(name, table.getValue(), backup.table(name, out -> copy(query, out))));
      }
      var manifest =
          new Manifest(
              Manifest.FORMAT,
              settings.version(),
              clock.instant(),
              jdbc.sql("select version from recredit.tables_version").query(Integer.class).single(),
              lastRun,
              tables);
      return new Made(lastRun, manifest.rows(), backup.finish(manifest));
    } catch (IOException e) {
      throw BackupWriter.cannotWrite(file, e);
    }
  }

  /** 0 where there is none. */
  private long run(String query) {
    return jdbc.sql(query).query(Long.class).optional().orElse(0L);
  }

  /** As they are without the unfinished run, whose rows carry it in one column or the other. */
  private static String rows(String table, List<String> columns, long unfinished) {
    var selected =
        columns.stream()
            .map(column -> column(column, unfinished))
            .collect(Collectors.joining(", "));
    var run = columns.contains("since_run") ? "since_run" : "run_id";
    var where = columns.contains(run) ? " where %s <> %d".formatted(run, unfinished) : "";
    return "select %s from recredit_store.%s%s".formatted(selected, table, where);
  }

  /** What it ended is in force; days that it opened are closed. */
  private static String column(String column, long unfinished) {
    if (column.equals("until_run")) {
      return "nullif(until_run, %d)".formatted(unfinished);
    }
    return column.startsWith("reopened_")
        ? "case when reopened_run <> %d then %s end".formatted(unfinished, column)
        : column;
  }

  private long copy(String query, OutputStream out) throws IOException {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      return copy(connection, query, out);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static long copy(Connection connection, String query, OutputStream out)
      throws SQLException, IOException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("copy (%s) to stdout (encoding 'UTF8')".formatted(query), out);
  }
}
