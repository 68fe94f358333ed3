package io.recredit.table;

import io.recredit.wording.Amounts;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A column of a table, for every kind of file.
 *
 * @param name as people read it
 * @param source the column of the relation that it shows
 * @param currency the column that says what its money is in
 */
public record Column(String name, Kind kind, String source, String currency) {

  /** The name of the column that says what a row's money is in, where it is not in two. */
  public static final String CURRENCY = "currency";

  /** Further parts make a list that nobody reads. */
  private static final int MOST_PARTS = 20;

  public enum Kind {
    /** Names, identifiers, words. */
    TEXT,
    /** Whole sentences. */
    SENTENCE,
    COUNT,
    /** Minor units in the database, in the row's currency; empty without one. */
    MONEY,
    /** The same as it is where the row has no currency; else empty. */
    MINOR_UNITS,
    /** Captures with amounts as resolve_as takes them, of an array of ids with minor units. */
    PARTS,
    DAY,
    TIME,
    /** Empty, for an accountant to fill in. */
    FILL_IN
  }

  public static List<Column> of(Kind kind, String... names) {
    return Arrays.stream(names).map(name -> new Column(name, kind, name, CURRENCY)).toList();
  }

  /** Of a row that has amounts in another currency beside those in its own. */
  public static List<Column> money(String name, String currency) {
    return List.of(new Column(name, Kind.MONEY, name, currency));
  }

  /** What stands beside an amount, so that no column mixes amounts of two kinds. */
  public static List<Column> minorUnits(String name, String amount) {
    return List.of(new Column(name, Kind.MINOR_UNITS, amount, CURRENCY));
  }

  public Cell read(ResultSet row, ZoneId zone) throws SQLException {
    return switch (kind) {
      case FILL_IN -> Cell.BLANK;
      case TEXT, SENTENCE -> Cell.text(row.getString(source));
      case COUNT -> {
        var count = row.getLong(source);
        yield row.wasNull() ? Cell.BLANK : new Cell.Count(count);
      }
      case MONEY -> {
        BigDecimal amount = row.getBigDecimal(source);
        yield amount == null
            ? Cell.BLANK
            : Cell.money(amount.toBigIntegerExact(), row.getString(currency));
      }
      case MINOR_UNITS -> {
        BigDecimal amount = row.getBigDecimal(source);
        yield amount == null
            ? Cell.BLANK
            : Cell.minorUnits(amount.toBigIntegerExact(), row.getString(currency));
      }
      case PARTS -> parts(row);
      case DAY -> {
        var day = row.getObject(source, LocalDate.class);
        yield day == null ? Cell.BLANK : new Cell.Day(day);
      }
      case TIME -> {
        var time = row.getObject(source, OffsetDateTime.class);
        yield time == null
            ? Cell.BLANK
            : new Cell.Time(time.atZoneSameInstant(zone).toOffsetDateTime());
      }
    };
  }

  /** "order-1-a=10.00; order-1-b=99.00", those beyond a few cut. */
  private Cell parts(ResultSet row) throws SQLException {
    var array = row.getArray(source);
    var currency = row.getString(CURRENCY);
    if (array == null || currency == null) {
      return Cell.BLANK;
    }
    var parts = List.of((String[]) array.getArray());
    var named =
        parts.stream()
            .limit(MOST_PARTS)
            .map(part -> part(part, currency))
            .collect(Collectors.joining("; "));
    return Cell.text(parts.size() > MOST_PARTS ? named + "; ..." : named);
  }

  private static String part(String part, String currency) {
    var equals = part.lastIndexOf('=') + 1;
    return part.substring(0, equals)
        + Amounts.toPaste(Long.parseLong(part.substring(equals)), currency);
  }
}
