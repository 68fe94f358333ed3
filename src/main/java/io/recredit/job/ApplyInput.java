package io.recredit.job;

import io.recredit.feed.FeedKind;
import io.recredit.input.DocumentInput;
import io.recredit.input.InputMerge;
import io.recredit.input.Readings;
import io.recredit.input.Staging;
import io.recredit.ledger.Decisions;
import io.recredit.ledger.OrdersToDecide;
import io.recredit.paid.CountedPayouts;
import io.recredit.run.Run;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import java.time.Clock;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * The step that brings the records read into the tables, and finds the orders to be decided anew:
 * all or nothing.
 */
@Component
class ApplyInput implements Tasklet {

  private final Runs runs;
  private final Readings readings;
  private final Staging staging;
  private final InputMerge merge;
  private final DocumentInput documents;
  private final CountedPayouts payouts;
  private final Decisions decisions;
  private final OrdersToDecide orders;
  private final Clock clock;

  ApplyInput(
      Runs runs,
      Readings readings,
      Staging staging,
      InputMerge merge,
      DocumentInput documents,
      CountedPayouts payouts,
      Decisions decisions,
      OrdersToDecide orders,
      Clock clock) {
    this.runs = runs;
    this.readings = readings;
    this.staging = staging;
    this.merge = merge;
    this.documents = documents;
    this.payouts = payouts;
    this.decisions = decisions;
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    var run = RunParameters.run(contribution.getStepExecution(), runs);
    runs.mustBeAtWork(run);
    // Stopped or killed between its commit and Spring Batch's note of it, the step is begun again.
    if (staging.takeToApply(run.runId())) {
      apply(run);
    }
    return RepeatStatus.FINISHED;
  }

  private void apply(Run run) {
    for (var kind : FeedKind.values()) {
      readings.mustBeWhole(run.input(), kind);
      merge.merge(kind, run.input(), clock.instant());
    }
    documents.bring(run.input());
    payouts.count(run.runId());
    readings.areUnchanged(run.input(), clock.instant());
    orders.beginChanged(run.runId());
    if (run.kind() == Run.Kind.RERUN) {
      var zone = run.policies().timeZone();
      orders.addOrdersOfRange(
          run.fromDate().atStartOfDay(zone).toInstant(),
          run.toDate().plusDays(1).atStartOfDay(zone).toInstant());
    }
    if (run.kind() == Run.Kind.RESOLUTION) {
      orders.addResolvedOrders(run.runId());
    }
    if (!runs.lastDecidedAlike(run)) {
      orders.addEveryOrder(run.runId());
    }
    if (!runs.lastSpokeAlike(run)) {
      orders.addOrdersWithExceptions(run.runId());
    }
    orders.addErasedOrders(run.runId());
    decisions.closeOfGoneRefunds(run.runId());
    orders.number(run.runId());
  }
}
