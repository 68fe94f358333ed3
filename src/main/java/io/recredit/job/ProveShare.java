package io.recredit.job;

import io.recredit.job.OrderShares.Share;
import io.recredit.proof.Proof;
import io.recredit.run.Progress;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Proves a share of the orders that the run touched, from the tables, a page at a time. */
final class ProveShare implements Tasklet {

  /** So few are looked up by their keys, however large the tables are. */
  private static final int MOST_ORDERS = 10_000;

  private final Run run;
  private final Share share;
  private final Runs runs;
  private final Proof proof;
  private final Progress progress;
  private long proved;

  ProveShare(Run run, Share share, Runs runs, Proof proof, Progress progress) {
    this.run = run;
    this.share = share;
    this.runs = runs;
    this.proof = proof;
    this.progress = progress;
    this.proved = share.first() - 1;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    if (proved >= share.last()) {
      return RepeatStatus.FINISHED;
    }
    runs.mustBeAtWork(run);
    var last = Math.min(proved + MOST_ORDERS, share.last());
    var broken = proof.ofOrders(run.runId(), proved + 1, last);
    if (!broken.isEmpty()) {
      throw Proof.failed(broken);
    }
    progress.advance(last - proved);
    proved = last;
    return RepeatStatus.CONTINUABLE;
  }
}
