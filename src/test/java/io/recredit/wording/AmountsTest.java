package io.recredit.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Money as people read it, everywhere the same. */
class AmountsTest {

  @Test
  void amountsAreGroupedAndHaveTheirCurrencysDecimals() {
    assertThat(Amounts.format(189_400, "SEK")).isEqualTo("1,894.00 SEK");
    assertThat(Amounts.format(5, "SEK")).isEqualTo("0.05 SEK");
    assertThat(Amounts.format(123_456_789, "JPY")).isEqualTo("123,456,789 JPY");
    assertThat(Amounts.format(-1_234_567, "KWD")).isEqualTo("-1,234.567 KWD");
    assertThat(Amounts.format(12_345_678, "CLF")).isEqualTo("1,234.5678 CLF");
    assertThat(Amounts.number(BigInteger.TEN.pow(21), "SEK"))
        .isEqualTo("10,000,000,000,000,000,000.00");
  }

  @Test
  void withoutACurrencyTheMinorUnitsAreNamedAsSuch() {
    assertThat(Amounts.format(12_345, null)).isEqualTo("12,345 (in minor units, currency unknown)");
    assertThat(Amounts.number(BigInteger.TEN, null)).isEqualTo("10");
  }
}
