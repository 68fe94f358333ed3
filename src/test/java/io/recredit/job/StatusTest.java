package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.run.Run;
import io.recredit.status.Metrics;
import io.recredit.status.Status;
import io.recredit.status.Status.Age;
import io.recredit.status.Status.Need;
import io.recredit.status.Status.OpenExceptions;
import io.recredit.status.StatusJson;
import io.recredit.status.StatusQueries;
import io.recredit.status.StatusText;
import io.recredit.status.Unusual.What;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** How things stand, as operators and their machines are told. */
class StatusTest extends JobTest {

  private static final Duration DAY_AND_A_BIT = Duration.ofHours(30);

  @Autowired private StatusQueries queries;

  @Test
  void whereNoRunEverFinishedThatNeedsSomebody() {
    assertThat(status().needs()).containsExactly(Need.NO_RUN);
    assertThat(text()).endsWith("It needs somebody: no run has ever finished.");
  }

  @Test
  void whereEverythingIsReadNothingNeedsAnybody() {
    night();

    assertThat(status().needs()).isEmpty();
    assertThat(text())
        .contains(
            "  last run    run 1, nightly of 2026-11-22, done 2026-11-23 03:00:00 UTC, 0 seconds ago, in 0 seconds",
            "  files       of the last days they are what was read",
            "  exceptions  NO_CAPTURE                    2  200.00 SEK  up to 7 days old",
            "  books       nothing is closed")
        .endsWith("Nothing needs anybody.");
  }

  @Test
  void aNightThatDidNotRunIsSeenByTheAgeOfTheLast() {
    night();
    clock.set("2026-11-24T09:00:00Z");
    assertThat(status().needs()).containsExactly(Need.DAYS_MISSING);
    clock.set("2026-11-24T09:00:01Z");
    assertThat(status().needs()).containsExactly(Need.TOO_OLD, Need.DAYS_MISSING);
    assertThat(text())
        .contains("  missing     never read and not skipped: 2026-11-23")
        .endsWith("It needs somebody: the last run is older than 30 hours; days are missing.");
  }

  @Test
  void aRunThatFailedIsUnfinishedUntilItsCommandCarriesItOn() {
    night();
    feed.captures(DAY_AFTER, capture("o1", "A"));
    interlude.whenDone(Interlude.DECIDING, () -> jdbc.sql("delete from decided_range").update());
    nightlyFails(DAY_AFTER);

    assertThat(status().needs()).containsExactly(Need.UNFINISHED);
    assertThat(text())
        .anyMatch(line -> line.startsWith("  unfinished  run 2, nightly of 2026-11-22"));
  }

  @Test
  void filesThatAreNotWhatWasReadAndThoseThatAreGoneAreNamed() throws IOException {
    night();
    feed.captures(DAY_AFTER, capture("o1", "A"), capture("o2", "B"));
    feed.remove("refunds", DAY_AFTER);

    assertThat(text())
        .contains(
            "  files       not what was read, and read by the next night: captures-2026-11-22.ndjson",
            "              gone since they were read, which stays: refunds-2026-11-22.ndjson");
    assertThat(status().needs()).isEmpty();
  }

  @Test
  void exceptionsAreCountedByReasonAgeAndCurrency() {
    feed.captures(DAY_AFTER);
    feed.refunds(
        DAY_AFTER,
        refund("o1", "r1"),
        refund("o2", "r2").at("2026-11-10T10:00:00Z"),
        refund("o3", "r3").at("2026-10-10T10:00:00Z"),
        refund("o4", "r4").at("2026-10-09T10:00:00Z"));
    nightly(DAY_AFTER);

    assertThat(status().exceptions())
        .extracting(open -> open.age() + " " + open.count())
        .containsExactly(Age.WEEK + " 1", Age.MONTH + " 1", Age.OLDER + " 2");
  }

  @Test
  void whatARunAtWorkHasDoneIsNotShown() {
    night();
    feed.captures(DAY_AFTER, capture("o1", "A"), capture("gone", "Z"));
    interlude.whenDone(
        Interlude.DECIDING,
        () -> {
          assertThat(openExceptions()).isEqualTo(2);
          assertThat(status().lastRun()).extracting("runId").isEqualTo(1L);
        });
    nightly(DAY_AFTER);
    assertThat(openExceptions()).isEqualTo(1);
  }

