package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.release;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that say the same again, in whatever way. */
class RunWithoutNewsTest extends JobTest {

  private Map<String, List<String>> shown = Map.of();

  @BeforeEach
  void runANight() {
    feed.captures(DAY, first(), capture("o2", "B"));
    feed.refunds(DAY, back(), refund("o2", "r2").of(200_00), refund("o3", "r3"));
    feed.releases(DAY, release("o1"));
    nightly(DAY);
    shown = everything();
  }

  private static FeedRecord first() {
    return capture("o1", "A").line("TSHIRT", 40_00).line("MUG", 60_00);
  }

  private static FeedRecord back() {
    return refund("o1", "r1").of(20_00).line("TSHIRT", 20_00);
  }

  @Test
  void aNightThatIsRunAgainWritesNothingAnew() {
    nightly(DAY);
    nothingWasWritten();
    assertThat(texts("select accepted || ' ' || run_id from recredit.input_file order by kind"))
        .containsExactly("2 2", "3 2", "1 2");
  }

  @Test
  void aRerunDecidesAnewAndWritesNothing() {
    rerun(DAY, DAY);
    nothingWasWritten();
    assertThat(
            texts(
                "select format('%s orders, %s refunds decided; %s credited, %s excepted, %s changed', orders_decided, refunds_decided, credited, excepted, changed) from recredit.run where run_id = 2"))
        .containsExactly("3 orders, 3 refunds decided; 0 credited, 0 excepted, 0 changed");
  }

  @Test
  void theSameRecordsInAnotherOrderOfLinesChangeNothing() {
    feed.captures(DAY, capture("o2", "B"), first());
    feed.refunds(DAY, refund("o3", "r3"), back(), refund("o2", "r2").of(200_00));
    nightly(DAY);
    nothingWasWritten();
  }

  @Test
  void theSameInstantInAnotherOffsetChangesNothing() {
    feed.captures(
        DAY,
        first().at("2026-11-20T09:00:00+01:00"),
        capture("o2", "B").at("2026-11-20T08:00:00.0000009Z"));
    nightly(DAY);
    nothingWasWritten();
  }

  @Test
  void otherSpellingsOfTheSameChangeNothing() {
    feed.lines(
        "captures",
        DAY,
        List.of(
            """
            {"payment_transaction_id":"o1","payment_capture_id":"A","captured_amount":10000,"captured_at":"2026-11-20T08:00:00Z","purchase_country":"se","purchase_currency":"sek","reference":null,"klarna_reference":"","color":"red","line_items":[{"line_item_reference":"TSHIRT","total_line_amount":4000},{"reference":"MUG","total_amount":6000,"name":null}]}
            """
                .strip(),
            "\t ",
            capture("o2", "B").with("order_lines", List.of()).json()));
    nightly(DAY);
    nothingWasWritten();
    assertThat(files().get(0)).contains("2 lines, 2 accepted");
  }

  @Test
  void theSameFileGzippedChangesNothing() {
    feed.remove("captures", DAY);
    feed.gzipped("captures", DAY, first(), capture("o2", "B"));
    nightly(DAY);
    nothingWasWritten();
    assertThat(files().get(0)).startsWith("captures-2026-11-20.ndjson.gz");
  }

  @Test
  void anEqualRecordInALaterFileChangesNoDecision() {
    feed.captures(NEXT_DAY, first());
    feed.refunds(NEXT_DAY, back());
    nightly(NEXT_DAY);
    assertThat(everything()).isEqualTo(shown);
    assertThat(number("select count(*) from decision where since_run > 1 or until_run is not null"))
        .isZero();
  }

  @Test
  void anotherVersionReadsTheFilesAgainAndFindsThemTheSame() {
    sql("update input_file set read_by = '0.0.1'");
    nightly(DAY);
    nothingWasWritten();
    assertThat(texts("select distinct read_by from input_file where until_run is null"))
        .doesNotContain("0.0.1")
        .hasSize(1);
  }

  @Test
  void aDayThatNoFileNamesAnyMoreIsDecidedFromWhatWasRead() {
    feed.remove("captures", DAY);
    feed.remove("refunds", DAY);
    feed.remove("releases", DAY);
    rerun(DAY, DAY);
    nothingWasWritten();
    assertThat(files()).hasSize(3);
  }

  private void nothingWasWritten() {
    assertThat(everything()).isEqualTo(shown);
    for (var table : List.of("decision", "capture", "refund", "release", "rejected_record")) {
      assertThat(
              number(
                  "select count(*) from %s where since_run > 1 or until_run is not null"
                      .formatted(table)))
          .as(table)
          .isZero();
    }
  }
}
