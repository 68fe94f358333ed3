package io.recredit.evidence;

import static io.recredit.evidence.Reading.credited;
import static io.recredit.evidence.Reading.minute;
import static io.recredit.evidence.Reading.noInvoice;
import static io.recredit.evidence.Reading.notCredited;
import static io.recredit.evidence.Reading.on;
import static io.recredit.evidence.Reading.places;
import static io.recredit.evidence.Reading.readAt;
import static io.recredit.evidence.Reading.record;
import static io.recredit.evidence.Reading.refundAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** rules.md, part 7, "What it proves", case by case. */
class KlarnaRecordTest {

  @Nested
  class Usable {

    @Test
    void anOrderWithoutSnapshotsHasNoRecord() {
      var record = record();
      assertThat(record.latest()).isEmpty();
      assertThat(record.latestUsable()).isEmpty();
      assertThat(record.window()).isEmpty();
      assertThat(record.proven()).isEmpty();
      assertThat(record.compare(List.of(notCredited("r1")))).isEmpty();
    }

    @Test
    void aSnapshotIsUsableWhereEveryCaptureHasARefundedAmount() {
      var whole = readAt(1).shows("A", 10).shows("B", 0).lists("r1", 10);
      var part = readAt(2).shows("A", 10).showsWithoutAmount("B").lists("r1", 10);
      assertThat(record(whole, part).latest()).contains(part.snapshot());
      assertThat(record(whole, part).latestUsable()).contains(whole.snapshot());
      assertThat(record(part).latestUsable()).isEmpty();
      assertThat(record(part).compare(List.of(notCredited("r1")))).isEmpty();
    }

    @Test
    void aSnapshotWithoutCapturesIsUsable() {
      assertThat(record(readAt(1)).latestUsable()).isPresent();
    }

    @Test
    void aSnapshotWithUnnamedRefundsIsUsableUnlessAFileHasRefundsOfTheOrder() {
      var unnamed = readAt(1).shows("A", 30).lists("r1", 10).listsUnnamed("order#2", 20);
      assertThat(record(false, unnamed).latestUsable()).isPresent();
      assertThat(record(true, unnamed).latestUsable()).isEmpty();
      assertThat(record(true, readAt(1).shows("A", 10).lists("r1", 10)).latestUsable()).isPresent();
    }

    @Test
    void oneThatIsNotUsableDoesNotPartAWindow() {
      var record =
          record(
              readAt(1).shows("A", 10).lists("r1", 10),
              readAt(2).shows("A", 0).showsWithoutAmount("B"),
              readAt(3).shows("A", 30).lists("r1", 10).lists("r2", 20));
      assertThat(times(record)).containsExactly(minute(1), minute(3));
    }
  }

  @Nested
  class Windows {

    private final Reading before =
        readAt(1).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 20);

