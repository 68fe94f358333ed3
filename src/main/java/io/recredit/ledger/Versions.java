package io.recredit.ledger;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tables in versions that have a row per refund have in common. */
final class Versions {

  private Versions() {}

  /** Closes the rows in force that do not hold any more of some orders. */
  static <T> void close(
      JdbcClient jdbc,
      String table,
      long runId,
      Collection<? extends OrderChanges> orders,
      Function<OrderChanges, Change<T>> change) {
    var gone = orders.stream().flatMap(order -> change.apply(order).gone().stream()).toList();
    if (!gone.isEmpty()) {
      jdbc.sql(
              "update %s set until_run = ? where refund_id = any(?) and until_run is null"
                  .formatted(table))
          .params(runId, gone.toArray(String[]::new))
          .update();
    }
  }

  static <T> List<T> added(
      Collection<? extends OrderChanges> orders, Function<OrderChanges, Change<T>> change) {
    return orders.stream().flatMap(order -> change.apply(order).added().stream()).toList();
  }
}
