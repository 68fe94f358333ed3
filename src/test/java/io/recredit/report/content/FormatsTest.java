package io.recredit.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Reason;
import io.recredit.wording.Messages;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shares, ages and reasons as a report writes them. */
class FormatsTest {

  @Test
  void aShareIsNeverRoundedUpToAllOrDownToNothing() {
    assertThat(share(999_999, 1_000_000)).isEqualTo("99.9 %");
    assertThat(share(1, 1)).isEqualTo("100.0 %");
    assertThat(share(1, 1_000_000)).isEqualTo("< 0.1 %");
    assertThat(share(0, 5)).isEqualTo("0.0 %");
    assertThat(share(0, 0)).isEqualTo("–");
  }

  private static String share(long part, long whole) {
    return Formats.share(BigInteger.valueOf(part), BigInteger.valueOf(whole));
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

  @ParameterizedTest
  @EnumSource
  void everyReasonHasItsWords(Reason reason) {
    assertThat(Messages.text("report.reason." + reason)).isNotEmpty();
  }
}
