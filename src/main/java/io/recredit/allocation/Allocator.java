package io.recredit.allocation;

import static java.util.Comparator.comparing;

import io.recredit.allocation.Decided.ByHand;
import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Outcome.Repeats;
import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out which invoice each refund of an order belongs on (rules.md, part 2). An order's history
 * is replayed in time; for a refund only the captures up to its own time exist, and what earlier
 * refunds took counts. Immutable and pure: the same history and policies give the same decisions.
 */
public final class Allocator {

  /** Changes when the rules do, and only then: every order is decided anew by the next run. */
  public static final int RULES_VERSION = 2;

  /** Klarna: "a maximum of 200 refunds and 500 total operations on any given transaction". */
  public static final int MAX_REFUNDS = 200;

  public static final int MAX_OPERATIONS = 500;

  private static final Outcome ON_NO_INVOICE = new Failed(Reason.ON_NO_INVOICE);

  private final Policies policies;
  private final Rules rules;

  public Allocator(Policies policies) {
    this.policies = policies;
    this.rules = new Rules(policies);
  }

  /** One decision per refund, in the order of (refunded_at, refund_id). */
  public List<Decided> decide(OrderHistory history) {
    var replay = new Replay(history);
    return history.refunds().stream().sorted(Refund.IN_TIME).map(replay::next).toList();
  }

  /**
   * What the rules alone would say of requests that made no refund, had each made one: as the last
   * of its moment, after the refunds that there are.
   *
   * @param history of which no resolution and no proof of places is followed
   * @param requests of the order, with their times as that of the refund
   * @return an outcome for each, in their order
   */
  public List<Outcome> wouldBe(OrderHistory history, List<Refund> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    var byTheRulesAlone = new Allocator(policies.with(Evidence.COMPARE));
    var replay = byTheRulesAlone.new Replay(history.withoutResolutions());
    var refunds = new ArrayDeque<>(history.refunds().stream().sorted(Refund.IN_TIME).toList());
    var outcomes = new IdentityHashMap<Refund, Outcome>();
    for (var request : requests.stream().sorted(comparing(Refund::refundedAt)).toList()) {
      while (!refunds.isEmpty() && !refunds.getFirst().refundedAt().isAfter(request.refundedAt())) {
        replay.next(refunds.removeFirst());
      }
      outcomes.put(request, replay.wouldBe(request));
    }
    return requests.stream().map(request -> Objects.requireNonNull(outcomes.get(request))).toList();
  }

  /** One order's history on its way through time. */
  private final class Replay {

    private final OrderHistory history;
    private final List<Capture> oldestFirst;
    private final Map<String, Refund> refundsByKey = new HashMap<>();
    private final Map<String, Resolution> resolutions;
    private int refundsSoFar;
    private Decision.@Nullable Excepted firstBlocking;

    /** Those of {@link #oldestFirst} that exist by now, of every and of the order's currency. */
    private List<CaptureState> everyCapture = List.of();

    private List<CaptureState> captures = List.of();

    Replay(OrderHistory history) {
      this.history = history;
      this.oldestFirst = history.captures().stream().sorted(Capture.OLDEST_FIRST).toList();
      this.resolutions =
          history.resolutions().stream()
              .collect(Collectors.toMap(Resolution::refundId, Function.identity()));
    }

    Decided next(Refund refund) {
      letCapturesExist(refund);
      var first = firstOfSameKey(refund);
      if (first == null) {
        refundsSoFar++;
      }
      var order = orderAt(refund, refundsSoFar);
      // Step 1: the same operation sent again, whatever its body says.
      var duplicate = new Finding.Duplicate(first);
      return first == null ? byTheRules(order, duplicate) : repeated(order, duplicate, first);
    }

    /** Of a refund that there is not: it changes nothing for those behind it. */
    Outcome wouldBe(Refund request) {
      letCapturesExist(request);
      var key = request.idempotencyKey();
      var first = key == null ? null : refundsByKey.get(key);
      if (first != null) {
        return new Repeats(first);
      }
      var findings = rules.apply(orderAt(request, refundsSoFar + 1));
      return Objects.requireNonNull(findings.get(findings.size() - 1).outcome());
    }

    private OrderAt orderAt(Refund refund, int refunds) {
      return new OrderAt(
          refund,
          refunds,
          everyCapture,
          captures,
          history.releases().stream()
              .anyMatch(release -> !release.releasedAt().isAfter(refund.refundedAt())),
          firstBlocking,
          history);
    }

