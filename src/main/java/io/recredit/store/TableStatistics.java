package io.recredit.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What PostgreSQL knows of a table. Its own autovacuum comes after a fifth of the table has come
 * in, and never to a server that is up for the seconds of a night: until then plans for an empty
 * table read all of a full one again and again, and BRIN indexes point to all that they have not
 * summarized.
 */
@Component
class TableStatistics {

  private final JdbcClient jdbc;

  TableStatistics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes note of rows that came: where they lie by run and file, and, where the table grew by a
   * tenth, what they are like; below that what is known will do, and a look at a large table costs
   * a small night.
   *
   * @param columns the narrow ones, by which rows are found: the others take longer than all else
   * @param added how many rows it got
   */
  void refresh(String table, String columns, long added) {
    if (added == 0) {
      return;
    }
    summarize(table);
    var grew =
        jdbc.sql("select ? * 10 >= reltuples from pg_class where oid = ?::regclass")
            .params(added, table)
            .query(Boolean.class)
            .single();
    if (grew) {
      // A tenth of the usual sample, and of its time: an order of magnitude is all the plans need.
      jdbc.sql("set local default_statistics_target = 10").update();
      jdbc.sql("analyze %s (%s)".formatted(table, columns)).update();
    }
  }

  private void summarize(String table) {
    jdbc.sql(
            """
            select brin_summarize_new_values(i.indexrelid)
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
            where i.indrelid = ?::regclass and a.amname = 'brin'
            """)
        .param(table)
        .query(Integer.class)
        .list();
  }
}
