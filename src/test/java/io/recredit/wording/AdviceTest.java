package io.recredit.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.HistoryGenerator;
import io.recredit.allocation.MatchRule;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Reason;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Resolution;
import io.recredit.allocation.Resolution.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each hint of reasons.md, of an order in which it is known; and that proposals are accepted. */
class AdviceTest {

  private static final long SEED = Long.getLong("recredit.seed", System.nanoTime());
  private static final int HISTORIES = Integer.getInteger("recredit.histories", 2_000);
  private static final Wording WORDING = new Wording(ZoneOffset.UTC);
  private static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final List<Capture> captures = new ArrayList<>();

  @Test
  void theOnlyInvoiceIsProposedIfItHasRoom() {
    capture("a", 100_00, line("SOFA", 100_00));
    var goodwill = refund(10_00, line("adjustment", 10_00));
    proposes(goodwill, "a", "only invoice");
    assertThat(proposal(refund(100_01, line("SOFA", 100_01)))).isNull();
  }

  @Test
  void theShopsOwnReferenceOfOneCaptureIsItsName() {
    capture("a", 50_00, "K-1", "SHIP-1");
    capture("b", 70_00, "K-2", "SHIP-2");
    proposes(refund(10_00, null, "SHIP-2"), "b", "reference SHIP-2");
  }

  @Test
  void anInvoiceNumberInPlaceOfTheCaptureIsToldAndProposed() {
    capture("a", 50_00, "K-1", null);
    capture("b", 70_00, "K-2", null);
    var refund = refund(70_00, "K-2", null);
    proposes(refund, "b", "invoice's number");
    assertThat(suggestion(refund)).contains("has no capture K-2", "capture b (invoice K-2)");
    assertThat(suggestion(refund)).doesNotContain("missing in the captures files");
  }

  @Test
  void aCaptureIdInAnotherCaseIsToldAndProposed() {
    capture("Cap-A", 50_00);
    capture("Cap-B", 70_00);
    var refund = refund(50_00, "cap-a", null);
    proposes(refund, "Cap-A", "upper and lower case");
    assertThat(suggestion(refund)).doesNotContain("missing in the captures files");
  }

  @Test
  void anInvoiceNumberOnTwoCapturesNamesNone() {
    capture("a", 50_00, "K-1", null);
    capture("b", 50_00, "K-1", null);
    var refund = refund(20_00, "K-1", null);
    assertThat(proposal(refund)).isNull();
    assertThat(suggestion(refund)).contains("invoice number of several: captures a, b");
  }

  @Test
  void anOrderWithoutAnyCaptureMayBeOlderThanTheFirstDayRead() {
    var all = all(refund(50_00));
    var decided = all.get(0);
    var exception = (Excepted) decided.decision();
    assertThat(exception.reason()).isEqualTo(Reason.NO_CAPTURE);
    assertThat(WORDING.suggested(decided, exception, WholeOrder.of(all)).sentence())
        .contains("captured before the first day that was read")
        .doesNotContain("missing");
  }

  @Test
  void anAmountThatOneInvoiceHasLeavesIt() {
    capture("a", 50_00);
    capture("b", 70_00);
    proposes(refund(70_00), "b", "only invoice of 70.00 SEK");
  }

  @Test
  void anAmountThatIsLeftOnOneInvoiceLeavesIt() {
    capture("a", 50_00);
    capture("b", 70_00);
    var earlier = refundOf("r0", 30_00, "b", NOON.minusSeconds(60));
    assertThat(proposal(refund(40_00), earlier))
        .isEqualTo(new Proposal("b", "It is the only invoice on which 40.00 SEK are left."));
  }

  @Test
  void oneUncreditedLineOfThatAmountLeavesItsInvoice() {
    capture("a", 50_00, line("A", 20_00), line("B", 30_00));
    capture("b", 70_00, line("C", 60_00), line("D", 10_00));
    proposes(refund(60_00), "b", "uncredited line of 60.00 SEK");
  }

  @Test
  void allThatIsLeftOnSeveralInvoicesIsProposedInParts() {
    capture("a", 50_00);
    capture("b", 70_00);
    proposes(refund(120_00), "a=50.00; b=70.00", "exactly what is left on the order's 2 invoices");
  }

