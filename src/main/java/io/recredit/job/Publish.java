package io.recredit.job;

import io.recredit.ledger.ContradictedResolutions;
import io.recredit.ledger.Journal;
import io.recredit.proof.Proof;
import io.recredit.run.Publication;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import java.time.Clock;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** The last step: once all that the run touched is proved, the run is shown. */
@Component
class Publish implements Tasklet {

  private final Runs runs;
  private final ContradictedResolutions contradicted;
  private final Proof proof;
  private final Journal journal;
  private final Publication publication;
  private final Clock clock;

  Publish(
      Runs runs,
      ContradictedResolutions contradicted,
      Proof proof,
      Journal journal,
      Publication publication,
      Clock clock) {
    this.runs = runs;
    this.contradicted = contradicted;
    this.proof = proof;
    this.journal = journal;
    this.publication = publication;
    this.clock = clock;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    var run = RunParameters.run(contribution.getStepExecution(), runs);
    runs.mustBeAtWork(run);
    contradicted.refuse(run.runId(), run.policies());
    var broken = proof.ofWholeRun();
    if (!broken.isEmpty()) {
      throw Proof.failed(broken);
    }
    publication.publish(run, clock.instant());
    // Only the transaction that shows a run may post what it changed.
    journal.post(run.runId(), run.policies().businessDate(run.startedAt()));
    return RepeatStatus.FINISHED;
  }
}
