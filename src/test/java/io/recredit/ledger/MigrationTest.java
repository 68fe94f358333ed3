package io.recredit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.TestDatabase;
import io.recredit.TestMigrations;
import io.recredit.allocation.OrderLine;
import io.recredit.input.OrderLinesText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables with something in them, made by earlier migrations, through the later ones. */
class MigrationTest {

  private static final List<OrderLine> LINES =
      List.of(
          new OrderLine("ART-1", "physical", "Sweater", 2L, 500L, 2500L, 1000L, 200L),
          new OrderLine(null, null, null, null, null, null, -5L, null),
          new OrderLine("\"\\/", "\b\t\n\f\r\u0001\u001f\u007f", "å😀\u2028", 0L, 1L, 2L, 3L, 4L));

  private final TestDatabase database = TestDatabase.fresh();

  @Test
  void orderLinesInArraysBecomeTheTextThatTheProgramWrites() throws SQLException {
    TestMigrations.migrate(database, "8");
    try (var connection = database.connect()) {
      for (var table : List.of("capture", "capture_staging")) {
        insert(table, "with lines", LINES, connection);
        insert(table, "without", List.of(), connection);
      }
    }

    TestMigrations.migrate(database, "9");

    for (var table : List.of("capture", "capture_staging")) {
      assertThat(
              database.rows(
                  "select coalesce(order_lines, 'none') from recredit_store.%s order by capture_id"
                      .formatted(table)))
          .containsExactly(OrderLinesText.of(LINES), "none");
    }
  }

  @Test
  void decisionsAreStillMadeOnceAtATime() {
    TestMigrations.migrate(database, "8");
    insertDecision("r1", 1);

    TestMigrations.migrate(database, "9");

    insertDecision("r2", 1);
    assertThatThrownBy(() -> insertDecision("r1", 2)).hasMessageContaining("decision_in_force");
    assertThatThrownBy(() -> insertDecision("r2", 2)).hasMessageContaining("decision_in_force");
    assertThat(
            database.rows(
                "update recredit_store.decision set until_run = 2 where refund_id = 'r1' returning 1"))
        .hasSize(1);
    insertDecision("r1", 2);
  }

  private void insertDecision(String refund, long run) {
    database.rows(
        """
        insert into recredit_store.decision
          (refund_id, since_run, order_id, outcome, refunded_amount, refunded_at, business_date, currency, match_rule)
        values ('%s', %d, 'o1', 'credited', 1, now(), now(), 'SEK', 'REFERENCE') returning 1
        """
            .formatted(refund, run));
  }

  private static void insert(String table, String id, List<OrderLine> lines, Connection connection)
      throws SQLException {
    var isStaging = table.endsWith("_staging");
    try (var statement =
        connection.prepareStatement(
            """
            insert into recredit_store.%s (capture_id, file_date, line_number, order_id, captured_amount, captured_at,
              purchase_country, purchase_currency, line_reference, line_type, line_name, line_quantity, line_unit_price,
              line_tax_rate, line_total_amount, line_total_tax_amount%s)
            values (?, '2026-11-20', 1, 'o1', 1, now(), 'SE', 'SEK', ?, ?, ?, ?, ?, ?, ?, ?%s)
            """
                .formatted(
                    table, isStaging ? "" : ", since_run, counts", isStaging ? "" : ", 1, true"))) {
      statement.setString(1, id);
      var column = 2;
      for (var field :
          List.<Function<OrderLine, @Nullable String>>of(
              OrderLine::reference, OrderLine::type, OrderLine::name)) {
        statement.setArray(column++, array("text", lines, field, connection));
      }
      for (var field :
          List.<Function<OrderLine, @Nullable Long>>of(
              OrderLine::quantity,
              OrderLine::unitPrice,
              OrderLine::taxRate,
              OrderLine::totalAmount,
              OrderLine::totalTaxAmount)) {
        statement.setArray(column++, array("bigint", lines, field, connection));
      }
      statement.executeUpdate();
    }
  }

  /** As the program wrote it: null where there is nothing but nulls. */
  private static java.sql.@Nullable Array array(
      String type,
      List<OrderLine> lines,
      Function<OrderLine, ? extends @Nullable Object> field,
      Connection connection)
      throws SQLException {
    var values = new ArrayList<@Nullable Object>();
    for (var line : lines) {
      values.add(field.apply(line));
    }
    return values.stream().allMatch(value -> value == null)
        ? null
        : connection.createArrayOf(type, values.toArray());
  }
}
