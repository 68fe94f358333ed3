package io.recredit.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom this program's sessions wait for. */
@Component
public class Waits {

  /**
   * Flyway does not wait for its lock, it asks for it again and again; so what it asked last is
   * looked at.
   */
  private static final String BLOCKING =
      """
      with own as (
        select pid, query, wait_event_type
        from pg_stat_activity
        where application_name = current_setting('application_name') and pid <> pg_backend_pid()
      ), blocking as (
        select unnest(pg_blocking_pids(pid)) as pid
        from own
        where wait_event_type = 'Lock'
        union
        select held.pid
        from own
        join pg_locks held on held.locktype = 'advisory' and held.granted and held.objsubid = 1
          and held.database = (select oid from pg_database where datname = current_database())
          and ((held.classid::bigint << 32) | held.objid::bigint)::text
            = substring(own.query from 'pg_try_advisory_xact_lock\\((-?[0-9]+)\\)')
      )
      select a.pid, coalesce(a.usename, a.backend_type), nullif(a.application_name, ''),
        to_char(a.xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')
      from blocking join pg_stat_activity a using (pid)
      where a.pid not in (select pid from own)
      order by a.pid
      """;

  private final DataSource dataSource;

  Waits(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A session that holds what is waited for.
   *
   * @param pid its process on the server
   * @param user whose it is
   * @param program what it calls itself
   * @param since when its transaction began; null where there is none, or the user may not see it
   */
  public record Blocking(long pid, String user, @Nullable String program, @Nullable String since) {}

  public List<Blocking> now() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(BLOCKING)) {
      var blocking = new ArrayList<Blocking>();
      while (rows.next()) {
        blocking.add(
            new Blocking(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4)));
      }
      return blocking;
    }
  }
}