    @Test
    void aWindowGoesOnWhileRefundsAreAddedAndStandOnInvoicesOrNot() {
      assertWindow(readAt(2).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 20), 1, 2);
      assertWindow(withNew(5, readAt(2).shows("A", 10).shows("B", 20)), 1, 2);
      assertWindow(withNew(5, readAt(2).shows("A", 12).shows("B", 23)), 1, 2);
    }

    @Test
    void aCaptureThatShowsLessStartsAWindow() {
      assertWindow(withNew(5, readAt(2).shows("A", 9).shows("B", 26)), 2);
    }

    @Test
    void aCaptureThatIsMissingShowsNothingAndSoStartsAWindow() {
      assertWindow(withNew(5, readAt(2).shows("B", 20)), 2);
    }

    @Test
    void aCaptureThatShowedNothingMayBeMissingAndANewOneMayShowSomething() {
      assertThat(
              times(
                  record(
                      readAt(1).shows("A", 0).shows("B", 10).lists("r1", 10),
                      readAt(2).shows("B", 10).shows("C", 5).lists("r1", 10).lists("r2", 5))))
          .containsExactly(minute(1), minute(2));
    }

    @Test
    void aRefundThatIsGoneStartsAWindow() {
      assertWindow(readAt(2).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r3", 20), 2);
    }

    @Test
    void aRefundThatHasAnotherAmountStartsAWindow() {
      assertWindow(readAt(2).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 21), 2);
      assertWindow(readAt(2).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 19), 2);
    }

    @Test
    void moreOnTheInvoicesThanNewRefundsExplainStartsAWindow() {
      assertWindow(withNew(5, readAt(2).shows("A", 10).shows("B", 25)), 1, 2);
      assertWindow(withNew(5, readAt(2).shows("A", 10).shows("B", 26)), 2);
      assertWindow(withNew(5, readAt(2).shows("A", 13).shows("B", 23)), 2);
    }

    /** What one snapshot proves holds of that time: the money may not have come by then. */
    @Test
    void moneyThatComesToAnInvoiceAfterItsRefundIsListedStartsAWindow() {
      var listed = readAt(1).shows("A", 0).lists("r1", 10);
      var come = readAt(2).shows("A", 10).lists("r1", 10);
      assertThat(places(record(listed).proven())).containsOnly(entry("r1", noInvoice()));
      assertThat(places(record(listed, come).proven())).containsOnly(entry("r1", on("A", 10)));
    }

    @Test
    void onlyTheLastWindowCounts() {
      var record =
          record(
              readAt(1).shows("A", 10).lists("r1", 10),
              readAt(2).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 20),
              readAt(3).shows("A", 0).shows("B", 30).lists("r1", 10).lists("r2", 20),
              readAt(4)
                  .shows("A", 7)
                  .shows("B", 30)
                  .lists("r1", 10)
                  .lists("r2", 20)
                  .lists("r3", 7));
      assertThat(times(record)).containsExactly(minute(3), minute(4));
      assertThat(places(record.proven()))
          .containsOnly(
              entry("r1", on("B", 10)), entry("r2", on("B", 20)), entry("r3", on("A", 7)));
    }

    private Reading withNew(long amount, Reading reading) {
      return reading.lists("r1", 10).lists("r2", 20).lists("r3", amount);
    }

    private void assertWindow(Reading after, Integer... minutes) {
      assertThat(times(record(before, after)))
          .isEqualTo(List.of(minutes).stream().map(Reading::minute).toList());
    }
  }

  @Nested
  class ProvenPlaces {

    @Test
    void theOnlyOpenRefundIsAllThatIsLeft() {
      assertThat(record(readAt(1).shows("A", 10).shows("B", 0).lists("r1", 10)).proven())
          .containsOnly(entry("r1", proven(on("A", 10), 1, FoundBy.ONLY_ONE_OPEN)));
    }

    @Test
    void theOnlyOpenRefundMayBeSplit() {
      assertThat(places(record(readAt(1).shows("A", 4).shows("B", 6).lists("r1", 10)).proven()))
          .containsOnly(entry("r1", on("A", 4, "B", 6)));
    }

    @Test
    void theOnlyOpenRefundMayBePartlyOrWhollyOnNoInvoice() {
      assertThat(places(record(readAt(1).shows("A", 4).shows("B", 0).lists("r1", 10)).proven()))
          .containsOnly(entry("r1", on("A", 4)));
      assertThat(record(readAt(1).shows("A", 0).lists("r1", 10)).proven())
          .containsOnly(entry("r1", proven(noInvoice(), 1, FoundBy.ONLY_ONE_OPEN)));
    }

    @Test
    void severalRefundsAreOnNoInvoiceWhereNothingIsLeft() {
      assertThat(record(readAt(1).shows("A", 0).lists("r1", 10).lists("r2", 20)).proven())
          .containsOnly(
              entry("r1", proven(noInvoice(), 1, FoundBy.NOTHING_LEFT)),
              entry("r2", proven(noInvoice(), 1, FoundBy.NOTHING_LEFT)));
    }

    @Test
    void severalRefundsAreWholeOnTheOneCaptureThatHasTheirSum() {
      assertThat(
              record(readAt(1).shows("A", 30).shows("B", 0).lists("r1", 10).lists("r2", 20))
                  .proven())
          .containsOnly(
              entry("r1", proven(on("A", 10), 1, FoundBy.ALL_ON_ONE)),
              entry("r2", proven(on("A", 20), 1, FoundBy.ALL_ON_ONE)));
    }

    @Test
    void severalRefundsAreNotToldApartOtherwise() {
      assertThat(record(readAt(1).shows("A", 29).lists("r1", 10).lists("r2", 20)).proven())
          .isEmpty();
      // Different amounts do not tell: 20 on B may be parts of both.
      assertThat(
              record(readAt(1).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 20))
                  .proven())
          .isEmpty();
    }

    @Test
    void nothingIsFoundWhereMoreIsLeftThanTheOpenRefundsSum() {
      assertThat(record(readAt(1).shows("A", 11).lists("r1", 10)).proven()).isEmpty();
      assertThat(record(readAt(1).shows("A", 10).shows("B", 1).lists("r1", 10)).proven()).isEmpty();
      assertThat(record(readAt(1).shows("A", 31).lists("r1", 10).lists("r2", 20)).proven())
          .isEmpty();
    }

    @Test
    void severalSnapshotsTellRefundsApart() {
      assertThat(
              record(
                      readAt(1).shows("A", 0).shows("B", 0),
                      readAt(2).shows("A", 10).shows("B", 0).lists("r1", 10),
                      readAt(3).shows("A", 10).shows("B", 20).lists("r2", 20).lists("r1", 10))
                  .proven())
          .containsOnly(
              entry("r1", proven(on("A", 10), 2, FoundBy.ONLY_ONE_OPEN)),
              entry("r2", proven(on("B", 20), 3, FoundBy.ONLY_ONE_OPEN)));
    }

    @Test
    void whatWasNotToldInOneSnapshotStaysOpenInTheNext() {
      assertThat(
              record(
                      readAt(1).shows("A", 5).shows("B", 20).lists("r1", 10).lists("r2", 20),
                      readAt(2)
                          .shows("A", 8)
                          .shows("B", 20)
                          .lists("r1", 10)
                          .lists("r2", 20)
                          .lists("r3", 3))
                  .proven())
          .isEmpty();
    }

    @Test
    void knownPlacesOnSeveralCapturesAreTakenOff() {
      assertThat(
              places(
                  record(
                          readAt(1).shows("A", 4).shows("B", 6).lists("r1", 10),
                          readAt(2).shows("A", 9).shows("B", 6).lists("r1", 10).lists("r2", 5),
                          readAt(3)
                              .shows("A", 9)
                              .shows("B", 13)
                              .lists("r1", 10)
                              .lists("r2", 5)
                              .lists("r3", 3)
                              .lists("r4", 4))
                      .proven()))
          .containsOnly(
              entry("r1", on("A", 4, "B", 6)),
              entry("r2", on("A", 5)),
              entry("r3", on("B", 3)),
              entry("r4", on("B", 4)));
    }

    @Test
    void aContradictionIsFoundUpWhenLaterRefundsExplainIt() {
      // 10 stand on A before any refund is listed, as if the list were late.
      assertThat(
              record(readAt(1).shows("A", 10), readAt(2).shows("A", 10).lists("r1", 10)).proven())
          .containsOnly(entry("r1", proven(on("A", 10), 2, FoundBy.ONLY_ONE_OPEN)));
    }

    @Test
    void theOrderInWhichSnapshotsAreHandedOverDoesNotMatter() {
      var first = readAt(1).shows("A", 10).lists("r1", 10);
      var second = readAt(2).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 20);
      assertThat(record(second, first).proven()).isEqualTo(record(first, second).proven());
      assertThat(record(second, first).window()).isEqualTo(record(first, second).window());
    }

    @Test
    void aGiantOrderIsToldApartRefundByRefund() {
      var captures = 300;
      var refunds = 200;
      var snapshots = new ArrayList<Snapshot>();
      var shown = new long[captures];
      for (var i = 0; i < 500; i++) {
        if (i < refunds) {
          shown[i] += i + 1;
          shown[captures - 1] += 1;
        }
        var invoices = new ArrayList<Invoice>();
        for (var capture = 0; capture < captures; capture++) {
          invoices.add(new Invoice("c" + capture, 1000, shown[capture]));
        }
        var listed = new ArrayList<ListedRefund>();
        for (var refund = 0; refund <= Math.min(i, refunds - 1); refund++) {
          listed.add(new ListedRefund("r" + refund, refund + 2, minute(0), true));
        }
        snapshots.add(new Snapshot(minute(i), null, invoices, listed));
      }
      Collections.reverse(snapshots);
      var record = KlarnaRecord.of(snapshots, true);
      assertThat(record.window()).hasSize(500);
      assertThat(record.proven()).hasSize(refunds);
      assertThat(record.proven())
          .containsEntry("r7", proven(on("c7", 8, "c299", 1), 7, FoundBy.ONLY_ONE_OPEN));
    }

    private KnownPlace proven(Place place, int minute, FoundBy by) {
      return new KnownPlace(place, Certainty.PROVEN, minute(minute), by);
    }
  }

  @Nested
  class InferredPlaces {

    private final Reading twoAndTwo =
        readAt(1).shows("A", 10).shows("B", 20).lists("r1", 10).lists("r2", 20);

    @Test
    void creditsThatExplainAllAreInferred() {
      assertThat(
              record(twoAndTwo)
                  .compare(List.of(credited("r1", on("A", 10)), credited("r2", on("B", 20)))))
          .extracting(Evidence::place)
          .containsExactly(
              inferred(on("A", 10), FoundBy.AS_CREDITED),
              inferred(on("B", 20), FoundBy.AS_CREDITED));
    }

    @Test
    void creditsThatPutMoreOnACaptureThanItShowsAreNot() {
      assertNothingInferred(
          record(twoAndTwo), credited("r1", on("B", 10)), credited("r2", on("B", 20)));
    }

    @Test
    void creditsOnACaptureThatTheSnapshotLacksAreNot() {
      assertNothingInferred(
          record(twoAndTwo), credited("r1", on("C", 10)), credited("r2", on("B", 20)));
    }

    @Test
    void creditsThatLeaveAnythingAreNotWhereNoRefundIsOpen() {
      assertNothingInferred(
          record(twoAndTwo), credited("r1", on("A", 9)), credited("r2", on("B", 20)));
    }

    @Test
    void theOnlyRefundThatIsNotCreditedIsAllThatIsLeft() {
      assertThat(record(twoAndTwo).compare(List.of(credited("r1", on("A", 10)), notCredited("r2"))))
          .extracting(Evidence::place)
          .containsExactly(
              inferred(on("A", 10), FoundBy.AS_CREDITED),
              inferred(on("B", 20), FoundBy.ONLY_ONE_OPEN));
    }

    @Test
    void aRefundThatTheOrderIsNotTheInputOfIsOpen() {
      assertThat(record(twoAndTwo).compare(List.of(credited("r1", on("A", 10)))))
          .extracting(Evidence::place)
          .containsExactly(inferred(on("A", 10), FoundBy.AS_CREDITED));
    }

    @Test
    void severalThatAreNotCreditedAreFoundByTheSameRules() {
      var reading = twoAndTwo.lists("r3", 30);
      var refunds = List.of(credited("r1", on("A", 10)), notCredited("r2"), notCredited("r3"));
      assertThat(record(reading).compare(refunds))
          .extracting(Evidence::verdict)
          .containsExactly(Verdict.AS_DECIDED, Verdict.UNDECIDED, Verdict.UNDECIDED);
      assertThat(
              record(
                      readAt(1)
                          .shows("A", 10)
                          .shows("B", 50)
                          .lists("r1", 10)
                          .lists("r2", 20)
                          .lists("r3", 30))
                  .compare(refunds))
          .extracting(Evidence::place)
          .containsExactly(
              inferred(on("A", 10), FoundBy.AS_CREDITED),
              inferred(on("B", 20), FoundBy.ALL_ON_ONE),
              inferred(on("B", 30), FoundBy.ALL_ON_ONE));
      assertThat(
              record(readAt(1).shows("A", 10).lists("r1", 10).lists("r2", 20).lists("r3", 30))
                  .compare(refunds))
          .extracting(Evidence::place)
          .containsExactly(
              inferred(on("A", 10), FoundBy.AS_CREDITED),
              inferred(noInvoice(), FoundBy.NOTHING_LEFT),
              inferred(noInvoice(), FoundBy.NOTHING_LEFT));
    }

    @Test
    void nothingIsInferredWhereMoreIsLeftThanTheOpenRefundsSum() {
      assertNothingInferred(
          record(readAt(1).shows("A", 10).shows("B", 21).lists("r1", 10).lists("r2", 20)),
          credited("r1", on("A", 10)),
          notCredited("r2"));
    }

    @Test
    void provenPlacesAreTakenOffBeforeCreditsAre() {
      var record =
          record(
              readAt(1).shows("A", 5).shows("B", 0).lists("r0", 5),
              readAt(2)
                  .shows("A", 15)
                  .shows("B", 20)
                  .lists("r0", 5)
                  .lists("r1", 10)
                  .lists("r2", 20));
      var evidence =
          record.compare(
              List.of(
                  credited("r0", on("B", 5)),
                  credited("r1", on("A", 10)),
                  credited("r2", on("B", 20))));
      assertThat(evidence)
          .extracting(Evidence::certainty)
          .containsExactly(Certainty.PROVEN, Certainty.INFERRED, Certainty.INFERRED);
      assertThat(evidence)
          .extracting(Evidence::verdict)
          .containsExactly(Verdict.ELSEWHERE, Verdict.AS_DECIDED, Verdict.AS_DECIDED);
    }

    @Test
    void creditsOfRefundsThatAreNotListedDoNotCount() {
      assertThat(
              record(twoAndTwo)
                  .compare(
                      List.of(
                          refundAt(2, "r3", on("A", 90)),
                          credited("r2", on("B", 20)),
                          credited("r1", on("A", 10)))))
          .extracting(Evidence::verdict)
          .containsExactly(Verdict.NEWER, Verdict.AS_DECIDED, Verdict.AS_DECIDED);
    }

    @Test
    void creditsBeyondSixtyFourBitsAreJustTooMuch() {
      assertNothingInferred(
          record(twoAndTwo),
          credited("r1", on("A", Long.MAX_VALUE)),
          credited("r2", on("A", Long.MAX_VALUE, "C", Long.MAX_VALUE)));
    }

    private void assertNothingInferred(KlarnaRecord record, DecidedRefund... refunds) {
      assertThat(record.compare(List.of(refunds)))
          .allSatisfy(
              evidence -> {
                assertThat(evidence.verdict()).isEqualTo(Verdict.UNDECIDED);
                assertThat(evidence.place()).isNull();
                assertThat(evidence.certainty()).isNull();
              });
    }

    private KnownPlace inferred(Place place, FoundBy by) {
      return new KnownPlace(place, Certainty.INFERRED, minute(1), by);
    }
  }

  @Nested
  class Verdicts {

    @Test
    void aRefundOfAfterTheLatestUsableSnapshotIsNewer() {
      assertThat(notListed(refundAt(2, "r9", on("A", 10)))).isEqualTo(Verdict.NEWER);
    }

    @Test
    void aRefundOfBeforeTheLatestUsableSnapshotOrOfItsTimeIsNotListed() {
      assertThat(notListed(refundAt(0, "r9", on("A", 10)))).isEqualTo(Verdict.NOT_LISTED);
      assertThat(notListed(refundAt(1, "r9", on("A", 10)))).isEqualTo(Verdict.NOT_LISTED);
    }

    @Test
    void aRefundWhoseAmountIsNotAllOnInvoicesIsOnNoInvoiceHoweverItIsDecided() {
      var record = record(readAt(1).shows("A", 9).lists("r1", 10));
      assertThat(verdict(record, notCredited("r1"))).isEqualTo(Verdict.ON_NO_INVOICE);
      assertThat(verdict(record, credited("r1", on("A", 10)))).isEqualTo(Verdict.ON_NO_INVOICE);
      // Credited in part, and the rest of it written off.
      assertThat(verdict(record, credited("r1", on("A", 9)))).isEqualTo(Verdict.ON_NO_INVOICE);
    }

    @Test
    void aRefundIsAsDecidedWithExactlyThatSplit() {
      var record = record(readAt(1).shows("A", 4).shows("B", 6).lists("r1", 10));
      assertThat(verdict(record, credited("r1", on("B", 6, "A", 4)))).isEqualTo(Verdict.AS_DECIDED);
      assertThat(verdict(record, credited("r1", on("A", 6, "B", 4)))).isEqualTo(Verdict.ELSEWHERE);
      assertThat(verdict(record, credited("r1", on("A", 10)))).isEqualTo(Verdict.ELSEWHERE);
    }

    @Test
    void aRefundThatIsNotCreditedLanded() {
      var record = record(readAt(1).shows("A", 4).shows("B", 6).lists("r1", 10));
      assertThat(verdict(record, notCredited("r1"))).isEqualTo(Verdict.LANDED);
    }

    @Test
    void theEvidenceSaysWhatTheRecordSays() {
      var record = record(readAt(1).shows("A", 10).lists("r1", 10));
      assertThat(record.compare(List.of(notCredited("r1"), refundAt(2, "r2", on("A", 1)))))
          .containsExactly(
              new Evidence(
                  "r1",
                  Verdict.LANDED,
                  new KnownPlace(on("A", 10), Certainty.PROVEN, minute(1), FoundBy.ONLY_ONE_OPEN),
                  10L,
                  minute(1)),
              new Evidence("r2", Verdict.NEWER, null, null, minute(1)));
    }

    private Verdict notListed(DecidedRefund refund) {
      return verdict(record(readAt(1).shows("A", 10).lists("r1", 10)), refund);
    }

    private Verdict verdict(KlarnaRecord record, DecidedRefund refund) {
      return record.compare(List.of(refund)).get(0).verdict();
    }
  }

  @Nested
  class Values {

    @Test
    void aPlaceIsInOrderOfCodePointsAndWithoutInvoicesOfNothing() {
      var place = Place.of(Map.of("\ud83d\ude00", 1L, "\uff5e", 2L, "a", 0L));
      assertThat(place.amounts().keySet()).containsExactly("\uff5e", "\ud83d\ude00");
      assertThat(new Place(new TreeMap<>(place.amounts()))).isEqualTo(place);
    }

    @Test
    void aPlaceIsImmutable() {
      var amounts = new TreeMap<>(Map.of("A", 1L));
      var place = new Place(amounts);
      amounts.put("B", 2L);
      assertThat(place).isEqualTo(on("A", 1));
      assertThatThrownBy(() -> place.amounts().put("B", 2L))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aPlacesTotalIsExactBeyondSixtyFourBits() {
      assertThat(on("A", Long.MAX_VALUE, "B", 1).total())
          .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE));
    }

    @Test
    void amountsThatCannotBeAreRefused() {
      assertThatThrownBy(() -> on("A", -1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Invoice("A", 0, 0L))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Invoice("A", 1, -1L))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new ListedRefund("r1", 0, minute(0), true))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<Instant> times(KlarnaRecord record) {
    return record.window().stream().map(Snapshot::readAt).toList();
  }
}
