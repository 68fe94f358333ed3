package io.recredit.table;

import io.recredit.wording.Amounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A value in a table, before it is written as somebody reads it. */
public sealed interface Cell {

  /** Nothing there. */
  Cell BLANK = new Blank();

  record Blank() implements Cell {}

  record Text(String text) implements Cell {}

  record Count(long count) implements Cell {}

  record Day(LocalDate day) implements Cell {}

  /** In the time zone of the run that is shown. */
  record Time(OffsetDateTime time) implements Cell {}

  /**
   * Minor units; without a currency nobody knows how many decimals they have, and no file shows
   * them under the amounts that have one.
   */
  record Money(BigInteger minorUnits, @Nullable String currency) implements Cell {

    int decimals() {
      return currency == null ? 0 : Amounts.decimals(currency);
    }

    /** 9999 minor units of SEK are 99.99. */
    BigDecimal amount() {
      return new BigDecimal(minorUnits, decimals());
    }
  }

  /** What nobody knows the decimals of, where the amount is left empty. */
  record MinorUnits(BigInteger minorUnits) implements Cell {}

  /** Beside an amount: the same in minor units where it has no currency. */
  static Cell minorUnits(BigInteger minorUnits, @Nullable String currency) {
    return currency == null ? new MinorUnits(minorUnits) : BLANK;
  }

  static Cell text(@Nullable String text) {
    return text == null ? BLANK : new Text(text);
  }

  static Cell money(BigInteger minorUnits, @Nullable String currency) {
    return new Money(minorUnits, currency);
  }
}