    private Decided byTheRules(OrderAt order, Finding duplicate) {
      var findings = new ArrayList<Finding>();
      findings.add(duplicate);
      findings.addAll(rules.apply(order));
      var byTheRules = Objects.requireNonNull(findings.get(findings.size() - 1).outcome());
      var resolution = resolutions.get(order.refund().refundId());
      var byHand = resolution == null ? null : new Resolving(order, resolution).byHand();
      var said = byHand == null ? byTheRules : Resolving.outcome(byHand, order);
      var outcome = byHand == null ? followed(order, byTheRules) : said;
      letBlock(order, outcome.equals(ON_NO_INVOICE) ? outcome : byTheRules, byHand);
      return new Decided(order, findings, byHand, said, outcome, decision(order, outcome));
    }

    private Outcome followed(OrderAt order, Outcome byTheRules) {
      return policies.evidence() == Evidence.FOLLOW
          ? new Following(order, history.klarnaRecord()).outcome(byTheRules)
          : byTheRules;
    }

    private Decided repeated(OrderAt order, Finding duplicate, Refund first) {
      var decision = new Decision.Duplicate(order.refund(), order.currency(), first);
      var repeats = new Repeats(first);
      return new Decided(order, List.of(duplicate), null, repeats, repeats, decision);
    }

    private @Nullable Refund firstOfSameKey(Refund refund) {
      return refund.idempotencyKey() == null
          ? null
          : refundsByKey.putIfAbsent(refund.idempotencyKey(), refund);
    }

    private void letCapturesExist(Refund refund) {
      var existing = everyCapture.size();
      while (existing < oldestFirst.size()
          && !oldestFirst.get(existing).capturedAt().isAfter(refund.refundedAt())) {
        existing++;
      }
      if (existing > everyCapture.size()) {
        var more = new ArrayList<>(everyCapture);
        oldestFirst.subList(everyCapture.size(), existing).stream()
            .map(CaptureState::of)
            .forEach(more::add);
        stand(more);
      }
    }

    private void stand(List<CaptureState> states) {
      var currency = states.get(0).capture().purchaseCurrency();
      everyCapture = List.copyOf(states);
      captures =
          states.stream()
              .filter(state -> state.capture().purchaseCurrency().equals(currency))
              .toList();
    }

    /** Step 6 for the order's later refunds: a resolved refund blocks them by policy only. */
    private void letBlock(OrderAt order, Outcome failing, @Nullable ByHand byHand) {
      var unblocks =
          byHand != null
              && byHand.contradiction() == null
              && policies.resolved() == Resolved.UNBLOCKS;
      if (firstBlocking == null
          && failing instanceof Failed failed
          && failed.reason().blocks()
          && !unblocks) {
        firstBlocking = excepted(order, failed);
      }
    }

    private Decision decision(OrderAt order, Outcome outcome) {
      if (outcome instanceof Placed placed) {
        return credited(order, placed);
      }
      return outcome instanceof Failed failed
          ? excepted(order, failed)
          : new Decision.WrittenOff(order.refund(), order.currency());
    }

    private Decision credited(OrderAt order, Placed placed) {
      var credits = new ArrayList<Credit>();
      var after = new HashMap<String, CaptureState>();
      for (var placement : placed.placements()) {
        var linesCount = placed.matchRule().checksLines() || placement.linesSumToAmount();
        var lines = linesCount ? placement.lines() : List.<OrderLine>of();
        after.put(
            placement.capture().captureId(), placement.capture().with(placement.amount(), lines));
        if (placement.amount() > 0) {
          credits.add(placement.toCredit());
        }
      }
      stand(
          everyCapture.stream()
              .map(state -> after.getOrDefault(state.captureId(), state))
              .toList());
      return new Decision.Credited(
          order.refund(),
          placed.placements().get(0).capture().capture().purchaseCurrency(),
          placed.matchRule(),
          credits,
          placed.writtenOffAmount());
    }

    private Decision.Excepted excepted(OrderAt order, Failed failed) {
      var blockedBy =
          failed.reason() == Reason.PRIOR_ALLOCATION_FAILED
              ? Objects.requireNonNull(order.firstBlocking()).refund().refundId()
              : null;
      return new Decision.Excepted(order.refund(), order.currency(), failed.reason(), blockedBy);
    }
  }
}
