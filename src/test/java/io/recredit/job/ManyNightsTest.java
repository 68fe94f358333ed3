package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Release;
import io.recredit.feed.Delivered;
import io.recredit.feed.FeedKind;
import io.recredit.input.InputRow;
import io.recredit.input.Staging;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What keeps a night as cheap after years as it was at first. */
class ManyNightsTest extends JobTest {

  @Autowired private Runs runs;
  @Autowired private Staging staging;

  /** BRIN indexes point to every range of 128 blocks that they have not summarized. */
  @Test
  void whatANightBroughtIsFoundWithoutALookAtOtherNights() {
    var words = "word ".repeat(300);
    feed.captures(
        DAY,
        IntStream.range(0, 1_000)
            .mapToObj(n -> capture("o" + n, "A" + n).with("reference", "x".repeat(200)))
            .map(capture -> capture.with("klarna_reference", "y".repeat(250)))
            .map(capture -> capture.line("w".repeat(250), 50_00).line("z".repeat(250), 50_00))
            .toArray(FeedRecord[]::new));
    feed.refunds(
        DAY,
        IntStream.range(0, 12_000)
            .mapToObj(n -> refund("o" + n, "r" + n).line("v".repeat(250), 100_00))
            .map(refund -> refund.with("description", words).with("reference", "u".repeat(250)))
            .toArray(FeedRecord[]::new));
    nightly(DAY);

    assertThat(
            texts(
                """
                select c.relname || ': ' || summarize(i.indexrelid) || ' of ' ||
                  case when pg_relation_size(t.oid) > 128 * 8192 then 'several' else 'one' end
                from pg_index i
                join pg_class t on t.oid = i.indrelid
                join pg_class c on c.oid = i.indexrelid
                join pg_am a on a.oid = c.relam
                where a.amname = 'brin' and t.relnamespace = 'recredit_store'::regnamespace
                order by 1
                """))
        .containsExactly(
            "book_line_since_run: 0 of several",
            "capture_as_it_came: 0 of several",
            "capture_by_invoice: 0 of several",
            "credit_since_run: 0 of one",
            "decision_since_run: 0 of several",
            "document_as_it_came: 0 of one",
            "event_as_it_came: 0 of one",
            "exception_text_since_run: 0 of several",
            "journal_by_posting_date: 0 of several",
            "journal_of_run: 0 of several",
            "payout_match_since_run: 0 of one",
            "payout_row_since_run: 0 of one",
            "refund_as_it_came: 0 of several",
            "refund_evidence_since_run: 0 of one",
            "refusal_as_it_came: 0 of one",
            "refusal_decision_since_run: 0 of one",
            "release_as_it_came: 0 of one");
  }

  /** Nothing but time is lost where it does not work; it would not be noticed. */
  @Test
  void theBlocksOfALargeNightAreSummarizedWhileItIsRead() throws Exception {
    var night = LocalDate.parse(DAY);
    var run =
        runs.begin(
            Run.Kind.NIGHTLY,
            night,
            night,
            false,
            policyStore.current(),
            clock.instant(),
            List.of(),
            null);
    for (var chunk = 0; chunk < 3; chunk++) {
      var loaded = new ArrayList<InputRow>();
      for (var n = 0; n < 150_000; n++) {
        var release = new Release("order-%d-%d".formatted(chunk, n), clock.instant());
        loaded.add(InputRow.of(night, n + 1, new Delivered.OfRelease(release)));
      }
      staging.load(FeedKind.RELEASES, run.runId(), loaded);
    }

    var ranges = number("select pg_relation_size('recredit_store.release') / (128 * 8192)");
    assertThat(ranges).isGreaterThan(24);
    // The last chunk's, a third, and eight before it
    assertThat(number("select summarize('recredit_store.release_as_it_came')"))
        .isLessThanOrEqualTo(ranges / 3 + 10);
  }
}
