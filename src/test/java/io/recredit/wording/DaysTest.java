package io.recredit.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Days as people read them. */
class DaysTest {

  @Test
  void daysInARowAreARange() {
    assertThat(
            Days.ranges(
                Stream.of("2026-11-01", "2026-11-02", "2026-11-04", "2026-11-29", "2026-11-30")
                    .map(LocalDate::parse)
                    .toList()))
        .containsExactly("2026-11-01 to 2026-11-02", "2026-11-04", "2026-11-29 to 2026-11-30");
  }
}
