package io.recredit.job;

import io.recredit.store.InputMerge;
import io.recredit.store.InputTable;
import io.recredit.store.Readings;
import io.recredit.store.Run;
import io.recredit.store.Runs;
import io.recredit.store.Staging;
import io.recredit.store.TouchedOrders;
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
  private final TouchedOrders orders;
  private final Clock clock;

  ApplyInput(
      Runs runs,
      Readings readings,
      Staging staging,
      InputMerge merge,
      TouchedOrders orders,
      Clock clock) {
    this.runs = runs;
    this.readings = readings;
    this.staging = staging;
    this.merge = merge;
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    var run = RunParameters.run(contribution.getStepExecution(), runs);
    runs.mustBeAtWork(run);
    // Stopped or killed between its commit and Spring Batch's note of it, the step is begun again.
    if (staging.takeToApply(run)) {
      apply(run);
    }
    return RepeatStatus.FINISHED;
  }

  private void apply(Run run) {
    for (var table : InputTable.values()) {
      readings.mustBeWhole(run, table);
      merge.merge(table, run, clock.instant());
    }
    merge.recordUnchanged(run, clock.instant());
    orders.beginChanged(run);
    if (run.kind() == Run.Kind.RERUN) {
      orders.addOrdersOfRange(run);
    }
    if (run.kind() == Run.Kind.RESOLUTION) {
      orders.addResolvedOrders(run);
    }
    if (!runs.lastDecidedAlike(run)) {
      orders.addEveryOrder(run);
    }
    orders.number(run);
  }
}
