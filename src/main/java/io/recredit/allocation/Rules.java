package io.recredit.allocation;

import static io.recredit.allocation.Reason.EXCEEDS_CAPTURED_AMOUNT;
import static io.recredit.allocation.Reason.EXCEEDS_REMAINING_AMOUNT;

import io.recredit.allocation.Finding.AmountChecks;
import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Finding.ReturnFee.Condition;
import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Spanning;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rulebook's steps 2 to 14 (rules.md), in their order: the first that decides is the last that
 * is looked at. Step 1 is the {@link Allocator}'s, who knows the earlier refunds.
 */
final class Rules {

  private final Policies policies;
  private final List<Function<OrderAt, Finding>> steps =
      List.of(
          this::operationLimit,
          this::noCapture,
          this::currencyMismatch,
          this::namedCapture,
          this::priorAllocationFailed,
          this::noOrderLines,
          this::linesSumMismatch,
          this::returnFee,
          this::nothingToCompare,
          this::referenceMissing,
          this::referenceNotCaptured,
          this::oneCaptureForAllOfIt,
          this::lineByLine);

  Rules(Policies policies) {
    this.policies = policies;
  }

  /** The findings up to the step that decides, which is the last of them. */
  List<Finding> apply(OrderAt order) {
    var findings = new ArrayList<Finding>(steps.size());
    for (var step : steps) {
      var finding = step.apply(order);
      findings.add(finding);
      if (finding.outcome() != null) {
        return findings;
      }
    }
    throw new IllegalStateException("step 14 decides");
  }

  /** Step 2. Klarna states the limits for its Network API; every order is held to them. */
  private Finding operationLimit(OrderAt order) {
    var found =
        new Finding.Operations(
            order.refundNumber(), order.everyCapture().size(), order.released() ? 1 : 0, null);
    return found.refunds() > Allocator.MAX_REFUNDS || found.all() > Allocator.MAX_OPERATIONS
        ? new Finding.Operations(
            found.refunds(),
            found.captures(),
            found.releases(),
            new Failed(Reason.OPERATION_LIMIT_EXCEEDED))
        : found;
  }

  /** Step 3. */
  private Finding noCapture(OrderAt order) {
    return new Finding.AnyCapture(
        order.everyCapture().isEmpty() ? new Failed(Reason.NO_CAPTURE) : null);
  }

  /** Step 4. */
  private Finding currencyMismatch(OrderAt order) {
    var named = order.refund().purchaseCurrency();
    return new Finding.Currency(
        named != null && !named.equals(order.orderCurrency())
            ? new Failed(Reason.CURRENCY_MISMATCH)
            : null);
  }

  /** Step 5. Lines are not needed and not checked, and earlier failures do not matter. */
  private Finding namedCapture(OrderAt order) {
    var captureId = order.refund().captureId();
    if (captureId == null) {
      return new Finding.NamedCapture(null, null);
    }
    return order.captures().stream()
        .filter(capture -> capture.captureId().equals(captureId))
        .findFirst()
        .map(
            capture -> {
              var checks = checks(order, capture);
              return new Finding.NamedCapture(checks, wholeOn(checks, order, MatchRule.CAPTURE_ID));
            })
        .orElseGet(() -> new Finding.NamedCapture(null, new Failed(Reason.CAPTURE_NOT_FOUND)));
  }

  /**
   * Step 6. Klarna: "The order you're refunding doesn't have any previous refunds with failed
   * allocation."
   */
  private Finding priorAllocationFailed(OrderAt order) {
    return new Finding.PriorFailure(
        order.firstBlocking() != null ? new Failed(Reason.PRIOR_ALLOCATION_FAILED) : null);
  }

  /** Step 7. */
  private Finding noOrderLines(OrderAt order) {
    if (!order.refund().orderLines().isEmpty()) {
      return new Finding.OrderLines(null, null);
    }
    if (!order.hasOneCapture()) {
      return new Finding.OrderLines(null, new Failed(Reason.NO_ORDER_LINES));
    }
    var checks = checks(order, order.oldestCapture());
    return new Finding.OrderLines(checks, wholeOn(checks, order, MatchRule.SOLE_CAPTURE));
  }

  /** Step 8. Klarna: "The sum of the order lines is exactly equal to the refunded amount." */
  private Finding linesSumMismatch(OrderAt order) {
    var sum = OrderLine.sum(order.refund().orderLines());
    var isExact = sum.equals(BigInteger.valueOf(order.refund().refundedAmount()));
    return new Finding.LinesSum(sum, isExact ? null : new Failed(Reason.LINES_SUM_MISMATCH));
  }

  /** Step 9, by Kustom's conditions for refunds with return fees. */
  private Finding returnFee(OrderAt order) {
    var failed =
        order.feeLines().isEmpty()
            ? null
            : Stream.of(Condition.values())
                .filter(condition -> !holds(condition, order))
                .findFirst()
                .orElse(null);
    return new Finding.ReturnFee(
        failed,
        policies.returnFeeCountries(),
        failed == null ? null : new Failed(Reason.RETURN_FEE_NOT_ELIGIBLE));
  }

