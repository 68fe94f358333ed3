package io.recredit.payout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header line of a section.
 *
 * @param isSummary whether rows of totals follow it, otherwise transactions
 * @param number a column that holds a number in every sound row, by which one is told at a glance
 */
record Header(
    char separator,
    boolean isSummary,
    int width,
    int number,
    Map<Name, Integer> columns,
    Map<Total, Integer> totals) {

  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final int NONE = -1;

  /** Null where the line is no header, whatever it is separated by. */
  static @Nullable Header of(byte[] line, ColumnNames names) {
    if (!names.canBeIn(new String(line, UTF_8))) {
      return null;
    }
    var best = SEPARATORS.get(0);
    var most = NONE;
    for (var separator : SEPARATORS) {
      var known = Columns.of(line, separator, names).known();
      if (known > most) {
        most = known;
        best = separator;
      }
    }
    return most <= 0 ? null : Columns.of(line, best, names).header(best);
  }

  @Nullable Integer column(Name name) {
    return columns.get(name);
  }

  @Nullable Integer column(Total total) {
    return totals.get(total);
  }

  /** The names on a line, as split by one separator. */
  private record Columns(List<String> names, List<Boolean> own) {

    static Columns of(byte[] line, char separator, ColumnNames names) {
      var row = CsvRows.single(line, separator);
      var columns = row != null && row.fault() == null ? row.texts() : List.<String>of();
      return new Columns(
          columns.stream().map(names::known).toList(), columns.stream().map(names::isOwn).toList());
    }

    int known() {
      return (int)
          names.stream()
              .filter(
                  name ->
                      Name.of(name) != null
                          || Total.of(name) != null
                          || name.startsWith(Total.PREFIX))
              .count();
    }

    @Nullable Header header(char separator) {
      var isSummary = !names.contains(Name.TYPE.text()) || !names.contains(Name.AMOUNT.text());
      if (isSummary && names.stream().noneMatch(name -> name.startsWith(Total.PREFIX))) {
        return null;
      }
      var columns = new EnumMap<Name, Integer>(Name.class);
      for (var name : Name.values()) {
        put(columns, name, place(name.text()));
      }
      var totals = new EnumMap<Total, Integer>(Total.class);
      for (var total : Total.values()) {
        put(totals, total, place(total));
      }
      var number =
          isSummary
              ? totals.values().stream().findFirst().orElse(NONE)
              : columns.getOrDefault(Name.AMOUNT, NONE);
      return new Header(separator, isSummary, names.size(), number, columns, totals);
    }

    private static <K extends Enum<K>> void put(Map<K, Integer> places, K key, int place) {
      if (place != NONE) {
        places.put(key, place);
      }
    }

    /** The account's own name goes before Klarna's. */
    private int place(String name) {
      var first = names.indexOf(name);
      for (var i = 0; i < names.size(); i++) {
        if (own.get(i) && names.get(i).equals(name)) {
          return i;
        }
      }
      return first;
    }

    /** Under its full name, else under a shorter one. */
    private int place(Total total) {
      var place = place(total.column());
      return place != NONE
          ? place
          : names.stream()
              .filter(name -> total == Total.of(name))
              .findFirst()
              .map(names::indexOf)
              .orElse(NONE);
    }
  }
}