  @Test
  void aDayUnlikeThoseBeforeItIsUnusual() {
    for (var day = LocalDate.parse("2026-11-14");
        day.isBefore(LocalDate.parse("2026-11-22"));
        day = day.plusDays(1)) {
      feed.captures(day.toString());
      feed.refunds(day.toString(), refund("o" + day, "r" + day).at(day + "T10:00:00Z"));
      nightly(day.toString());
    }
    assertThat(status().unusual()).isEmpty();
    feed.captures(DAY_AFTER);
    feed.refunds(DAY_AFTER, many(12));
    nightly(DAY_AFTER);

    assertThat(status().unusual())
        .extracting("what")
        .containsExactly(What.EXCEPTIONS, What.REFUNDS);
    assertThat(status().needs()).containsExactly(Need.UNUSUAL);
    assertThat(text()).contains("  unusual     the last day has 12 new exceptions, usual are 1.0");
  }

  @Test
  void machinesGetTheSameAsJson() {
    night();
    var json = new JsonMapper().readTree(StatusJson.of(status()));

    assertThat(json.at("/last_run/run_id").asLong()).isEqualTo(1);
    assertThat(json.at("/last_run/records_read/refunds").asLong()).isEqualTo(2);
    assertThat(json.at("/exceptions_open/0/reason").asString()).isEqualTo("NO_CAPTURE");
    assertThat(json.at("/exceptions_open/0/amount").asLong()).isEqualTo(20_000);
    assertThat(json.at("/versions/tables").asInt()).isGreaterThanOrEqualTo(10);
    assertThat(json.at("/needs").isEmpty()).isTrue();
  }

  @Test
  void metricsHaveHelpAndTypeAndTheShopAsALabel() {
    night();
    var metrics = Metrics.of("", new Metrics.End(3, clock.instant()), status(), "Skor \"AB\"");

    assertThat(metrics.lines())
        .contains(
            "# TYPE recredit_last_exit_code gauge",
            "recredit_last_exit_code{shop=\"Skor \\\"AB\\\"\"} 3",
            "recredit_last_success_timestamp_seconds{shop=\"Skor \\\"AB\\\"\"} 1795402800",
            "recredit_records_read{kind=\"refunds\",shop=\"Skor \\\"AB\\\"\"} 2",
            "recredit_exceptions_open{reason=\"NO_CAPTURE\",shop=\"Skor \\\"AB\\\"\"} 2",
            "recredit_exceptions_open_amount_minor{currency=\"SEK\",reason=\"NO_CAPTURE\",shop=\"Skor \\\"AB\\\"\"} 20000",
            "recredit_unusual{shop=\"Skor \\\"AB\\\"\",what=\"refunds\"} 0")
        .allMatch(
            line -> line.matches("# (HELP|TYPE) recredit_.+|recredit_[a-z_]+(\\{.*})? [0-9.]+"));
  }

  @Test
  void whereTheDatabaseIsOutOfReachTheMetricsOfBeforeStayButForTheEnd() {
    night();
    var before = Metrics.of("", new Metrics.End(0, Instant.ofEpochSecond(1)), status(), null);
    var after = Metrics.of(before, new Metrics.End(1, Instant.ofEpochSecond(2)), null, null);

    assertThat(after.lines()).hasSameSizeAs(before.lines().toList());
    assertThat(after.lines())
        .contains("recredit_last_exit_code 1", "recredit_last_end_timestamp_seconds 2")
        .contains("recredit_last_success_timestamp_seconds 1795402800");
  }

  @Test
  void whatIsNoNightLeavesHowTheLastOneEnded() {
    night();
    var before = Metrics.of("", new Metrics.End(1, Instant.ofEpochSecond(1)), status(), null);

    assertThat(Metrics.of(before, null, status(), null)).isEqualTo(before);
  }

  private Run night() {
    clock.set("2026-11-23T03:00:00Z");
    feed.captures(DAY_AFTER);
    feed.refunds(
        DAY_AFTER,
        refund("o1", "r1").with("purchase_currency", "SEK"),
        refund("o2", "r2").with("purchase_currency", "SEK"));
    return nightly(DAY_AFTER);
  }

  private long openExceptions() {
    return status().exceptions().stream().mapToLong(OpenExceptions::count).sum();
  }

  private Status status() {
    return queries.status(feed.folder(), DAY_AND_A_BIT);
  }

  private List<String> text() {
    return StatusText.of(status(), feed.folder());
  }

  private static FeedRecord[] many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> refund("many" + i, "m" + i))
        .toArray(FeedRecord[]::new);
  }
}
