package io.recredit.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each clause of payouts.md, "Which row is which refund"; and what holds of any order. */
class MatchingTest {

  private static final String DAY = "2026-11-20";

  private static Payable refund(String id, long amount) {
    return refund(id, amount, DAY, null, null);
  }

  private static Payable refund(
      String id,
      long amount,
      String day,
      @Nullable String reference,
      @Nullable String duplicateOf) {
    var date = LocalDate.parse(day);
    return new Payable(
        id,
        "o",
        amount,
        "SEK",
        date.atTime(12, 0).toInstant(ZoneOffset.UTC),
        date,
        reference,
        duplicateOf);
  }

  private static PaidRow row(long row, long amount, @Nullable String named) {
    return row(row, "2026-11-25", amount, null, named, false);
  }

  private static PaidRow row(
      long row,
      @Nullable String date,
      long amount,
      @Nullable String reference,
      @Nullable String named,
      boolean namesAnother) {
    return new PaidRow(
        "P",
        row,
        date == null ? null : LocalDate.parse(date),
        amount,
        "SEK",
        reference,
        named,
        namesAnother);
  }

  /** "1 r1 ID", by row. */
  private static List<String> matches(List<Payable> refunds, PaidRow... rows) {
    return Matching.of(refunds, Arrays.asList(rows)).stream()
        .map(match -> match.row().row() + " " + match.of().id() + " " + match.matchedBy())
        .sorted()
        .toList();
  }

  @Test
  void allRowsThatNameARefundAreIts() {
    assertThat(
            matches(
                List.of(refund("r1", 100), refund("r2", 50)),
                row(1, 60, "r1"),
                row(2, 40, "r1"),
                row(3, -5, "r1")))
        .containsExactly("1 r1 ID", "2 r1 ID", "3 r1 ID");
  }

  @Test
  void whatIsNamedIsNotMatchedByAmountToo() {
    assertThat(matches(List.of(refund("r1", 100)), row(1, 100, null), row(2, 100, "r1")))
        .containsExactly("2 r1 ID");
  }

  @Test
  void aRowThatNamesARepetitionIsTheFirstRefundsUnlessThatHasOne() {
    var refunds = List.of(refund("r1", 100), refund("r2", 100, DAY, null, "r1"));
    assertThat(matches(refunds, row(1, 100, "r2"))).containsExactly("1 r1 ID");
    assertThat(matches(refunds, row(1, 100, "r2"), row(2, 100, "r1")))
        .containsExactly("1 r2 ID", "2 r1 ID");
  }

  @Test
  void theShopsReferenceGoesBeforeTime() {
    var refunds =
        List.of(
            refund("r1", 100, "2026-11-20", "first", null),
            refund("r2", 100, "2026-11-21", "second", null));
    assertThat(
            matches(
                refunds,
                row(1, "2026-11-25", 100, "second", null, false),
                row(2, "2026-11-26", 100, "none", null, false)))
        .containsExactly("1 r2 AMOUNT", "2 r1 AMOUNT");
  }

  @Test
  void amongEqualsTheFirstRowIsTheFirstRefund() {
    var refunds =
        List.of(refund("r2", 100, "2026-11-21", null, null), refund("r1", 100, DAY, null, null));
    assertThat(
            matches(
                refunds,
                row(2, "2026-11-25", 100, null, null, false),
                row(1, "2026-11-26", 100, null, null, false)))
        .containsExactly("1 r2 AMOUNT", "2 r1 AMOUNT");
    assertThat(
            matches(
                refunds,
                row(1, null, 100, null, null, false),
                row(2, "2026-11-26", 100, null, null, false)))
        .as("a payout of an unknown day comes last")
        .containsExactly("1 r2 AMOUNT", "2 r1 AMOUNT");
  }

  @Test
  void noRefundIsInAPayoutBeforeIt() {
    var refunds = List.of(refund("r1", 100, "2026-11-26", null, null));
    assertThat(matches(refunds, row(1, 100, null))).isEmpty();
    assertThat(matches(refunds, row(1, "2026-11-26", 100, null, null, false)))
        .containsExactly("1 r1 AMOUNT");
  }

  @Test
  void repetitionsComeAfterAllOthers() {
    var refunds =
        List.of(refund("r1", 100, DAY, "ref", "r0"), refund("r2", 100, "2026-11-21", null, null));
    assertThat(matches(refunds, row(1, "2026-11-25", 100, "ref", null, false)))
        .containsExactly("1 r2 AMOUNT");
  }

