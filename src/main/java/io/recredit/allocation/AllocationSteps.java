package io.recredit.allocation;

import static io.recredit.allocation.Reason.EXCEEDS_CAPTURED_AMOUNT;
import static io.recredit.allocation.Reason.EXCEEDS_REMAINING_AMOUNT;

import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Spanning;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SPEC part 2, steps 2 to 13, in their order: the first that applies decides. Step 1 is in {@link
 * Allocator}, step 14 in {@link LineByLine}.
 */
final class AllocationSteps {

  /**
   * Klarna Network: "a maximum of 200 refunds and 500 total operations on any given transaction".
   */
  static final int MAX_REFUNDS = 200;

  static final int MAX_OPERATIONS = 500;

  private final Policies policies;

  AllocationSteps(Policies policies) {
    this.policies = policies;
  }

  Outcome decide(Moment at, int refundNumber, Decision.@Nullable Excepted firstBlocking) {
    var refund = at.refund();

    // Step 2
    if (refundNumber > MAX_REFUNDS || operations(at, refundNumber) > MAX_OPERATIONS) {
      return RefusedByKlarna.operationLimit(at, refundNumber, operations(at, refundNumber));
    }
    // Step 3
    if (at.everyCapture().isEmpty()) {
      return RefusedByKlarna.noCapture(at);
    }
    // Step 4
    if (refund.purchaseCurrency() != null
        && !refund.purchaseCurrency().equals(at.orderCurrency())) {
      return RefusedByKlarna.currencyMismatch(at);
    }
    // Step 5: lines are not needed and not checked, earlier failures do not matter.
    if (refund.captureId() != null) {
      return namedCapture(at, refund.captureId());
    }
    // Step 6: "The order you're refunding doesn't have any previous refunds with failed
    // allocation."
    if (firstBlocking != null) {
      return NotAllocated.priorAllocationFailed(at, firstBlocking);
    }
    // Step 7
    if (refund.orderLines().isEmpty()) {
      return at.hasOneCapture()
          ? wholeOn(at.oldestCapture(), MatchRule.SOLE_CAPTURE, at)
          : NotAllocated.noOrderLines(at);
    }
    // Step 8: "The sum of the order lines is exactly equal to the refunded amount."
    if (!Outcome.sum(refund.orderLines()).equals(BigInteger.valueOf(refund.refundedAmount()))) {
      return NotAllocated.linesSumMismatch(at);
    }
    // Step 9
    if (!at.feeLines().isEmpty()) {
      var notEligible = returnFeeNotEligible(at);
      if (notEligible != null) {
        return notEligible;
      }
    }
    return byReferences(at);
  }

  private static int operations(Moment at, int refundNumber) {
    return refundNumber + at.everyCapture().size() + (at.released() ? 1 : 0);
  }

  private static Outcome namedCapture(Moment at, String captureId) {
    return at.captures().stream()
        .filter(account -> account.capture().captureId().equals(captureId))
        .findFirst()
        .map(named -> wholeOn(named, MatchRule.CAPTURE_ID, at))
        .orElseGet(() -> RefusedByKlarna.captureNotFound(at, captureId));
  }

  /** The two amount checks of step 5, and the credit. */
  private static Outcome wholeOn(CaptureAccount account, MatchRule matchRule, Moment at) {
    var amount = at.refund().refundedAmount();
    if (amount > account.capture().capturedAmount()) {
      return NotAllocated.tooLarge(EXCEEDS_CAPTURED_AMOUNT, at, null, List.of(account));
    }
    if (amount > account.room()) {
      return NotAllocated.tooLarge(EXCEEDS_REMAINING_AMOUNT, at, null, List.of(account));
    }
    return Placed.whole(at.refund(), account, matchRule);
  }

