package io.recredit.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which runs and files the rows of a range of pages are of: what BRIN indexes know. PostgreSQL
 * itself notes it in a vacuum, which comes when a fifth of a table is new, and never to a server
 * that is up for the seconds of a night; until then each search reads the range.
 */
@Component
class RowRanges {

  private static final int PAGES = 128;
  private static final int BYTES = PAGES * 8192;

  /** The last ranges of a table, which chunks that are not committed may be writing to. */
  private static final int BEING_WRITTEN = 8;

  private static final String BRIN_OF_TABLE =
      """
      select i.indexrelid as brin
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where i.indrelid = ?::regclass and a.amname = 'brin'
      """;

  /** Up to which range a table that is loaded is noted, but for what was there before. */
  private final Map<String, Long> noted = new ConcurrentHashMap<>();

  private final JdbcClient jdbc;

  RowRanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes the ranges that earlier chunks have filled, while they are in memory. It is the first
   * time that their rows are read, and that changes the pages (by hint bits): after a checkpoint
   * they would all be written to the log a second time. Others that do the same wait for the end of
   * the transaction.
   */
  void noteFilled(String table) {
    var filled =
        jdbc.sql("select pg_relation_size(?::regclass) / ?")
                .params(table, BYTES)
                .query(Long.class)
                .single()
            - BEING_WRITTEN;
    var before = noted.put(table, Math.max(0, filled));
    if (before != null && before < filled) {
      jdbc.sql(
              "select brin_summarize_range(brin, n * ?) from generate_series(?, ? - 1) n, (%s) i"
                  .formatted(BRIN_OF_TABLE))
          .params(PAGES, before, filled, table)
          .query(Integer.class)
          .list();
    }
  }

  /** Notes all that is not noted yet. */
  void noteRest(String table) {
    jdbc.sql("select brin_summarize_new_values(brin) from (%s) i".formatted(BRIN_OF_TABLE))
        .param(table)
        .query(Integer.class)
        .list();
  }
}
