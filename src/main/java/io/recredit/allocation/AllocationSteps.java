package io.recredit.allocation;

import static io.recredit.allocation.Reason.EXCEEDS_CAPTURED_AMOUNT;
import static io.recredit.allocation.Reason.EXCEEDS_REMAINING_AMOUNT;

import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Spanning;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Trace trace;

  AllocationSteps(Policies policies, Trace trace) {
    this.policies = policies;
    this.trace = trace;
  }

  Outcome decide(OrderAt at, int refundNumber, Decision.@Nullable Excepted firstBlocking) {
    var refund = at.refund();

    // Step 2
    var operations = operations(at, refundNumber);
    trace.found(
        Step.OPERATION_LIMIT_EXCEEDED, () -> Compared.operations(at, refundNumber, operations));
    if (refundNumber > MAX_REFUNDS || operations > MAX_OPERATIONS) {
      return RefusedByKlarna.operationLimit(at, refundNumber, operations);
    }
    // Step 3
    trace.found(Step.NO_CAPTURE, () -> Compared.everyCapture(at));
    if (at.everyCapture().isEmpty()) {
      return RefusedByKlarna.noCapture(at);
    }
    // Step 4
    trace.found(Step.CURRENCY_MISMATCH, () -> Compared.currency(at));
    if (refund.purchaseCurrency() != null
        && !refund.purchaseCurrency().equals(at.orderCurrency())) {
      return RefusedByKlarna.currencyMismatch(at);
    }
    // Step 5: lines are not needed and not checked, earlier failures do not matter.
    trace.found(Step.NAMED_CAPTURE, () -> Compared.namedCapture(refund.captureId()));
    if (refund.captureId() != null) {
      return namedCapture(at, refund.captureId());
    }
    // Step 6: "The order you're refunding doesn't have any previous refunds with failed
    // allocation."
    trace.found(Step.PRIOR_ALLOCATION_FAILED, () -> Compared.earlierFailures(firstBlocking));
    if (firstBlocking != null) {
      return NotAllocated.priorAllocationFailed(at, firstBlocking);
    }
    // Step 7
    trace.found(Step.NO_ORDER_LINES, () -> Compared.orderLines(at));
    if (refund.orderLines().isEmpty()) {
      return at.hasOneCapture()
          ? wholeOn(at.oldestCapture(), MatchRule.SOLE_CAPTURE, at, Step.NO_ORDER_LINES)
          : NotAllocated.noOrderLines(at);
    }
    // Step 8: "The sum of the order lines is exactly equal to the refunded amount."
    var sum = Outcome.sum(refund.orderLines());
    var equal = sum.equals(BigInteger.valueOf(refund.refundedAmount()));
    trace.found(Step.LINES_SUM_MISMATCH, () -> Compared.linesSum(at, sum, equal));
    if (!equal) {
      return NotAllocated.linesSumMismatch(at);
    }
    // Step 9
    trace.found(Step.RETURN_FEE, () -> Compared.returnFee(at));
    if (!at.feeLines().isEmpty()) {
      var notEligible = returnFeeNotEligible(at);
      if (notEligible != null) {
        return notEligible;
      }
    }
    return byReferences(at);
  }

  private static int operations(OrderAt at, int refundNumber) {
    return refundNumber + at.everyCapture().size() + (at.released() ? 1 : 0);
  }

  private Outcome namedCapture(OrderAt at, String captureId) {
    var named =
        at.captures().stream()
            .filter(account -> account.capture().captureId().equals(captureId))
            .findFirst();
    trace.found(Step.NAMED_CAPTURE, () -> Compared.isThere(captureId, named));
    return named
        .map(account -> wholeOn(account, MatchRule.CAPTURE_ID, at, Step.NAMED_CAPTURE))
        .orElseGet(() -> RefusedByKlarna.captureNotFound(at, captureId));
  }

  /** The two amount checks of step 5, and the credit. */
  private Outcome wholeOn(CaptureAccount account, MatchRule matchRule, OrderAt at, Step step) {
    var amount = at.refund().refundedAmount();
    var exceedsCaptured = amount > account.capture().capturedAmount();
    trace.found(step, () -> Compared.captured(at, account, exceedsCaptured));
    if (exceedsCaptured) {
      return NotAllocated.tooLarge(EXCEEDS_CAPTURED_AMOUNT, at, null, List.of(account));
    }
    var exceedsRoom = amount > account.room();
    trace.found(step, () -> Compared.room(at, account, exceedsRoom));
    if (exceedsRoom) {
      return NotAllocated.tooLarge(EXCEEDS_REMAINING_AMOUNT, at, null, List.of(account));
    }
    return Placed.whole(at.refund(), account, matchRule);
  }

  /** Step 9, with Kustom's conditions for refunds with return fees. */
  private @Nullable Outcome returnFeeNotEligible(OrderAt at) {
    trace.found(Step.RETURN_FEE, () -> Compared.oneCapture(at));
    if (!at.hasOneCapture()) {
      return RefusedByKlarna.returnFeeOnSeveralCaptures(at);
    }
    var capture = at.oldestCapture().capture();
    var fullyCaptured =
        capture.orderAmount() == null
            || capture.capturedAmount() >= capture.orderAmount()
            || at.released();
    trace.found(Step.RETURN_FEE, () -> Compared.fullyCaptured(at, capture, fullyCaptured));
    if (!fullyCaptured) {
      return RefusedByKlarna.returnFeeOnPartCapture(at, capture);
    }
    // The order's country is that of its oldest capture, which is its only one here.
    var countries = policies.returnFeeCountries();
    var allowed = countries.contains(capture.purchaseCountry());
    trace.found(Step.RETURN_FEE, () -> Compared.country(capture, countries, allowed));
    if (!allowed) {
      return RefusedByKlarna.returnFeeCountry(at, capture, countries);
    }
    var positive = at.feeLines().stream().anyMatch(line -> line.totalAmount() > 0);
    trace.found(Step.RETURN_FEE, () -> Compared.feeSign(positive));
    if (positive) {
      return RefusedByKlarna.returnFeePositive(at);
    }
    return null;
  }

  private Outcome byReferences(OrderAt at) {
    var goods = at.goodsLines();

    // Step 10
    var nothingToCompare =
        at.hasOneCapture()
            && (at.oldestCapture().capture().orderLines().isEmpty()
                || goods.stream().allMatch(line -> line.reference() == null));
    trace.found(Step.NOTHING_TO_COMPARE, () -> Compared.nothingToCompare(at));
    if (nothingToCompare) {
      return wholeOn(at.oldestCapture(), MatchRule.SOLE_CAPTURE, at, Step.NOTHING_TO_COMPARE);
    }
    // Step 11: with one capture, a line without reference just goes along with the others.
    trace.found(Step.REFERENCE_MISSING, () -> Compared.referencesGiven(at));
    if (!at.hasOneCapture() && goods.stream().anyMatch(line -> line.reference() == null)) {
      return NotAllocated.referenceMissing(at);
    }
    // Step 12: compared exactly, case, spaces and all.
    var wrong =
        goods.stream()
            .map(OrderLine::reference)
            .filter(Objects::nonNull)
            .filter(reference -> at.carrying(reference).isEmpty())
            .findFirst();
    trace.found(Step.REFERENCE_NOT_CAPTURED, () -> Compared.referencesCaptured(at, wrong));
    if (wrong.isPresent()) {
      return NotAllocated.referenceNotCaptured(at, wrong.get());
    }
    // Step 13
    var covering = at.covering();
    if (!covering.isEmpty()) {
      return oneCaptureForAllOfIt(at, covering);
    }
    trace.found(Step.ONE_CAPTURE, () -> Choices.covering(at, covering));
    // Step 14
    trace.found(Step.LINE_BY_LINE, () -> Choices.spanning(policies.spanning()));
    return policies.spanning() == Spanning.REJECT
        ? NotAllocated.spansCaptures(at)
        : new LineByLine(at, policies.ambiguous(), trace).place();
  }

  private Outcome oneCaptureForAllOfIt(OrderAt at, List<CaptureAccount> covering) {
    var amount = at.refund().refundedAmount();
    var brought = broughtByReference(at.goodsLines());
    var withRoom = covering.stream().filter(account -> account.room() >= amount).toList();
    trace.found(
        Step.ONE_CAPTURE,
        () -> Choices.covering(at, covering),
        covering,
        account ->
            Choices.forTheRefund(
                at,
                account,
                brought,
                withRoom.contains(account),
                fitsOnTheLines(account, brought)));
    if (withRoom.isEmpty()) {
      return NotAllocated.tooLarge(exceeds(amount, covering), at, null, covering);
    }
    if (covering.size() > 1 && policies.ambiguous() == Ambiguous.REJECT) {
      return NotAllocated.ambiguousCapture(at, null, covering);
    }
    var chosen =
        withRoom.stream()
            .filter(account -> fitsOnTheLines(account, brought))
            .findFirst()
            .orElse(withRoom.get(0));
    trace.found(
        Step.ONE_CAPTURE,
        () -> Choices.chosen(chosen, covering.size(), fitsOnTheLines(chosen, brought)));
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
    var brought = new LinkedHashMap<String, BigInteger>();
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
