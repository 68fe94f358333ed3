package io.recredit.postgres;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which runs and files the rows of each range of a table's blocks are of: what BRIN indexes
 * summarize. A range that they have not summarized is read in every search. PostgreSQL itself does
 * it in a vacuum, which comes when a fifth of a table is new; the embedded server leaves it to this
 * class.
 *
 * <p>It needs the lock that a vacuum takes, for as long as it takes. Where somebody else has it, it
 * is left to the next time: a vacuum summarizes all ranges too.
 */
@Component
public class BlockRanges {

  /** PostgreSQL's defaults; with others only the pace would be another one. */
  private static final int BLOCKS = 128;

  private static final int BYTES = BLOCKS * 8192;

  /** Ranges at a table's end to which two chunks that are not committed may be writing. */
  private static final int BEING_WRITTEN = 8;

  private static final String BRIN_OF_TABLE =
      """
      select i.indexrelid as brin
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where i.indrelid = ?::regclass and a.amname = 'brin' and not exists (
        select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
        where l.relation = i.indrelid and l.mode = 'ShareUpdateExclusiveLock' and l.pid <> pg_backend_pid())
      """;

  /** Up to which range each table is summarized that this process loads. */
  private final Map<String, Long> summarized = new HashMap<>();

  private final JdbcClient jdbc;

  BlockRanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Summarizes the ranges that earlier chunks have filled, while they are in memory. Their rows are
   * read for the first time, which changes the blocks (hint bits): after a checkpoint all of them
   * would be written to the log once more. Called before the chunk's own rows, whose lock on the
   * table must not be held where a stronger one is waited for.
   */
  public synchronized void summarizeFilled(String table) {
    var filled =
        jdbc.sql("select greatest(0, pg_relation_size(?::regclass) / ? - ?)")
            .params(table, BYTES, BEING_WRITTEN)
            .query(Long.class)
            .single();
    var before = summarized.put(table, filled);
    if (before != null && before < filled) {
      jdbc.sql(
              "select summarize_range(brin, n * ?) from generate_series(?, ? - 1) n, (%s) i"
                  .formatted(BRIN_OF_TABLE))
          .params(BLOCKS, before, filled, table)
          .query(Integer.class)
          .list();
    }
  }

  /** Summarizes all ranges that are not yet, the last one included. */
  public void summarizeRest(String table) {
    jdbc.sql("select summarize(brin) from (%s) i".formatted(BRIN_OF_TABLE))
        .param(table)
        .query(Integer.class)
        .list();
  }
}
