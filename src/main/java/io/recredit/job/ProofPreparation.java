package io.recredit.job;

import io.recredit.proof.Proof;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.support.TransactionOperations;

/** Prepares the proof, once, before shares of it run side by side. */
record ProofPreparation(Proof proof, Runs runs, TransactionOperations transaction)
    implements StepExecutionListener {

  @Override
  public void beforeStep(StepExecution step) {
    var run = RunParameters.run(step, runs);
    transaction.executeWithoutResult(
        status -> {
          runs.mustBeAtWork(run);
          proof.prepare(run.runId());
        });
  }
}
