package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static io.recredit.job.FeedRecord.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.run.RunSummary;
import io.recredit.wording.Amounts;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a run changed, in the tables and in its summary: before and after, and where it came from.
 */
class WhatChangedTest extends JobTest {

  @Autowired private RunSummary summary;

  @Test
  void aRunSaysWhatBecameNewChangedAndWithdrawn() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"));
    feed.refunds(
        DAY, refund("o1", "r1").of(10_00), refund("o2", "r2").of(20_00), refund("o3", "r3"));
    nightly(DAY);
    feed.captures(NEXT_DAY, capture("o3", "C"));
    feed.refunds(DAY, refund("o1", "r1").of(11_00), refund("o3", "r3"));
    feed.refunds(NEXT_DAY, refund("o1", "r4").of(1_00).at("2026-11-21T12:00:00Z"));
    var run = rerun(DAY, NEXT_DAY);

    assertThat(changes(1))
        .containsExactly(
            "new r1: nothing to credited 10.00 SEK (A: 10.00 SEK)",
            "new r2: nothing to credited 20.00 SEK (B: 20.00 SEK)",
            "new r3: nothing to exception 10,000 (in minor units, currency unknown) NO_CAPTURE");
    assertThat(changes(2))
        .containsExactly(
            "changed r1: credited 10.00 SEK (A: 10.00 SEK) to credited 11.00 SEK (A: 11.00 SEK)",
            "withdrawn r2: credited 20.00 SEK (B: 20.00 SEK) to nothing",
            "changed r3: exception 10,000 (in minor units, currency unknown) NO_CAPTURE to credited 100.00 SEK (C: 100.00 SEK)",
            "new r4: nothing to credited 1.00 SEK (A: 1.00 SEK)");
    assertThat(summary.lines(run))
        .contains(
            "  changed     refund r1, 11.00 SEK: was credited by SOLE_CAPTURE (A: 10.00 SEK), is now credited by SOLE_CAPTURE (A: 11.00 SEK)",
            "              refund r2, 20.00 SEK: was credited by SOLE_CAPTURE (B: 20.00 SEK), is now withdrawn",
            "              refund r3, 100.00 SEK: was exception NO_CAPTURE, is now credited by SOLE_CAPTURE (C: 100.00 SEK)");
  }

  @Test
  void manyChangesAreCounted() {
    feed.captures(DAY);
    feed.lines(
        "refunds",
        DAY,
        IntStream.range(0, 11).mapToObj(i -> refund("o" + i, "r" + i).of(5_00).json()).toList());
    nightly(DAY);
    feed.refunds(NEXT_DAY);
    feed.lines(
        "captures",
        NEXT_DAY,
        IntStream.range(0, 11).mapToObj(i -> capture("o" + i, "C" + i).json()).toList());

    assertThat(summary.lines(nightly(NEXT_DAY)))
        .contains(
            "  changed     11 x was exception NO_CAPTURE, is now credited by SOLE_CAPTURE: 55.00 SEK");
  }

  @Test
  void aRunWithoutNewsSaysSoAndChangesNothing() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);
    var lines = summary.lines(rerun(DAY, DAY));

    assertThat(lines).contains("  decided     1 refund of 1 order: nothing changed");
    assertThat(lines)
        .noneMatch(line -> line.contains("changed     ") || line.contains("corrected"));
    assertThat(changes(2)).isEmpty();
  }

  @Test
  void anExceptionSaysWhenAndByWhichRunItWasOpenedAndClosed() {
    clock.set("2026-11-21T01:00:00Z");
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(5_00), refund("o2", "r2").of(5_00), refund("o3", "r3"));
    nightly(DAY);
    clock.set("2026-11-22T01:00:00Z");
    feed.captures(NEXT_DAY, capture("o1", "A").of(4_00), capture("o2", "B"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);
    clock.set("2026-11-23T01:00:00Z");
    feed.captures(DAY_AFTER, capture("o1", "A"));
    feed.refunds(DAY_AFTER);
    feed.refunds(DAY, refund("o1", "r1").of(5_00), refund("o2", "r2").of(5_00));
    rerun(DAY, DAY_AFTER);
    clock.set("2026-11-24T01:00:00Z");
    feed.captures(DAY_AFTER, capture("o1", "A").of(4_00));
    nightly(DAY_AFTER);

    assertThat(
            texts(
                """
                select format('%s %s: opened %s by run %s, closed %s by run %s as %s', refund_id, reasons, opened_on,
                  opened_by, coalesce(closed_on::text, 'never'), coalesce(closed_by::text, 'none'), closed_as)
                from recredit.exception_history order by refund_id, opened_by
                """))
        .containsExactly(
            "r1 {NO_CAPTURE,EXCEEDS_CAPTURED_AMOUNT}: opened 2026-11-21 by run 1, closed 2026-11-23 by run 3 as credited",
            "r1 {EXCEEDS_CAPTURED_AMOUNT}: opened 2026-11-24 by run 4, closed never by run none as ",
            "r2 {NO_CAPTURE}: opened 2026-11-21 by run 1, closed 2026-11-22 by run 2 as credited",
            "r3 {NO_CAPTURE}: opened 2026-11-21 by run 1, closed 2026-11-23 by run 3 as withdrawn");
  }

  @Test
  void correctedInputKeepsTheEarlierVersionWithFileAndLineOfBoth() {
    feed.captures(
        DAY,
        capture("o1", "A").line("\"a\" \\ 1", 40_00).line("b", 60_00),
        capture("o1", "B"),
        capture("o2", "C"),
        capture("o3", "D"));
    feed.refunds(DAY, refund("o1", "r1"));
    feed.releases(DAY, release("o1").at("2026-11-20T10:00:00Z"));
    nightly(DAY);
    feed.captures(DAY, capture("o1", "B").of(7_00), capture("o2", "C"), capture("o3", "D"));
    feed.captures(NEXT_DAY, capture("o4", "D"), capture("o2", "C"));
    feed.refunds(NEXT_DAY);
    feed.releases(DAY, release("o1").at("2026-11-20T11:00:00Z"));
    var run = rerun(DAY, NEXT_DAY);

    assertThat(
            texts(
                """
                select format('%s %s %s: %s line %s to %s line %s', kind, id, change, file_before, line_before,
                  coalesce(file_after, 'none'), line_after)
                from recredit.input_change where run_id = 2 order by kind, id
                """))
        .containsExactly(
            "capture A withdrawn: captures-2026-11-20.ndjson line 1 to none line ",
            "capture B corrected: captures-2026-11-20.ndjson line 2 to captures-2026-11-20.ndjson line 1",
            "capture C delivered again: captures-2026-11-20.ndjson line 3 to captures-2026-11-21.ndjson line 2",
            "capture D corrected: captures-2026-11-20.ndjson line 4 to captures-2026-11-21.ndjson line 1",
            "release o1 corrected: releases-2026-11-20.ndjson line 1 to releases-2026-11-20.ndjson line 1");
    assertThat(
            texts(
                """
                select concat_ws(' ', before ->> 'captured_amount', after ->> 'captured_amount', before ->> 'order_id',
                  after ->> 'order_id')
                from recredit.input_change where kind = 'capture' order by id
                """))
        .containsExactly("10000 o1", "10000 700 o1 o1", "10000 10000 o2 o2", "10000 10000 o3 o4");
    assertThat(
            texts(
                "select before ->> 'order_lines' from recredit.input_change where kind = 'capture' and id = 'A'"))
        .containsExactly(
            """
            [{"reference": "\\"a\\" \\\\ 1", "total_amount": 4000}, {"reference": "b", "total_amount": 6000}]""");
    assertThat(summary.lines(run))
        .contains(
            "  corrected   capture A withdrawn: captures-2026-11-20.ndjson line 1",
            "              capture B corrected: captures-2026-11-20.ndjson line 2, now captures-2026-11-20.ndjson line 1");
  }

  @Test
  void nothingOfAnUnfinishedRunIsAChange() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"));
    nightly(DAY);
    feed.captures(DAY, capture("o1", "A").of(50_00));
    interlude.whenDone(
        Interlude.DECIDING,
        () -> {
          assertThat(number("select count(*) from decision where since_run = 2")).isEqualTo(1);
          assertThat(texts("select refund_id from recredit.run_change where run_id = 2")).isEmpty();
          assertThat(texts("select id from recredit.input_change")).isEmpty();
          assertThat(texts("select closed_by from recredit.exception_history")).containsOnlyNulls();
        });
    nightly(DAY);

    assertThat(changes(2)).hasSize(1);
  }

  @Test
  void amountsReadTheSameInTheDatabaseAsInSentences() {
    for (var currency : Currency.getAvailableCurrencies()) {
      var code = currency.getCurrencyCode();
      for (var amount : List.of(0L, 5L, -12_345L, Long.MAX_VALUE)) {
        assertThat(texts("select recredit.money(?, ?)", amount, code))
            .containsExactly(Amounts.format(amount, code));
      }
    }
    assertThat(texts("select recredit.money(9999, null)"))
        .containsExactly(Amounts.format(9999, null));
  }

  private List<String> changes(long run) {
    return texts(
        """
        select concat_ws(' ', change, refund_id || ':', coalesce(outcome_before, 'nothing'),
          recredit.money(refunded_amount_before, currency_before), reason_before, '(' || credits_before || ')', 'to',
          coalesce(outcome_after, 'nothing'), recredit.money(refunded_amount_after, currency_after), reason_after,
          '(' || credits_after || ')')
        from recredit.run_change where run_id = ? order by refund_id
        """,
        run);
  }
}