  private boolean holds(Condition condition, OrderAt order) {
    return switch (condition) {
      case ONE_CAPTURE -> order.hasOneCapture();
      case FULLY_CAPTURED -> {
        var capture = order.oldestCapture().capture();
        yield capture.orderAmount() == null
            || capture.capturedAmount() >= capture.orderAmount()
            || order.released()
            || order.nothingRemains();
      }
      // The order's country is that of its oldest capture, which is its only one here.
      case COUNTRY ->
          policies.returnFeeCountries().contains(order.oldestCapture().capture().purchaseCountry());
      case NOT_POSITIVE -> order.feeLines().stream().allMatch(line -> line.totalAmount() <= 0);
    };
  }

  /** Step 10. */
  private Finding nothingToCompare(OrderAt order) {
    var isNothing =
        order.hasOneCapture()
            && (order.oldestCapture().capture().orderLines().isEmpty()
                || order.references().isEmpty());
    if (!isNothing) {
      return new Finding.NothingToCompare(null, null);
    }
    var checks = checks(order, order.oldestCapture());
    return new Finding.NothingToCompare(checks, wholeOn(checks, order, MatchRule.SOLE_CAPTURE));
  }

  /** Step 11. With one capture, a line without reference just goes along with the others. */
  private Finding referenceMissing(OrderAt order) {
    var without = first(order.goodsLines().stream().filter(line -> line.reference() == null));
    return new Finding.ReferencesGiven(
        without,
        without != null && !order.hasOneCapture() ? new Failed(Reason.REFERENCE_MISSING) : null);
  }

  /** Step 12. References are compared exactly: case, spaces and all. */
  private Finding referenceNotCaptured(OrderAt order) {
    var wrong =
        first(order.goodsLines().stream().filter(line -> isOnNoCapture(line.reference(), order)));
    return new Finding.ReferencesCaptured(
        wrong, wrong != null ? new Failed(Reason.REFERENCE_NOT_CAPTURED) : null);
  }

  private static boolean isOnNoCapture(@Nullable String reference, OrderAt order) {
    return reference != null && order.captures().stream().noneMatch(c -> c.carries(reference));
  }

  /** Step 13. */
  private Finding oneCaptureForAllOfIt(OrderAt order) {
    var amount = order.refund().refundedAmount();
    var brought = broughtByReference(order.goodsLines());
    var covering =
        order.covering().stream()
            .map(c -> new Candidate(c, 0, c.room() >= amount, brought, Map.of()))
            .toList();
    if (covering.isEmpty()) {
      return new Finding.OneCapture(covering, null, null);
    }
    var chosen = choose(covering);
    if (chosen == null) {
      return new Finding.OneCapture(covering, null, new Failed(exceeds(amount, covering)));
    }
    if (covering.size() > 1 && policies.ambiguous() == Ambiguous.REJECT) {
      return new Finding.OneCapture(covering, null, new Failed(Reason.AMBIGUOUS_CAPTURE));
    }
    var matchRule = covering.size() == 1 ? MatchRule.REFERENCE : MatchRule.ONE_OF_SEVERAL;
    return new Finding.OneCapture(
        covering, chosen, Placed.whole(order.refund(), chosen.capture(), matchRule));
  }

  /** Step 14. */
  private Finding lineByLine(OrderAt order) {
    return policies.spanning() == Spanning.REJECT
        ? new Finding.LineByLine(List.of(), new Failed(Reason.SPANS_CAPTURES))
        : new LineByLine(order, policies.ambiguous()).place();
  }

  private static AmountChecks checks(OrderAt order, CaptureState capture) {
    return new AmountChecks(capture, order.refund().refundedAmount());
  }

  /** The two amount checks of step 5, and the credit. */
  private static Outcome wholeOn(AmountChecks checks, OrderAt order, MatchRule matchRule) {
    if (checks.exceedsCaptured()) {
      return new Failed(EXCEEDS_CAPTURED_AMOUNT);
    }
    return checks.exceedsRoom()
        ? new Failed(EXCEEDS_REMAINING_AMOUNT)
        : Placed.whole(order.refund(), checks.capture(), matchRule);
  }

  /** Of those that can take it: first where it fits on the lines, then the oldest. */
  static @Nullable Candidate choose(List<Candidate> oldestFirst) {
    var able = oldestFirst.stream().filter(Candidate::canTakeIt).toList();
    var fitting = first(able.stream().filter(Candidate::fitsOnTheLines));
    return fitting != null ? fitting : first(able.stream());
  }

  /** Larger than the largest {@code captured_amount} among them, or only than what is left. */
  static Reason exceeds(long amount, List<Candidate> candidates) {
    return candidates.stream().allMatch(c -> amount > c.capture().capture().capturedAmount())
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

  private static <T> @Nullable T first(Stream<T> some) {
    return some.findFirst().orElse(null);
  }
}