  @Test
  void aRoundingCentIsToldWithTheInvoiceThatCarriesTheReferences() {
    twoInvoices("SOAP", 99_89);
    var refund = refund(99_89, line("SOAP", 99_90, 3L, null));
    proposes(refund, "a", "every reference");
    assertThat(suggestion(refund)).contains("a rounding of quantity and price");
  }

  @Test
  void linesNetOfTaxAreTold() {
    twoInvoices("VASE", 59_50);
    var refund = refund(59_50, line("VASE", 50_00, 1L, 9_50L));
    proposes(refund, "a", "every reference");
    assertThat(suggestion(refund)).contains("exactly the lines' tax");
  }

  @Test
  void negatedLinesAreTold() {
    twoInvoices("VASE", 59_50);
    var refund = refund(59_50, line("VASE", -59_50));
    proposes(refund, "a", "every reference");
    assertThat(suggestion(refund)).contains("The lines are negated");
  }

  @Test
  void linesInOtherUnitsAreTold() {
    twoInvoices("VASE", 59_00);
    var refund = refund(59_00, line("VASE", 59));
    proposes(refund, "a", "every reference");
    assertThat(suggestion(refund)).contains("0.59 SEK and 59.00 SEK");
  }

  @Test
  void thePriceOfOnePieceIsTold() {
    twoInvoices("VASE", 60_00);
    var refund = refund(60_00, line("VASE", 20_00, 3L, null));
    proposes(refund, "a", "every reference");
    assertThat(suggestion(refund)).contains("price of one piece, and a quantity of 3");
  }

  @Test
  void theOneCapturedLineThatWasLeftOutIsTold() {
    capture("a", 60_00, line("VASE", 50_00), line("VASE-LID", 10_00));
    capture("b", 5_00, line("BOWL", 5_00));
    var refund = refund(60_00, line("VASE", 50_00));
    proposes(refund, "a", "every reference");
    assertThat(suggestion(refund)).contains("leaves out: \"VASE-LID\" (10.00 SEK) on capture a");
  }

  @Test
  void aLineOfNothingWithAnUnknownReferenceIsToBeLeftOut() {
    twoInvoices("PEN", 40_00);
    var refund = refund(40_00, line("PEN", 40_00), line("STICKER", 0));
    proposes(refund, "a", "that were captured");
    assertThat(suggestion(refund)).contains("order line 2", "leave it out");
  }

  @Test
  void aSurchargeIsNoReturnFee() {
    twoInvoices("SOFA", 100_00);
    var refund = refund(90_00, line("SOFA", 100_00), line("adjustment-fee", -10_00));
    proposes(refund, "a", "that were captured");
    assertThat(suggestion(refund)).contains("looks like a fee", "return_fee");
  }

  @Test
  void referencesThatPrintAlikeAreToldByTheirCodePoints() {
    twoInvoices("TEE M", 30_00);
    var noBreak = refund(30_00, line("TEE\u00a0M", 30_00));
    proposes(noBreak, "a", "nearly are");
    assertThat(suggestion(noBreak))
        .contains("look alike (the refund has U+00A0 where the capture has U+0020)");
    var invisible = refund(30_00, line("TEE\u200b M", 30_00));
    assertThat(suggestion(invisible))
        .contains("the refund has U+200B where the capture has nothing");
  }

  @Test
  void composedAndDecomposedLettersAreToldByTheirCodePoints() {
    twoInvoices("Gro\u0308\u00dfe-M", 30_00);
    var refund = refund(30_00, line("Gr\u00f6\u00dfe-M", 30_00));
    proposes(refund, "a", "nearly are");
    assertThat(suggestion(refund)).contains("U+00F6", "U+006F, U+0308");
  }

  @Test
  void leadingZerosAreToldAndTheInvoiceIsProposed() {
    twoInvoices("00123", 30_00);
    var refund = refund(30_00, line("123", 30_00));
    proposes(refund, "a", "nearly are");
    assertThat(suggestion(refund)).contains("leading zeros");
  }

