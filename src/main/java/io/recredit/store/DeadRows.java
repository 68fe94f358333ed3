package io.recredit.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The room of rows that are gone: those of a run that was undone, and, in PostgreSQL's own
 * catalogs, what every run's temporary tables leave.
 */
@Component
public class DeadRows {

  private static final Logger log = LoggerFactory.getLogger(DeadRows.class);

  /** Fewer are not worth a look. */
  private static final int SOME = 10_000;

  private final JdbcClient jdbc;

  DeadRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes their room free for others where they are a fifth of a table. Autovacuum does it on a
   * server that stays up; it comes once a minute, and never to one that is up for a command's
   * seconds. Failing to is not worth failing a run for.
   */
  public void clear() {
    try {
      jdbc.sql(
              """
              select format('vacuum (skip_locked) %I.%I', schemaname, relname)
              from pg_stat_all_tables
              where n_dead_tup > ? and n_dead_tup * 5 > n_live_tup and schemaname not like 'pg_temp_%'
              """)
          .param(SOME)
          .query(String.class)
          .list()
          .forEach(vacuum -> jdbc.sql(vacuum).update());
    } catch (DataAccessException e) {
      log.warn("The room of dead rows was not made free: {}", e.getMessage());
    }
  }
}
