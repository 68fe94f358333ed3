package io.recredit.job;

import io.recredit.paid.OrdersToMatch;
import io.recredit.paid.PayoutMatches;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import java.sql.SQLException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * The step that finds the refunds and captures in what was paid out, once it is decided which of
 * them are repetitions: all or nothing.
 */
@Component
class MatchPayouts implements Tasklet {

  private final Runs runs;
  private final OrdersToMatch orders;
  private final PayoutMatches matches;

  MatchPayouts(Runs runs, OrdersToMatch orders, PayoutMatches matches) {
    this.runs = runs;
    this.orders = orders;
    this.matches = matches;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    var run = RunParameters.run(contribution.getStepExecution(), runs);
    runs.mustBeAtWork(run);
    var count = orders.number(run.runId(), !runs.lastDecidedAlike(run));
    matches.match(run.runId(), count, run.policies());
    return RepeatStatus.FINISHED;
  }
}