  @Test
  void aRowThatNamesWhatNobodyKnowsIsOnlyOfARefundWithoutAnId() {
    assertThat(matches(List.of(refund("r1", 100)), row(1, "2026-11-25", 100, null, null, true)))
        .isEmpty();
    assertThat(
            matches(
                List.of(refund("r1", 100), refund("o#2", 100, "2026-11-21", null, null)),
                row(1, "2026-11-25", 100, null, null, true)))
        .containsExactly("1 o#2 AMOUNT");
  }

  @Test
  void anotherCurrencyOrAmountIsAnotherRefund() {
    var other = new PaidRow("P", 1, LocalDate.parse("2026-11-25"), 100, "EUR", null, null, false);
    assertThat(matches(List.of(refund("r1", 100)), other, row(2, 99, null), row(3, -100, null)))
        .isEmpty();
  }

  /** One to one, whatever came first; by amount the same amount, and never before the refund. */
  @Test
  void theLawOfMatching() {
    var seed = Long.getLong("recredit.seed", 20261128L);
    System.out.println("MatchingTest: recredit.seed=" + seed);
    var random = new Random(seed);
    for (var round = 0; round < 2_000; round++) {
      var refunds = refunds(random);
      var rows = rows(random, refunds);
      var matches = new HashSet<>(Matching.of(refunds, rows));
      assertThat(matches.stream().map(Match::row)).as("seed %s", seed).doesNotHaveDuplicates();
      assertThat(
              matches.stream()
                  .filter(match -> match.matchedBy() == MatchedBy.AMOUNT)
                  .map(Match::of))
          .doesNotHaveDuplicates()
          .allMatch(of -> matches.stream().filter(match -> match.of().equals(of)).count() == 1);
      for (var match : matches) {
        if (match.matchedBy() == MatchedBy.AMOUNT) {
          assertThat(match.row().amount()).isEqualTo(match.of().amount());
          assertThat(match.row().payoutDate())
              .matches(day -> day == null || !match.of().businessDate().isAfter(day));
        }
      }
      var shuffledRefunds = new ArrayList<>(refunds);
      var shuffledRows = new ArrayList<>(rows);
      Collections.shuffle(shuffledRefunds, random);
      Collections.shuffle(shuffledRows, random);
      assertThat(new HashSet<>(Matching.of(shuffledRefunds, shuffledRows))).isEqualTo(matches);
    }
  }

  private static List<Payable> refunds(Random random) {
    var refunds = new ArrayList<Payable>();
    for (var n = random.nextInt(6); n > 0; n--) {
      var repeats = !refunds.isEmpty() && random.nextInt(4) == 0 ? refunds.get(0).id() : null;
      refunds.add(
          new Payable(
              random.nextInt(5) == 0 ? "o#" + n : "r" + n,
              "o",
              1 + random.nextInt(2),
              "SEK",
              Instant.parse("2026-11-20T00:00:00Z").plusSeconds(random.nextInt(4) * 86_400L),
              LocalDate.parse(DAY),
              random.nextBoolean() ? null : "ref" + random.nextInt(2),
              repeats));
    }
    return refunds.stream()
        .map(
            refund ->
                new Payable(
                    refund.id(),
                    refund.orderId(),
                    refund.amount(),
                    refund.currency(),
                    refund.at(),
                    LocalDate.ofInstant(refund.at(), ZoneOffset.UTC),
                    refund.reference(),
                    refund.duplicateOf()))
        .toList();
  }

  private static List<PaidRow> rows(Random random, List<Payable> refunds) {
    var rows = new ArrayList<PaidRow>();
    for (var n = random.nextInt(7); n > 0; n--) {
      var named =
          !refunds.isEmpty() && random.nextInt(3) == 0
              ? refunds.get(random.nextInt(refunds.size())).id()
              : null;
      rows.add(
          row(
              n,
              random.nextInt(5) == 0
                  ? null
                  : LocalDate.parse(DAY).plusDays(random.nextInt(5)).toString(),
              1 + random.nextInt(2),
              random.nextBoolean() ? null : "ref" + random.nextInt(2),
              named,
              named == null && random.nextInt(4) == 0));
    }
    return rows;
  }
}
