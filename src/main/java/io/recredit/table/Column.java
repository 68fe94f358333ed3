package io.recredit.table;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * A column of a table, for every kind of file.
 *
 * @param name as the relation of the database has it
 */
public record Column(String name, Kind kind) {

  /** The name of the column that says what the row's money is in. */
  public static final String CURRENCY = "currency";

  public enum Kind {
    /** Names, identifiers, words. */
    TEXT,
    /** Whole sentences. */
    SENTENCE,
    COUNT,
    /** Minor units in the database, in the row's {@link #CURRENCY}. */
    MONEY,
    DAY,
    TIME,
    /** Empty, for an accountant to fill in. */
    FILL_IN
  }

  public static List<Column> of(Kind kind, String... names) {
    return Arrays.stream(names).map(name -> new Column(name, kind)).toList();
  }

  public Cell read(ResultSet row, ZoneId zone) throws SQLException {
    return switch (kind) {
      case FILL_IN -> Cell.BLANK;
      case TEXT, SENTENCE -> Cell.text(row.getString(name));
      case COUNT -> {
        var count = row.getLong(name);
        yield row.wasNull() ? Cell.BLANK : new Cell.Count(count);
      }
      case MONEY -> {
        BigDecimal amount = row.getBigDecimal(name);
        yield amount == null
            ? Cell.BLANK
            : Cell.money(amount.toBigIntegerExact(), row.getString(CURRENCY));
      }
      case DAY -> {
        var day = row.getObject(name, LocalDate.class);
        yield day == null ? Cell.BLANK : new Cell.Day(day);
      }
      case TIME -> {
        var time = row.getObject(name, OffsetDateTime.class);
        yield time == null
            ? Cell.BLANK
            : new Cell.Time(time.atZoneSameInstant(zone).toOffsetDateTime());
      }
    };
  }
}
