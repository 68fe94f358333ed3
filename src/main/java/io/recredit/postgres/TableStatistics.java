package io.recredit.postgres;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What PostgreSQL knows of a table when it plans. Its own autovacuum comes minutes after a night
 * that a table was made for, and plans for an empty table read all of a full one again and again.
 */
@Component
public class TableStatistics {

  private final JdbcClient jdbc;

  TableStatistics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Looks at the table anew; only its owner may, in whose name a function does it. */
  public void lookAt(String table, String columns) {
    jdbc.sql("select look_at(?, ?)").params(table, columns).query().singleRow();
  }

  /**
   * Looks at the table anew where it grew by a tenth; below that what is known will do, and a look
   * at a large table costs a small night.
   *
   * @param columns the narrow ones, by which rows are found: the others take longer than all else
   * @param added how many rows it got
   */
  public void refresh(String table, String columns, long added) {
    var grew =
        jdbc.sql("select ? * 10 >= reltuples from pg_class where oid = ?::regclass and ? > 0")
            .params(added, table, added)
            .query(Boolean.class)
            .optional()
            .orElse(false);
    if (grew) {
      // A tenth of the usual sample, and of its time: an order of magnitude is all the plans need.
      jdbc.sql("set local default_statistics_target = 10").update();
      lookAt(table, columns);
    }
  }
}