  /** Step 9, with Kustom's conditions for refunds with return fees. */
  private @Nullable Outcome returnFeeNotEligible(Moment at) {
    if (!at.hasOneCapture()) {
      return RefusedByKlarna.returnFeeOnSeveralCaptures(at);
    }
    var capture = at.oldestCapture().capture();
    var fullyCaptured =
        capture.orderAmount() == null
            || capture.capturedAmount() >= capture.orderAmount()
            || at.released();
    if (!fullyCaptured) {
      return RefusedByKlarna.returnFeeOnPartCapture(at, capture);
    }
    // The order's country is that of its oldest capture, which is its only one here.
    if (!policies.returnFeeCountries().contains(capture.purchaseCountry())) {
      return RefusedByKlarna.returnFeeCountry(at, capture, policies.returnFeeCountries());
    }
    if (at.feeLines().stream().anyMatch(line -> line.totalAmount() > 0)) {
      return RefusedByKlarna.returnFeePositive(at);
    }
    return null;
  }

  private Outcome byReferences(Moment at) {
    var goods = at.goodsLines();

    // Step 10
    var nothingToCompare =
        at.hasOneCapture()
            && (at.oldestCapture().capture().orderLines().isEmpty()
                || goods.stream().allMatch(line -> line.reference() == null));
    if (nothingToCompare) {
      return wholeOn(at.oldestCapture(), MatchRule.SOLE_CAPTURE, at);
    }
    // Step 11: with one capture, a line without reference just goes along with the others.
    if (!at.hasOneCapture() && goods.stream().anyMatch(line -> line.reference() == null)) {
      return NotAllocated.referenceMissing(at);
    }
    // Step 12: compared exactly, case, spaces and all.
    for (var line : goods) {
      if (line.reference() != null && at.carrying(line.reference()).isEmpty()) {
        return NotAllocated.referenceNotCaptured(at, line.reference());
      }
    }
    // Step 13
    var covering = at.covering();
    if (!covering.isEmpty()) {
      return oneCaptureForAllOfIt(at, covering);
    }
    // Step 14
    return policies.spanning() == Spanning.REJECT
        ? NotAllocated.spansCaptures(at)
        : new LineByLine(at, policies.ambiguous()).place();
  }

  private Outcome oneCaptureForAllOfIt(Moment at, List<CaptureAccount> covering) {
    var amount = at.refund().refundedAmount();
    var withRoom = covering.stream().filter(account -> account.room() >= amount).toList();
    if (withRoom.isEmpty()) {
      return NotAllocated.tooLarge(exceeds(amount, covering), at, null, covering);
    }
    if (covering.size() > 1 && policies.ambiguous() == Ambiguous.REJECT) {
      return NotAllocated.ambiguousCapture(at, null, covering);
    }
    var broughtByReference = broughtByReference(at.goodsLines());
    var chosen =
        withRoom.stream()
            .filter(account -> fitsOnTheLines(account, broughtByReference))
            .findFirst()
            .orElse(withRoom.get(0));
    var matchRule = covering.size() == 1 ? MatchRule.REFERENCE : MatchRule.ONE_OF_SEVERAL;
    return Placed.whole(at.refund(), chosen, matchRule);
  }

  /**
   * Step 13's two amounts: larger than the largest captured amount, or only than what is left of
   * it.
   */
  static Reason exceeds(long amount, List<CaptureAccount> accounts) {
    return accounts.stream().allMatch(account -> amount > account.capture().capturedAmount())
        ? EXCEEDS_CAPTURED_AMOUNT
        : EXCEEDS_REMAINING_AMOUNT;
  }

  private static Map<String, BigInteger> broughtByReference(List<OrderLine> goods) {
    var brought = new HashMap<String, BigInteger>();
    for (var line : goods) {
      if (line.reference() != null) {
        brought.merge(line.reference(), BigInteger.valueOf(line.totalAmount()), BigInteger::add);
      }
    }
    return brought;
  }

  private static boolean fitsOnTheLines(CaptureAccount account, Map<String, BigInteger> brought) {
    return brought.entrySet().stream()
        .allMatch(entry -> account.fits(entry.getKey(), entry.getValue(), BigInteger.ZERO));
  }
}