  @Test
  void aParentArticleOfTheSameNameIsToldAndItsInvoiceProposed() {
    capture("a", 30_00, named("TEE-RED-M", "Tee", 30_00));
    capture("b", 10_00, named("9", "Nine", 10_00));
    var refund = refund(30_00, named("TEE", "Tee", 30_00));
    proposes(refund, "a", "nearly are");
    assertThat(suggestion(refund)).contains("name alone is the same");
  }

  @Test
  void capturesThatListNoLinesAreTold() {
    capture("a", 30_00, line("A", 30_00));
    capture("b", 40_00);
    assertThat(suggestion(refund(20_00, line("X", 20_00))))
        .contains("captures that list no lines", "captures b");
  }

  @Test
  void aFeeThatWasSentPositiveIsToldWithWhatTheLinesSumTo() {
    capture("a", 100_00, line("COAT", 100_00));
    var fee = new OrderLine("fee", "return_fee", null, 1L, null, null, 5_00, null);
    var refund = refund(105_00, line("COAT", 100_00), fee);
    assertThat(suggestion(refund)).contains("the lines sum to 105.00 SEK");
  }

  @Test
  void whatHasRoomForAPartOnlySaysHowToWriteOffTheRest() {
    capture("a", 50_00, line("A", 50_00));
    capture("b", 90_00, line("B", 90_00));
    var refund = refund(60_00, line("A", 60_00));
    assertThat(proposal(refund)).isNull();
    assertThat(suggestion(refund)).contains("resolve_as \"a=50.00; write-off\"");
  }

  @Test
  void whatALaterRefundTookIsNotProposed() {
    capture("a", 50_00, line("A", 50_00));
    capture("b", 90_00, line("B", 90_00));
    var later = refundOf("r2", 45_00, "a", NOON.plusSeconds(60));
    var refund = refund(50_00, line("A", 49_99));
    assertThat(proposal(refund, later)).isNull();
    proposes(refund, "a", "every reference");
  }

  @Test
  void aRootSaysWhatWaitsForIt() {
    twoInvoices("A", 50_00);
    var follower =
        new Refund(
            "r2",
            "o",
            7_00,
            NOON.plusSeconds(60),
            null,
            null,
            null,
            null,
            null,
            List.of(line("A", 7_00)));
    assertThat(suggestion(refund(10_00, line("A", 9_00)), follower))
        .contains("1 later refund of the order waits for it, 7.00 SEK");
  }

  @Test
  void whatContradictsItselfProposesNothing() {
    capture("a", 50_00, null, "SHIP-1", line("A", 50_00));
    capture("b", 50_00, null, "SHIP-2", line("B", 50_00));
    assertThat(
            proposal(
                new Refund(
                    "r",
                    "o",
                    10_00,
                    NOON,
                    null,
                    null,
                    "SHIP-2",
                    null,
                    null,
                    List.of(line("A", 9_00)))))
        .isNull();
  }

  @Test
  void anIdThatACellWouldReadAsSomethingElseIsNotProposed() {
    capture("ok", 50_00);
    assertThat(proposal(refund(50_00, line("X", 49_99)))).isNull();
  }

  @Test
  void whatIsToBePastedIsQuotedForAShell() {
    capture("it's a", 50_00, line("A", 50_00));
    assertThat(suggestion(refund(10_00, line("X", 10_00))))
        .contains("jobs/recredit resolve r --capture 'it'\\''s a' --note TEXT --by NAME");
  }

  /** Whatever is proposed is accepted as it stands: by the same history, it is credited. */
  @Test
  void everyProposalWouldBeAccepted() {
    System.out.println("proposals: seed " + SEED);
    var proposed = 0;
    for (var i = 0; i < HISTORIES; i++) {
      var history = new HistoryGenerator(SEED + i).history();
      var all = new Allocator(Policies.DEFAULT).decide(history);
      for (var decided : all) {
        if (decided.decision() instanceof Excepted exception) {
          var proposal = WORDING.suggested(decided, exception, WholeOrder.of(all)).proposal();
          if (proposal != null) {
            proposed++;
            isAccepted(history, exception, proposal);
          }
        }
      }
    }
    assertThat(proposed).isGreaterThan(HISTORIES / 20);
  }

