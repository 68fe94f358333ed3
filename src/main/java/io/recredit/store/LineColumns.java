package io.recredit.store;

import io.recredit.allocation.OrderLine;
import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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

  static void write(List<OrderLine> lines, BinaryCopy copy) {
    copy.texts(column(lines, String.class, OrderLine::reference));
    copy.texts(column(lines, String.class, OrderLine::type));
    copy.texts(column(lines, String.class, OrderLine::name));
    copy.bigints(column(lines, Long.class, OrderLine::quantity));
    copy.bigints(column(lines, Long.class, OrderLine::unitPrice));
    copy.bigints(column(lines, Long.class, OrderLine::taxRate));
    copy.bigints(column(lines, Long.class, OrderLine::totalAmount));
    copy.bigints(column(lines, Long.class, OrderLine::totalTaxAmount));
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

  @SuppressWarnings("unchecked")
  private static <T> @Nullable T @Nullable [] column(
      List<OrderLine> lines, Class<T> type, Function<OrderLine, @Nullable T> field) {
    if (lines.stream().allMatch(line -> field.apply(line) == null)) {
      return null;
    }
    var values = (T[]) Array.newInstance(type, lines.size());
    for (var i = 0; i < values.length; i++) {
      values[i] = field.apply(lines.get(i));
    }
    return values;
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
