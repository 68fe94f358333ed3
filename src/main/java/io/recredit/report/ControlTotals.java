package io.recredit.report;

import static io.recredit.wording.Messages.text;

import io.recredit.report.content.ReportTables;
import io.recredit.report.content.Totals;
import io.recredit.table.Cell;
import io.recredit.table.Cell.Money;
import io.recredit.table.Column;
import io.recredit.table.Table;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what goes into the files, to hold it against the totals: a report whose rows do not sum
 * to what it says is none.
 */
final class ControlTotals {

  private static final Map<Table, Function<Totals, BigInteger>> SUMS =
      Map.of(
          ReportTables.CREDITS, Totals::credited,
          ReportTables.EXCEPTIONS, Totals::unallocated,
          ReportTables.WRITE_OFFS, Totals::writtenOff,
          ReportTables.DUPLICATES, Totals::duplicated);

  private final Map<Table, Map<String, BigInteger>> sums = new HashMap<>();
  private final Map<Table, Long> rows = new HashMap<>();

  /** The first amount of a row is what it is about. */
  void add(Table table, List<Cell> cells) {
    rows.merge(table, 1L, Long::sum);
    IntStream.range(0, cells.size())
        .filter(c -> table.columns().get(c).kind() == Column.Kind.MONEY)
        .mapToObj(cells::get)
        .findFirst()
        .ifPresent(cell -> add(table, cell));
  }

  private void add(Table table, Cell cell) {
    if (cell instanceof Money money) {
      sums.computeIfAbsent(table, r -> new HashMap<>())
          .merge(key(money.currency()), money.minorUnits(), BigInteger::add);
    }
  }

  private static String key(@Nullable String currency) {
    return Objects.requireNonNullElse(currency, "");
  }

  long rows(Table table) {
    return rows.getOrDefault(table, 0L);
  }

  /** That refunded is the rest together, and that the files hold just that rest. */
  void mustAgreeWith(List<Totals> totals) {
    for (var of : totals) {
      if (of.difference().signum() != 0) {
        throw new UserException(
            text("report.not-whole", Amounts.format(of.difference(), of.currency())));
      }
      SUMS.forEach((table, sum) -> mustAgree(table, of.currency(), sum.apply(of)));
    }
  }

  /** That the rows of a table hold so much of a currency. */
  void mustAgree(Table table, @Nullable String currency, BigInteger expected) {
    var written = sums.getOrDefault(table, Map.of()).getOrDefault(key(currency), BigInteger.ZERO);
    if (!written.equals(expected)) {
      throw new UserException(
          text(
              "report.rows-differ",
              table.name(),
              Amounts.format(written, currency),
              Amounts.format(expected, currency)));
    }
  }
}
