package io.recredit.ledger;

import io.recredit.postgres.BinaryCopy;
import io.recredit.postgres.CopyBuffer;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes tables in versions, of which each belongs to one refund, or to one refused request. */
@Component
class Versions {

  private final JdbcClient jdbc;
  private final DataSource dataSource;

  Versions(JdbcClient jdbc, DataSource dataSource) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
  }

  /**
   * Closes the rows in force that do not hold any more of some orders, and writes what is new.
   *
   * @param columns the first is the id of what the row belongs to
   * @return what is new
   */
  <T> List<T> replace(
      String table,
      List<String> columns,
      long runId,
      Collection<? extends OrderChanges> orders,
      Function<OrderChanges, Change<T>> change,
      BiConsumer<T, CopyBuffer> writer)
      throws SQLException {
    close(table, columns.get(0), runId, orders, change);
    var added = added(orders, change);
    BinaryCopy.rows(dataSource, table, columns, added, writer);
    return added;
  }

  /** Closes the rows in force that do not hold any more of some orders. */
  void close(
      String table,
      long runId,
      Collection<? extends OrderChanges> orders,
      Function<OrderChanges, ? extends Change<?>> change) {
    close(table, "refund_id", runId, orders, change);
  }

  private void close(
      String table,
      String id,
      long runId,
      Collection<? extends OrderChanges> orders,
      Function<OrderChanges, ? extends Change<?>> change) {
    var gone = orders.stream().flatMap(order -> change.apply(order).gone().stream()).toList();
    if (!gone.isEmpty()) {
      jdbc.sql(
              "update %s set until_run = ? where %s = any(?) and until_run is null"
                  .formatted(table, id))
          .params(runId, gone.toArray(String[]::new))
          .update();
    }
  }

  static <T> List<T> added(
      Collection<? extends OrderChanges> orders, Function<OrderChanges, Change<T>> change) {
    return orders.stream().flatMap(order -> change.apply(order).added().stream()).toList();
  }
}
