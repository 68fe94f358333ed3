package io.recredit.job;

import io.recredit.store.Proof;
import io.recredit.store.Runs;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Proves a share of the orders that the run touched, from the tables. */
@Component
class ProveShare implements Tasklet {

  private final Runs runs;
  private final OrderShares shares;
  private final Proof proof;
  private final Progress progress;

  ProveShare(Runs runs, OrderShares shares, Proof proof, Progress progress) {
    this.runs = runs;
    this.shares = shares;
    this.proof = proof;
    this.progress = progress;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    var step = contribution.getStepExecution();
    var run = RunParameters.run(step, runs);
    runs.mustBeAtWork(run);
    var share = shares.of(step);
    var broken = proof.ofOrders(run, share.first(), share.last());
    if (!broken.isEmpty()) {
      throw new ProofFailed(broken);
    }
    progress.advance(share.last() - share.first() + 1);
    return RepeatStatus.FINISHED;
  }
}