  private static void isAccepted(OrderHistory history, Excepted exception, Proposal proposal) {
    var refund = exception.refund();
    var resolution =
        new Resolution(
            refund.refundId(),
            refund.refundedAmount(),
            parts(proposal, refund.refundedAmount()),
            0,
            "A",
            refund.refundedAt());
    var resolved =
        new OrderHistory(
            history.orderId(),
            history.captures(),
            history.refunds(),
            history.releases(),
            List.of(resolution));
    assertThat(new Allocator(Policies.DEFAULT).decide(resolved))
        .filteredOn(one -> one.decision().refund().equals(refund))
        .singleElement()
        .extracting(Decided::decision)
        .isInstanceOfSatisfying(
            Credited.class,
            credited -> assertThat(credited.matchRule()).isEqualTo(MatchRule.MANUAL));
  }

  private static List<Part> parts(Proposal proposal, long amount) {
    if (!proposal.resolveAs().contains("=")) {
      return List.of(new Part(proposal.resolveAs(), amount));
    }
    return Stream.of(proposal.resolveAs().split("; ", -1))
        .map(part -> part.split("=", -1))
        .map(part -> new Part(part[0], new BigDecimal(part[1]).unscaledValue().longValueExact()))
        .toList();
  }

  // An order, and one refund of it

  private void twoInvoices(String reference, long amount) {
    capture("a", amount, line(reference, amount));
    capture("b", 11_90, line("9", 11_90));
  }

  private void capture(String captureId, long amount, OrderLine... lines) {
    capture(captureId, amount, null, null, lines);
  }

  private void capture(
      String captureId,
      long amount,
      @Nullable String number,
      @Nullable String reference,
      OrderLine... lines) {
    captures.add(
        new Capture(
            captureId, "o", amount, MORNING, "SE", "SEK", null, number, reference, List.of(lines)));
  }

  private static OrderLine line(String reference, long amount) {
    return line(reference, amount, null, null);
  }

  private static OrderLine line(
      String reference, long amount, @Nullable Long quantity, @Nullable Long tax) {
    return new OrderLine(reference, null, null, quantity, null, null, amount, tax);
  }

  private static OrderLine named(String reference, String name, long amount) {
    return new OrderLine(reference, null, name, null, null, null, amount, null);
  }

  private static Refund refund(long amount, OrderLine... lines) {
    return new Refund("r", "o", amount, NOON, null, null, null, null, null, List.of(lines));
  }

  private static Refund refund(
      long amount, @Nullable String captureId, @Nullable String reference) {
    return new Refund("r", "o", amount, NOON, null, captureId, reference, null, null, List.of());
  }

  private static Refund refundOf(String id, long amount, String captureId, Instant at) {
    return new Refund(id, "o", amount, at, null, captureId, null, null, null, List.of());
  }

  private void proposes(Refund refund, String resolveAs, String why) {
    var proposal = Objects.requireNonNull(proposal(refund));
    assertThat(proposal.resolveAs()).isEqualTo(resolveAs);
    assertThat(proposal.why()).contains(why);
    assertThat(suggestion(refund)).contains(proposal.why(), "\"" + resolveAs + "\"");
  }

  private @Nullable Proposal proposal(Refund refund, Refund... others) {
    var all = all(refund, others);
    var decided = decided(refund, all);
    return WORDING.suggested(decided, (Excepted) decided.decision(), WholeOrder.of(all)).proposal();
  }

  private String suggestion(Refund refund, Refund... others) {
    var all = all(refund, others);
    var decided = decided(refund, all);
    return WORDING.suggested(decided, (Excepted) decided.decision(), WholeOrder.of(all)).sentence();
  }

  private List<Decided> all(Refund refund, Refund... others) {
    var refunds = new ArrayList<>(List.of(others));
    refunds.add(refund);
    return new Allocator(Policies.DEFAULT)
        .decide(new OrderHistory("o", captures, refunds, List.of(), List.of()));
  }

  private static Decided decided(Refund refund, List<Decided> all) {
    var decided =
        all.stream()
            .filter(one -> one.decision().refund().equals(refund))
            .findFirst()
            .orElseThrow();
    assertThat(decided.decision()).isInstanceOf(Excepted.class);
    assertThat(((Excepted) decided.decision()).reason()).isNotEqualTo(Reason.NO_CAPTURE);
    return decided;
  }
}
