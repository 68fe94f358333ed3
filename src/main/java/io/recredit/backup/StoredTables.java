package io.recredit.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables that are backed up: all of the store's that outlive a crash of the server. */
@Component
class StoredTables {

  /** Each behind those that it refers to; without columns that PostgreSQL works out. */
  private static final String TABLES =
      """
      with recursive stored (oid, depth) as (
        select oid, 0 from pg_class
        where relnamespace = to_regnamespace('recredit_store') and relkind = 'r' and relpersistence = 'p'
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

  StoredTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Column(String table, String name) {}

  /**
   * Their columns, by name, in an order in which they can be written; empty where there are none.
   */
  Map<String, List<String>> byName() {
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
}
