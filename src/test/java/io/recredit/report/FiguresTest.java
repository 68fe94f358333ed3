package io.recredit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.table.FormulaGuard;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Numbers as people read them. */
class FiguresTest {

  @Test
  void amountsAreGroupedAndHaveTheirCurrencysDecimals() {
    assertThat(Figures.amount(BigInteger.valueOf(123456789), "SEK")).isEqualTo("1,234,567.89");
    assertThat(Figures.amount(BigInteger.valueOf(123456789), "JPY")).isEqualTo("123,456,789");
    assertThat(Figures.amount(BigInteger.valueOf(-1234567), "KWD")).isEqualTo("-1,234.567");
    assertThat(Figures.amount(BigInteger.TEN.pow(21), "SEK"))
        .isEqualTo("10,000,000,000,000,000,000.00");
    assertThat(Figures.money(BigInteger.TEN, null))
        .isEqualTo("10 minor units of an unknown currency");
  }

  @Test
  void aShareIsNeverRoundedUpToAllOrDownToNothing() {
    assertThat(share(999_999, 1_000_000)).isEqualTo("99.9 %");
    assertThat(share(1, 1)).isEqualTo("100.0 %");
    assertThat(share(1, 1_000_000)).isEqualTo("< 0.1 %");
    assertThat(share(0, 5)).isEqualTo("0.0 %");
    assertThat(share(0, 0)).isEqualTo("–");
  }

  private static String share(long part, long whole) {
    return Figures.share(BigInteger.valueOf(part), BigInteger.valueOf(whole));
  }

  @Test
  void daysInARowAreASpan() {
    assertThat(
            Figures.spans(
                Stream.of("2026-11-01", "2026-11-02", "2026-11-04", "2026-11-29", "2026-11-30")
                    .map(LocalDate::parse)
                    .toList()))
        .containsExactly("2026-11-01 to 2026-11-02", "2026-11-04", "2026-11-29 to 2026-11-30");
  }

  @Test
  void agesAreThoseOfTheReport() {
    assertThat(Stream.of(-1, 0, 1, 2, 7, 8, 30, 31, 5000).map(Age::of).map(Age::words))
        .containsExactly(
            "0–1 day",
            "0–1 day",
            "0–1 day",
            "2–7 days",
            "2–7 days",
            "8–30 days",
            "8–30 days",
            "over 30 days",
            "over 30 days");
  }

  @Test
  void nothingOfATextBecomesMarkup() {
    assertThat(Markup.escaped("<b a=\"x\">'&'\u0000\u202e\n"))
        .isEqualTo("&lt;b a=&quot;x&quot;&gt;&#39;&amp;&#39;   ");
  }

  @Test
  void whatLooksLikeAFormulaIsGuardedAndFreedAgain() {
    for (var text : new String[] {"=1", "+1", "-1", "@a", "\tx", "'", "'=1", "a=1", ""}) {
      assertThat(FormulaGuard.unguarded(FormulaGuard.guarded(text))).isEqualTo(text);
    }
    assertThat(FormulaGuard.guarded("=1")).isEqualTo("'=1");
    assertThat(FormulaGuard.guarded("a=1")).isEqualTo("a=1");
  }
}
