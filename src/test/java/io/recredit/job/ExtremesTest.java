package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.ledger.OrderHistories;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is as large, as old or as long as the contract lets it be. */
class ExtremesTest extends JobTest {

  @Autowired private OrderHistories histories;

  @Test
  void sumsOverSeveralRecordsAreExactBeyond64Bits() {
    feed.captures(
        DAY, capture("o1", "A").of(Long.MAX_VALUE), capture("o2", "B").of(Long.MAX_VALUE));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(Long.MAX_VALUE),
        refund("o1", "r2").of(Long.MAX_VALUE),
        refund("o1", "r3").of(Long.MAX_VALUE),
        refund("o1", "r4").of(Long.MAX_VALUE).with("idempotency_key", "k"),
        refund("o1", "r5").of(Long.MAX_VALUE).with("idempotency_key", "k"),
        refund("o1", "r6").of(Long.MAX_VALUE).with("idempotency_key", "k"),
        refund("o2", "r7").of(Long.MAX_VALUE));
    nightly(DAY);

    assertThat(balances())
        .containsExactly(
            "A: 9223372036854775807 - 9223372036854775807 = 0, unallocated 27670116110564327421",
            "B: 9223372036854775807 - 9223372036854775807 = 0, unallocated 0");
    assertThat(
            texts(
                "select format('%s = %s + %s + %s + %s', refunded_amount, credited_amount, unallocated_amount, duplicate_amount, difference) from recredit.daily_reconciliation"))
        .containsExactly(
            "64563604257983430649 = 18446744073709551614 + 27670116110564327421 + 18446744073709551614 + 0");
    assertThat(proof.ofEverything()).isEmpty();
    rerun(DAY, DAY);
    assertThat(number("select changed from recredit.run where run_id = 2")).isZero();
  }

  @Test
  void timesOfAnyYearComeBackAsTheyCame() {
    var times =
        List.of(
            "0001-01-01T00:00:00Z",
            "1582-10-10T12:00:00.000001Z",
            "1867-03-31T11:44:59.999999Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "2026-03-08T06:30:00Z",
            "2026-09-26T14:00:00Z",
            "2026-11-20T12:00:00Z",
            "9999-12-31T23:59:59.999999Z");
    feed.captures(DAY, capture("o1", "A").at("0001-01-01T00:00:00Z"));
    feed.refunds(
        DAY,
        IntStream.range(0, times.size())
            .mapToObj(i -> refund("o1", "r" + i).of(1).at(times.get(i)))
            .toArray(FeedRecord[]::new));
    nightly(DAY);

    assertThat(
            texts(
                "select business_date || ' ' || extract(epoch from refunded_at) from recredit.invoice_credit order by refund_id"))
        .containsExactlyElementsOf(
            times.stream()
                .map(Instant::parse)
                .map(
                    time ->
                        "%s %s"
                            .formatted(
                                time.toString().substring(0, 10),
                                BigDecimal.valueOf(time.getEpochSecond())
                                    .add(BigDecimal.valueOf(time.getNano() / 1_000, 6))))
                .toList());
    findsNothingNewHoweverOften();
  }

  @Test
  void timesAreOfTheYears1To9999InUtcWhateverDayTheTimeZoneMakesOfThem() {
    timeZone("Pacific/Kiritimati");
    feed.captures(DAY, capture("o1", "A").at("0000-12-31T23:59:00-00:01"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(1).at("0000-12-31T23:59:59Z"),
        refund("o1", "r2").of(1).at("9999-12-31T23:59:59-00:01"),
        refund("o1", "r3").of(1).at("9999-12-31T23:59:59.9999999Z"),
        refund("o1", "r4").of(1).at("2026-11-20T08:00:00Z"));
    nightly(DAY);
    assertThat(rejected()).hasSize(2);
    assertThat(texts("select business_date from recredit.invoice_credit order by refund_id"))
        .containsExactly("10000-01-01", "2026-11-20");
    findsNothingNewHoweverOften();
  }

  /** The driver reads times as texts at first, and in binary once a query has come by often. */
  private void findsNothingNewHoweverOften() {
    for (var i = 0; i < 8; i++) {
      rerun(DAY, DAY);
      assertThat(texts("select orders_decided from recredit.run order by run_id desc limit 1"))
          .containsExactly("1");
    }
    assertThat(number("select count(*) from decision where since_run > 1")).isZero();
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void ordersWithManyCapturesOfManyLinesAreReadInPages() {
    var captures = new ArrayList<String>();
    var refunds = new ArrayList<String>();
    for (var order = 0; order < 4; order++) {
      for (var i = 0; i < 45; i++) {
        captures.add(withLines(capture("o" + order, order + "-" + i), 1_000, "A" + i + "-").json());
      }
      refunds.add(withLines(refund("o" + order, "r" + order), 1_000, "A44-").json());
    }
    captures.add(capture("small", "c").json());
    refunds.add(refund("small", "r").json());
    Collections.reverse(captures);
    feed.lines("captures", DAY, captures);
    feed.lines("refunds", DAY, refunds);
    nightly(DAY);

    assertThat(exceptions()).isEmpty();
    assertThat(credits())
        .containsExactly(
            "r to c: 10000 by SOLE_CAPTURE",
            "r0 to 0-44: 10000 by REFERENCE",
            "r1 to 1-44: 10000 by REFERENCE",
            "r2 to 2-44: 10000 by REFERENCE",
            "r3 to 3-44: 10000 by REFERENCE");
    assertThat(histories.page(1, 5)).hasSizeBetween(1, 4);
  }

  @Test
  void anOrderOfMoreLinesThanAPageIsReadWithoutWhatNoRuleNeeds() {
    var captures = new ArrayList<String>();
    for (var i = 0; i < 101; i++) {
      captures.add(withLines(capture("o1", "c" + i), 1_000, "A" + i + "-").json());
    }
    feed.lines("captures", DAY, captures);
    feed.lines("refunds", DAY, List.of(withLines(refund("o1", "r1"), 1_000, "A100-").json()));
    nightly(DAY);

    assertThat(credits()).containsExactly("r1 to c100: 10000 by REFERENCE");
    var read = histories.page(1, 1).get(0).history();
    assertThat(read.captures())
        .hasSize(101)
        .allSatisfy(
            capture ->
                assertThat(capture.orderLines())
                    .hasSize(1_000)
                    .allSatisfy(line -> assertThat(line.name()).isNull())
                    .allMatch(
                        line -> (line.reference() != null) == capture.captureId().equals("c100")));
    assertThat(read.refunds().get(0).orderLines().get(7).reference())
        .as("one text for one reference")
        .isSameAs(
            read.captures().stream()
                .filter(capture -> capture.captureId().equals("c100"))
                .findFirst()
                .orElseThrow()
                .orderLines()
                .get(7)
                .reference());
  }

  @Test
  void anOrderOfMoreChangesThanAreHeldIsWrittenAsAnyOther() {
    var refunds = new ArrayList<String>();
    for (var i = 0; i < 450; i++) {
      refunds.add(refund("large", "r" + i).of(10).json());
    }
    refunds.add(refund("small", "r").json());
    feed.captures(DAY, capture("large", "A"), capture("small", "B"));
    feed.lines("refunds", DAY, refunds);
    nightly(DAY);
    assertThat(credits()).hasSize(200 + 1);
    assertThat(exceptions()).hasSize(250);

    feed.captures(DAY, capture("large", "A").of(10), capture("small", "B"));
    nightly(DAY);
    assertThat(credits()).hasSize(1 + 1);
    assertThat(exceptions()).hasSize(449);
    assertThat(proof.ofEverything()).isEmpty();
  }

  private static FeedRecord withLines(FeedRecord record, int count, String prefix) {
    return record.with(
        "order_lines",
        IntStream.range(0, count)
            .mapToObj(i -> Map.of("reference", prefix + i, "name", "article", "total_amount", 10))
            .toList());
  }

  @Test
  void textsOfAnyKindComeBackAsTheyCame() {
    var odd = "\"\\\t\n\uD83D\uDE00{NULL},'é";
    feed.captures(
        DAY,
        capture("o1", odd).with("klarna_reference", "NULL").with("reference", odd).line(odd, 60_00),
        capture("o1", "x" + odd).line("NULL", 40_00).line("", 60_00));
    feed.refunds(DAY, refund("o1", "r" + odd).of(60_00).line(odd, 60_00).with("reference", odd));
    nightly(DAY);

    assertThat(
            jdbc.sql(
                    "select capture_reference || refund_reference || refund_id || capture_id || invoice_reference from recredit.invoice_credit")
                .query(String.class)
                .list())
        .containsExactly(odd + odd + "r" + odd + odd + "NULL");
    sql("update input_file set read_by = '0.0.1'");
    nightly(DAY);
    assertThat(number("select count(*) from capture where since_run > 1")).isZero();
  }
}
