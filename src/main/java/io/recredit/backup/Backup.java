package io.recredit.backup;

import io.recredit.backup.Manifest.TableOfIt;
import io.recredit.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Those that outlive a crash of the server, each behind those that it refers to; without columns
   * that PostgreSQL works out.
   */
  private static final String TABLES =
      """
      with recursive stored (oid, depth) as (
        select oid, 0 from pg_class
        where relnamespace = 'recredit_store'::regnamespace and relkind = 'r' and relpersistence = 'p'
          and relname <> 'flyway_schema_history'
        union all
        select r.conrelid, s.depth + 1
        from stored s join pg_constraint r on r.confrelid = s.oid and r.contype = 'f' and r.conrelid <> r.confrelid
      )
      select c.relname, a.attname
      from (select oid, max(depth) as depth from stored group by oid) s
      join pg_class c using (oid)
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by s.depth, c.relname, a.attnum
      """;

  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final Settings settings;
  private final Clock clock;

  Backup(JdbcClient jdbc, DataSource dataSource, Settings settings, Clock clock) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A backup that was made.
   *
   * @param lastRun the newest finished run; 0 where there is none
   * @param bytes of its file
   */
  public record Made(long lastRun, long rows, long bytes) {}

  /**
   * Makes it.
   *
   * @throws io.recredit.wording.UserException where the file is there already or cannot be written
   */
  @Transactional(isolation = Isolation.REPEATABLE_READ, readOnly = true)
  public Made write(Path file) {
    jdbc.sql("select set_config('timezone', 'UTC', true)").query().singleRow();
    var unfinished = run("select max(run_id) from run where status in ('running', 'failed')");
    var lastRun = run("select max(run_id) from run where status = 'done'");
    try (var backup = BackupWriter.of(file)) {
      var tables = new ArrayList<TableOfIt>();
      for (var table : tables().entrySet()) {
        backup.table(
            table.getKey(),
            out ->
                tables.add(
                    new TableOfIt(
                        table.getKey(),
                        table.getValue(),
                        copy(rows(table.getKey(), table.getValue(), unfinished), out))));
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

  /** With their columns. */
  private Map<String, List<String>> tables() {
    record Column(String table, String name) {}
    return jdbc
        .sql(TABLES)
        .query((row, n) -> new Column(row.getString("relname"), row.getString("attname")))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Column::table,
                LinkedHashMap::new,
                Collectors.mapping(Column::name, Collectors.toList())));
  }

  /** As they are without the unfinished run. */
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
