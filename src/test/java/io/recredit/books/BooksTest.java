package io.recredit.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Resolution;
import io.recredit.allocation.Resolution.Part;
import io.recredit.evidence.KlarnaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** rules.md, part 8, "Credit lines". */
class BooksTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final List<Capture> captures = new ArrayList<>();
  private final List<Resolution> resolutions = new ArrayList<>();

  @Test
  void aLineHasItsOwnRateAndTheTaxInItIsWorkedOut() {
    capture("A", 125_00, line("shoe", 125_00, 2500L, null));
    assertThat(lines(25_00, line("shoe", 25_00, 2500L, null)))
        .containsExactly("CREDIT A 1 shoe 2500: 500 of 2500 REFUND");
  }

  @Test
  void aLineWithoutRateHasThatOfTheSameGoodsOnItsCapture() {
    capture("A", 125_00, line("shoe", 100_00, 600L, null), line("hat", 25_00, 2500L, null));
    assertThat(lines(10_60, line("shoe", 10_60, null, null)))
        .containsExactly("CREDIT A 1 shoe 600: 60 of 1060 CAPTURE");
  }

  @Test
  void twoRatesOfTheSameGoodsAreNone() {
    capture("A", 125_00, line("shoe", 100_00, 600L, null), line("shoe", 25_00, 2500L, null));
    assertThat(lines(10_60, line("shoe", 10_60, null, null)))
        .containsExactly("CREDIT A 1 shoe: 1060 UNKNOWN");
  }

  @Test
  void aTaxThatDoesNotGoWithItsRateIsContradictoryAndLendsItToNone() {
    capture("A", 125_00, line("shoe", 125_00, 2500L, 1_00L));
    assertThat(lines(25_00, line("shoe", 25_00, 2500L, 1_00L)))
        .containsExactly("CREDIT A 1 shoe: 2500 CONTRADICTORY");
    assertThat(lines(25_00, line("shoe", 25_00, null, null)))
        .containsExactly("CREDIT A 1 shoe: 2500 UNKNOWN");
    assertThat(lines(25_00)).containsExactly("CREDIT A -: 2500 UNKNOWN");
  }

  @Test
  void aTaxOneOffIsTakenAsItIsSaid() {
    capture("A", 125_00);
    assertThat(lines(25_00, line("shoe", 25_00, 2500L, 4_99L)))
        .containsExactly("CREDIT A 1 shoe 2500: 499 of 2500 REFUND");
    assertThat(lines(25_00, line("shoe", 25_00, 2500L, 4_98L)))
        .containsExactly("CREDIT A 1 shoe: 2500 CONTRADICTORY");
  }

  @Test
  void theNetAmountIsRoundedHalvesAwayFromZero() {
    assertThat(Tax.of(line("x", 3, 10_000L, null), TaxSource.REFUND).amount()).isEqualTo(1);
    assertThat(Tax.of(line("x", -3, 10_000L, null), TaxSource.REFUND).amount()).isEqualTo(-1);
    assertThat(Tax.of(line("x", Long.MAX_VALUE, Long.MAX_VALUE, null), TaxSource.REFUND).amount())
        .isEqualTo(Long.MAX_VALUE - 10_000);
    assertThat(Tax.of(line("x", 100, 0L, null), TaxSource.REFUND).amount()).isZero();
  }

  @Test
  void anOereThatTheLinesAreOffIsARowAtTheRateOfTheLargest() {
    capture("A", 200_00, line("shoe", 200_00, 600L, null));
    assertThat(
            lines(
                99_99,
                "A",
                line("hat", 20_00, 600L, null),
                line("shoe", 40_00, 2500L, null),
                line("coat", 40_00, 1200L, null)))
        .containsExactly(
            "CREDIT A 1 hat 600: 113 of 2000 REFUND",
            "CREDIT A 2 shoe 2500: 800 of 4000 REFUND",
            "CREDIT A 3 coat 1200: 429 of 4000 REFUND",
            "CREDIT A - 2500: 0 of -1 REFUND");
  }

  @Test
  void linesThatAreFurtherOffAreOneRowAtTheRateTheyShare() {
    capture("A", 200_00, line("shoe", 200_00, 600L, null));
    assertThat(lines(50_00, "A", line("hat", 20_00, 2500L, null), line("cap", 20_00, 2500L, null)))
        .containsExactly("CREDIT A - 2500: 1000 of 5000 REFUND");
    assertThat(lines(53_00, "A", line("hat", 20_00, 2500L, null), line("cap", 20_00, 1200L, null)))
        .containsExactly("CREDIT A - 600: 300 of 5300 CAPTURE");
  }

  @Test
  void aWholeCaptureWithoutLinesOfTheRefundIsTakenApartByItsOwn() {
    capture("A", 125_00, line("shoe", 100_00, 600L, null), line("hat", 25_00, 2500L, null));
    assertThat(lines(125_00))
        .containsExactly(
            "CREDIT A - shoe 600: 566 of 10000 CAPTURE",
            "CREDIT A - hat 2500: 500 of 2500 CAPTURE");
  }

  @Test
  void aFeeThatTheShopKeepsStandsApartAndOneAboveNothingIsGoods() {
    capture("A", 125_00, line("shoe", 125_00, 2500L, null));
    assertThat(lines(90_00, line("shoe", 100_00, 2500L, null), fee(-10_00)))
        .containsExactly(
            "CREDIT A 1 shoe 2500: 2000 of 10000 REFUND",
            "RETURN_FEE A 2 fee 2500: -200 of -1000 REFUND");
    assertThat(lines(110_00, "A", line("shoe", 100_00, 2500L, null), fee(10_00)))
        .containsExactly(
            "CREDIT A 1 shoe 2500: 2000 of 10000 REFUND",
            "CREDIT A 2 fee 2500: 200 of 1000 REFUND");
  }

  @Test
  void linesOnACaptureThatGotNothingStandOnTheOldestCreditedOne() {
    capture("A", 100_00, line("shoe", 100_00, 600L, null));
    capture("B", 50_00, line("hat", 50_00, 1200L, null), line("bow", 1_00, 2500L, null));
    capture("C", 70_00, line("coat", 70_00, 1200L, null));
    assertThat(
            lines(
                60_00,
                line("coat", 40_00, null, null),
                line("shoe", 20_00, null, null),
                line("hat", 5_00, null, null),
                line("bow", -5_00, null, null)))
        .containsExactly(
            "CREDIT A 2 shoe 600: 113 of 2000 CAPTURE",
            "CREDIT A 3 hat 1200: 54 of 500 CAPTURE",
            "CREDIT A 4 bow 2500: -100 of -500 CAPTURE",
            "CREDIT C 1 coat 1200: 429 of 4000 CAPTURE");
  }

  @Test
  void anExceptionIsUnallocatedByItsOwnLinesAndRates() {
    capture("A", 100_00, line("shoe", 100_00, 600L, null));
    capture("B", 50_00, line("hat", 50_00, 2500L, null));
    assertThat(lines(20_00, line("cap", 10_00, 2500L, null), line("shoe", 10_00, null, null)))
        .containsExactly(
            "UNALLOCATED - 1 cap 2500: 200 of 1000 REFUND", "UNALLOCATED - 2 shoe: 1000 UNKNOWN");
    assertThat(lines(20_00, line("cap", 10_00, 2500L, null)))
        .containsExactly("UNALLOCATED - - 2500: 400 of 2000 REFUND");
    assertThat(lines(20_00)).containsExactly("UNALLOCATED - -: 2000 UNKNOWN");
  }

  @Test
  void ofAPartByHandNobodySaysWhichLinesItHas() {
    capture("A", 100_00, line("shoe", 100_00, 600L, null));
    capture("B", 50_00, line("hat", 50_00, 2500L, null));
    resolutions.add(new Resolution("r", 30_00, List.of(new Part("A", 10_60)), 19_40, "Anna", NOON));
    assertThat(lines(30_00, line("cap", 30_00, null, null)))
        .containsExactly("CREDIT A - 600: 60 of 1060 CAPTURE", "WRITE_OFF - -: 1940 UNKNOWN");
  }

  @Test
  void aDuplicateComesToNothing() {
    capture("A", 100_00);
    var history =
        new OrderHistory(
            "o",
            captures,
            List.of(refund("r", 10_00, null), refund("s", 10_00, null)),
            List.of(),
            List.of(),
            KlarnaRecord.NONE);
    var decided = new Allocator(Policies.DEFAULT).decide(history);
    assertThat(Books.linesOf(decided.get(1))).isEmpty();
  }

  private void capture(String id, long amount, OrderLine... lines) {
    captures.add(
        new Capture(
            id,
            "o",
            amount,
            NOON.minusSeconds(100 - captures.size()),
            "SE",
            "SEK",
            null,
            null,
            null,
            List.of(lines)));
  }

  private static OrderLine line(
      String reference, long amount, @Nullable Long rate, @Nullable Long tax) {
    return new OrderLine(reference, null, null, null, null, rate, amount, tax);
  }

  private static OrderLine fee(long amount) {
    return new OrderLine("fee", "return_fee", null, null, null, 2500L, amount, null);
  }

  private static Refund refund(
      String id, long amount, @Nullable String captureId, OrderLine... lines) {
    return new Refund(id, "o", amount, NOON, null, captureId, null, null, "k", List.of(lines));
  }

  /** "CREDIT A 1 shoe 2500: 500 of 2500 REFUND". */
  private List<String> lines(long amount, OrderLine... lines) {
    return lines(amount, null, lines);
  }

  private List<String> lines(long amount, @Nullable String captureId, OrderLine... lines) {
    var history =
        new OrderHistory(
            "o",
            captures,
            List.of(refund("r", amount, captureId, lines)),
            List.of(),
            resolutions,
            KlarnaRecord.NONE);
    return Books.linesOf(new Allocator(Policies.DEFAULT).decide(history).get(0)).stream()
        .map(BooksTest::said)
        .toList();
  }

  private static String said(BookLine line) {
    var capture = line.capture();
    var what =
        line.account()
            + " "
            + (capture == null ? "-" : capture.captureId())
            + " "
            + (line.lineNumber() == null ? "-" : line.lineNumber())
            + (line.reference() == null ? "" : " " + line.reference());
    return line.taxRate() == null
        ? "%s: %d %s".formatted(what, line.amount(), line.taxSource())
        : "%s %d: %d of %d %s"
            .formatted(what, line.taxRate(), line.taxAmount(), line.amount(), line.taxSource());
  }
}
