package io.recredit.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:30:00Z, 2026-11-20T09:30:00Z",
    "2026-11-20t09:30:00z, 2026-11-20T09:30:00Z",
    "2026-11-20T09:30:00+01:00, 2026-11-20T08:30:00Z",
    "2026-11-20T09:30:00-23:59, 2026-11-21T09:29:00Z",
    "2026-11-20T09:30:00+23:59, 2026-11-19T09:31:00Z",
    "2026-11-20T09:30:00-00:00, 2026-11-20T09:30:00Z",
    "2026-11-20T09:30:00+0100, 2026-11-20T08:30:00Z",
    "2026-11-20T09:30:00-0130, 2026-11-20T11:00:00Z",
    "2026-11-20T09:30:00+01, 2026-11-20T08:30:00Z",
    "2026-11-20T09:30Z, 2026-11-20T09:30:00Z",
    "2026-11-20T09:30+01:00, 2026-11-20T08:30:00Z",
    "2026-11-20T09:30+0100, 2026-11-20T08:30:00Z",
    "2026-11-20T09:30-01, 2026-11-20T10:30:00Z",
    "2026-11-20 09:30:00Z, 2026-11-20T09:30:00Z",
    "2026-11-20 09:30z, 2026-11-20T09:30:00Z",
    "2026-11-20 09:30:00.5+01, 2026-11-20T08:30:00.500Z",
    "2026-11-20T23:59:59.9Z, 2026-11-20T23:59:59.900Z",
    "2026-11-20T23:59:59.123456789Z, 2026-11-20T23:59:59.123456Z",
    "2026-11-20T23:59:59.9999999999999999999999999Z, 2026-11-20T23:59:59.999999Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z",
    "0000-12-31T23:00:00-01:00, 0001-01-01T00:00:00Z",
  })
  void aTimeIsTheInstantTruncatedToTheMicrosecond(String text, Instant instant) {
    assertThat(Rfc3339.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-20",
        "2026-11-20T09:30",
        "2026-11-20T09:30:00",
        "2026-11-20 09:30:00",
        "2026-11-20T09:30:Z",
        "2026-11-20T09:30:0",
        "2026-11-20T09:30.5Z",
        "2026-11-20T09:30,5Z",
        "2026-11-20T09Z",
        "2026-11-20  09:30:00Z",
        "2026-11-20_09:30:00Z",
        "2026-11-20\u00A009:30:00Z",
        "2026-11-20T0930Z",
        "0001-01-01T00:00:00+00:01",
        "0000-12-31T23:59:59Z",
        "9999-12-31T23:59:59-00:01",
        "9999-12-31T24:00:00Z",
        "2026-11-20T09:30:60Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T09:60:00Z",
        "2026-02-29T09:30:00Z",
        "2100-02-29T09:30:00Z",
        "2026-04-31T09:30:00Z",
        "2026-13-01T09:30:00Z",
        "2026-00-01T09:30:00Z",
        "2026-11-00T09:30:00Z",
        "2026-11-20T09:30:00.Z",
        "2026-11-20T09:30:00,5Z",
        "2026-11-20T09:30:00.5",
        "2026-11-20T09:30:00+24:00",
        "2026-11-20T09:30:00+01:60",
        "2026-11-20T09:30:00+010",
        "2026-11-20T09:30:00+",
        "2026-11-20T09:30:00+01:",
        "2026-11-20T09:30:00+01:0",
        "2026-11-20T09:30:00+0160",
        "2026-11-20T09:30:00+24",
        "2026-11-20T09:30:00 +01:00",
        "2026-11-20T09:30:00+1:00",
        "2026-11-20T09:30:00\u221201:00",
        "2026-11-20T09:30:00 Z",
        "2026-11-20T09:30:00ZZ",
        " 2026-11-20T09:30:00Z",
        "2026-11-20T09:30:00Z ",
        "2026-11-20T09:30:00Z\n",
        "+2026-11-20T09:30:00Z",
        "-026-11-20T09:30:00Z",
        "26-11-20T09:30:00Z",
        "2026/11/20T09:30:00Z",
        "2026-11-20T09.30.00Z",
        "20261120T093000Z",
        "2026-11-20T09:30:00.5[UTC]",
        "\u0662\u0660\u0662\u0666-11-20T09:30:00Z",
      })
  void anythingElseIsNoTime(String text) {
    assertThat(Rfc3339.parse(text)).isNull();
  }

  @Test
  void randomTimesAreWhatTheJdkReads() {
    var seed = System.nanoTime();
    System.out.println("random times: seed " + seed);
    var random = new Random(seed);
    for (var i = 0; i < 20_000; i++) {
      var time =
          LocalDateTime.ofEpochSecond(
                  random.nextLong(-62_135_596_800L, 253_402_300_800L),
                  random.nextInt(1_000_000_000),
                  ZoneOffset.UTC)
              .atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1_080, 1_081)));
      var text = random.nextBoolean() ? time.toString() : withSeconds(time);
      var instant = time.toInstant().truncatedTo(ChronoUnit.MICROS);
      if (time.getYear() > 0
          && time.getYear() < 10_000
          && !instant.isBefore(Instant.parse("0001-01-01T00:00:00Z"))) {
        assertThat(Rfc3339.parse(text))
            .as("seed %d: %s", seed, text)
            .isEqualTo(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
      }
    }
  }

  private static String withSeconds(OffsetDateTime time) {
    var whole = time.truncatedTo(ChronoUnit.SECONDS);
    return "%04d-%02d-%02dT%02d:%02d:%02d%s"
        .formatted(
            whole.getYear(),
            whole.getMonthValue(),
            whole.getDayOfMonth(),
            whole.getHour(),
            whole.getMinute(),
            whole.getSecond(),
            whole.getOffset());
  }

  @Test
  void aChangedCharacterNeverMakesADifferentDayOfTheSameText() {
    var seed = System.nanoTime();
    System.out.println("changed characters: seed " + seed);
    var random = new Random(seed);
    var alphabet = "0123456789-:.+TZtz \u0660";
    for (var i = 0; i < 50_000; i++) {
      var text = new StringBuilder("2026-11-20T09:30:00.123456+01:00");
      for (var changes = 1 + random.nextInt(2); changes > 0; changes--) {
        text.setCharAt(
            random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      var parsed = Rfc3339.parse(text.toString());
      if (parsed != null
          && text.charAt(10) != ' '
          && !text.substring(26).matches("[+-](19|2[0-3]|18:[^0]|18:0[^0]).*")) {
        assertThat(parsed)
            .as("seed %d: %s", seed, text)
            .isEqualTo(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
      }
    }
  }
}
