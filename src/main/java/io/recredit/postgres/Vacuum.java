package io.recredit.postgres;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows that are gone and still take room: of runs that were undone, versions of rows that were
 * closed, and, in PostgreSQL's own catalogs, what every run's temporary tables leave.
 */
@Component
public class Vacuum {

  private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);

  /** Fewer are not worth a look. */
  private static final int MANY = 10_000;

  private final JdbcClient jdbc;

  /**
   * @param tables brings them along as their owner, who alone may clear them
   */
  Vacuum(Flyway tables) {
    this.jdbc = JdbcClient.create(tables.getConfiguration().getDataSource());
  }

  /**
   * Does what autovacuum would, on a server that is up for too short a time for it to come by, as
   * the embedded one is for most nights. Others' tables are theirs. Called while no run is at work.
   * Staging is emptied anyhow. Failing to is not worth failing a run for.
   */
  public void clearOnYoungServer() {
    jdbc.sql(
            """
            select format('vacuum %I.%I', s.schemaname, s.relname)
            from pg_stat_all_tables s join pg_class c on c.oid = s.relid
            where pg_postmaster_start_time() > clock_timestamp() - current_setting('autovacuum_naptime')::interval
              and s.schemaname in ('recredit_store', 'recredit_batch', 'pg_catalog')
              and pg_has_role(c.relowner, 'usage') and s.n_dead_tup > ? and s.n_dead_tup * 5 > s.n_live_tup and c.relpersistence = 'p'
            """)
        .param(MANY)
        .query(String.class)
        .list()
        .forEach(this::execute);
  }

  private void execute(String vacuum) {
    try {
      jdbc.sql(vacuum).update();
    } catch (DataAccessException e) {
      LOG.warn("Left alone: {}: {}", vacuum, e.getMessage());
    }
  }
}
