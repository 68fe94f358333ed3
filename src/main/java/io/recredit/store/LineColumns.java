package io.recredit.store;

import io.recredit.allocation.OrderLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Order lines as columns: an array per field, in the order of the lines; an array of nulls only is
 * null.
 */
final class LineColumns {

  static final List<String> NAMES =
      List.of(
          "line_reference",
          "line_type",
          "line_name",
          "line_quantity",
          "line_unit_price",
          "line_tax_rate",
          "line_total_amount",
          "line_total_tax_amount");

  private LineColumns() {}

  static void write(List<OrderLine> lines, CopyBuffer row) {
    row.texts(lines, OrderLine::reference);
    row.texts(lines, OrderLine::type);
    row.texts(lines, OrderLine::name);
    row.bigints(lines, OrderLine::quantity);
    row.bigints(lines, OrderLine::unitPrice);
    row.bigints(lines, OrderLine::taxRate);
    row.bigints(lines, OrderLine::totalAmount);
    row.bigints(lines, OrderLine::totalTaxAmount);
  }

  static List<OrderLine> read(ResultSet row) throws SQLException {
    Long @Nullable [] totals = array(row, "line_total_amount", Long[].class);
    if (totals == null) {
      return List.of();
    }
    String @Nullable [] references = array(row, "line_reference", String[].class);
    String @Nullable [] types = array(row, "line_type", String[].class);
    String @Nullable [] names = array(row, "line_name", String[].class);
    Long @Nullable [] quantities = array(row, "line_quantity", Long[].class);
    Long @Nullable [] unitPrices = array(row, "line_unit_price", Long[].class);
    Long @Nullable [] taxRates = array(row, "line_tax_rate", Long[].class);
    Long @Nullable [] taxes = array(row, "line_total_tax_amount", Long[].class);
    var lines = new ArrayList<OrderLine>(totals.length);
    for (var i = 0; i < totals.length; i++) {
      lines.add(
          new OrderLine(
              at(references, i),
              at(types, i),
              at(names, i),
              at(quantities, i),
              at(unitPrices, i),
              at(taxRates, i),
              totals[i],
              at(taxes, i)));
    }
    return lines;
  }

  private static <T> T @Nullable [] array(ResultSet row, String column, Class<T[]> type)
      throws SQLException {
    var array = row.getArray(column);
    return array == null ? null : Objects.requireNonNull(type.cast(array.getArray()));
  }

  private static <T> @Nullable T at(T @Nullable [] values, int index) {
    return values == null ? null : values[index];
  }
}
