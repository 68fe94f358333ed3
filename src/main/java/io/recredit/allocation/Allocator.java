package io.recredit.allocation;

import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.allocation.Policies.Resolved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out which invoice each refund of an order belongs on: SPEC part 2. An order's history is
 * replayed in time; for a refund only the captures up to its own time exist, and what earlier
 * refunds took counts. Immutable and pure: the same history and policies give the same decisions.
 */
public final class Allocator {

  /** Goes up whenever the rules decide otherwise: the next run then decides every order anew. */
  public static final int RULES_VERSION = 1;

  private final Policies policies;

  public Allocator(Policies policies) {
    this.policies = policies;
  }

  /** One decision per refund, in the order of (refunded_at, refund_id). */
  public List<Decision> decide(OrderHistory history) {
    var replay = new Replay(history, policies, Trace.NOBODY_ASKS);
    return history.refunds().stream().sorted(Refund.IN_TIME).map(replay::next).toList();
  }

  /** The same decisions, each with what the steps compared on the way to it. */
  public List<Explained> explain(OrderHistory history) {
    var trace = Trace.kept();
    var replay = new Replay(history, policies, trace);
    return history.refunds().stream()
        .sorted(Refund.IN_TIME)
        .map(refund -> new Explained(replay.next(refund), trace.take()))
        .toList();
  }

  /** One order's history on its way through time. */
  private static final class Replay {

    private final OrderHistory history;
    private final Policies policies;
    private final AllocationSteps steps;
    private final Trace trace;
    private final List<CaptureAccount> accounts;
    private final Map<String, Refund> refundsByKey = new HashMap<>();
    private final Map<String, Resolution> resolutions;
    private int refundsSoFar;
    private Decision.@Nullable Excepted firstBlocking;

    Replay(OrderHistory history, Policies policies, Trace trace) {
      this.history = history;
      this.policies = policies;
      this.trace = trace;
      this.steps = new AllocationSteps(policies, trace);
      this.accounts =
          history.captures().stream()
              .map(CaptureAccount::new)
              .sorted(CaptureAccount.OLDEST_FIRST)
              .toList();
      this.resolutions =
          history.resolutions().stream()
              .collect(Collectors.toMap(Resolution::refundId, Function.identity()));
    }

    Decision next(Refund refund) {
      var moment = OrderAt.of(refund, accounts, history, policies.timeZone());

      // Step 1: the same operation sent again, whatever its body says.
      var first = firstOfSameKey(refund);
      trace.found(Step.DUPLICATE, () -> Compared.idempotencyKey(moment, first));
      if (first != null) {
        return new Decision.Duplicate(refund, moment.currency(), first);
      }
      refundsSoFar++;

      var byTheRules = steps.decide(moment, refundsSoFar, firstBlocking);
      var resolution = resolutions.get(refund.refundId());
      var outcome =
          resolution == null ? byTheRules : Resolving.resolve(moment, resolution, byTheRules);
      if (byTheRules instanceof Failed failed) {
        letBlock(moment, failed, resolution != null && !(outcome instanceof Failed));
      }
      return decision(moment, outcome);
    }

    /** Step 6 for the order's later refunds: a resolved refund blocks them by policy only. */
    private void letBlock(OrderAt moment, Failed failed, boolean resolved) {
      var blocks =
          failed.reason().blocks() && !(resolved && policies.resolved() == Resolved.UNBLOCKS);
      if (firstBlocking == null && blocks) {
        firstBlocking = excepted(moment, failed);
      }
    }

    private Decision decision(OrderAt moment, Outcome outcome) {
      if (outcome instanceof Placed placed) {
        return credited(moment, placed);
      }
      return outcome instanceof Failed failed
          ? excepted(moment, failed)
          : new Decision.WrittenOff(moment.refund(), moment.currency());
    }

    private @Nullable Refund firstOfSameKey(Refund refund) {
      return refund.idempotencyKey() == null
          ? null
          : refundsByKey.putIfAbsent(refund.idempotencyKey(), refund);
    }

    private Decision credited(OrderAt moment, Placed placed) {
      var credits = new ArrayList<Credit>();
      for (var placement : placed.placements()) {
        var linesCount = placed.matchRule().checksLines() || placement.linesSumToAmount();
        placement.account().book(placement.amount(), linesCount ? placement.lines() : List.of());
        if (placement.amount() > 0) {
          credits.add(placement.toCredit());
        }
      }
      return new Decision.Credited(
          moment.refund(),
          placed.placements().get(0).account().capture().purchaseCurrency(),
          placed.matchRule(),
          credits);
    }

    private static Decision.Excepted excepted(OrderAt moment, Failed failed) {
      return new Decision.Excepted(
          moment.refund(),
          moment.currency(),
          failed.reason(),
          failed.explanation(),
          failed.suggestion(),
          failed.blockingRefundId());
    }
  }
}
