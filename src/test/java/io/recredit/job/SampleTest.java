package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two nights of the sample, and what must become of them. */
class SampleTest extends JobTest {

  private static final Path SAMPLE = Path.of("jobs", "sample");
  private static final Path EXPECTED = Path.of("src", "test", "resources", "sample-expected.csv");

  @BeforeEach
  void deliverTheSample() {
    feed = new Feed(SAMPLE);
  }

  @Test
  void eachNightComesToExactlyWhatIsExpected() {
    nightly(DAY);
    assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(expected(DAY));
    nightly(NEXT_DAY);
    assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(expected(NEXT_DAY));
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void oneRerunOverBothDaysComesToTheSame() {
    rerun(DAY, NEXT_DAY);
    assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(expected(NEXT_DAY));
  }

  @Test
  void theNightsInReverseOrderComeToTheSame() {
    nightly(NEXT_DAY);
    nightly(DAY);
    assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(expected(NEXT_DAY));
  }

  @Test
  void filesAndRejectedRecordsAreCounted() {
    nightly(DAY);
    nightly(NEXT_DAY);

    assertThat(files())
        .containsExactly(
            "captures-2026-11-20.ndjson: 40 lines, 39 accepted, 0 repeated, 1 rejected, 0 withdrawn",
            "events-2026-11-20.ndjson: 2 lines, 2 accepted, 0 repeated, 0 rejected, 0 withdrawn",
            "orders-2026-11-20.ndjson: 4 lines, 4 accepted, 0 repeated, 0 rejected, 0 withdrawn",
            "refunds-2026-11-20.ndjson: 31 lines, 29 accepted, 1 repeated, 1 rejected, 0 withdrawn",
            "refusals-2026-11-20.ndjson: 2 lines, 2 accepted, 0 repeated, 0 rejected, 0 withdrawn",
            "releases-2026-11-20.ndjson: 1 lines, 1 accepted, 0 repeated, 0 rejected, 0 withdrawn",
            "captures-2026-11-21.ndjson: 3 lines, 3 accepted, 0 repeated, 0 rejected, 0 withdrawn",
            "refunds-2026-11-21.ndjson: 13 lines, 13 accepted, 0 repeated, 0 rejected, 0 withdrawn");
    assertThat(
            texts(
                "select format('%s captures, %s refunds, %s releases, %s repeated, %s rejected', captures_read, refunds_read, releases_read, repeated, rejected) from recredit.run order by run_id"))
        .containsExactly(
            "39 captures, 29 refunds, 1 releases, 1 repeated, 2 rejected",
            "3 captures, 13 refunds, 0 releases, 0 repeated, 0 rejected");
    assertThat(rejected()).hasSize(2);
  }

  @Test
  void whatKlarnasRecordShowsIsHeldBesideWhatWasDecided() {
    nightly(DAY);
    nightly(NEXT_DAY);

    assertThat(
            texts(
                "select concat_ws(' ', e.refund_id, e.decision, e.verdict, e.certainty, p.capture_id) from recredit.refund_evidence e left join recredit.refund_place p using (refund_id) order by 1"))
        .containsExactly(
            "refund-1001-1 REFERENCE ELSEWHERE PROVEN order-1001-a",
            "refund-1001-2 REFERENCE NEWER",
            "refund-1006-1 SOLE_CAPTURE AS_DECIDED PROVEN order-1006-a",
            "refund-1006-2 SOLE_CAPTURE NEWER",
            "refund-1015-1 NO_ORDER_LINES LANDED PROVEN order-1015-b",
            "refund-1018-1 REFERENCE_MISSING LANDED PROVEN order-1018-a");
    assertThat(texts("select explanation from recredit.feed_difference"))
        .containsExactly(
            "Event event-1004-1 tells of a refund refund-1004-0 of 45.00 SEK on order order-1004-named-capture, and no file or document has one that it could be.");
  }

  @Test
  void whatKlarnaRefusedAndToldIsBesideWhatWasRefunded() {
    nightly(DAY);
    nightly(NEXT_DAY);

    assertThat(
            texts(
                "select concat_ws(' ', order_id, http_status, error_code, would_be, followed_by) from recredit.refused_refund order by 1"))
        .containsExactly(
            "order-1006-sole-capture 401 SOLE_CAPTURE refund-1006-1",
            "order-1028-yen 403 REFUND_NOT_ALLOWED EXCEEDS_CAPTURED_AMOUNT");
    assertThat(
            texts(
                "select concat_ws(' ', event_id, matched_by, refund_id) from recredit.refund_event order by 1"))
        .containsExactly("event-1004-1", "event-1005-1 REFUND_ID refund-1005-1");
  }

  @Test
  void bothDaysAddUp() {
    nightly(DAY);
    nightly(NEXT_DAY);

    assertThat(texts("select difference from recredit.daily_reconciliation"))
        .isNotEmpty()
        .containsOnly("0");
    assertThat(number("select sum(refunds)::bigint from recredit.daily_reconciliation"))
        .isEqualTo(
            number("select sum(accepted)::bigint from recredit.input_file where kind = 'refunds'"));
  }

  /** As the file of what is expected has it: refund, outcome, rule or reason, capture, amount. */
  private List<String> outcomes() {
    return texts(
        """
        select refund_id || ',credited,' || match_rule || ',' || capture_id || ',' || credited_amount
        from recredit.invoice_credit
        union all
        select refund_id || ',exception,' || reason || ',,' || refunded_amount from recredit.refund_exception
        union all
        select refund_id || ',duplicate,,,' || refunded_amount from recredit.refund_duplicate
        """);
  }

  private static List<String> expected(String day) {
    try (var lines = Files.lines(EXPECTED)) {
      return lines
          .filter(line -> line.startsWith(day + ","))
          .map(line -> line.substring(day.length() + 1, line.lastIndexOf(',')))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
