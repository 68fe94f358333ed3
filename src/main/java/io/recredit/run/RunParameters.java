package io.recredit.run;

import java.util.Objects;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.StepExecution;

/**
 * A run as job parameters: its number identifies it, the others say to a reader of the job
 * repository what it does.
 */
public final class RunParameters {

  private static final String RUN = "run";
  private static final String ATTEMPT = "attempt";
  private static final String WITHDRAW = "withdraw";

  private RunParameters() {}

  static JobParameters of(Run run) {
    return new JobParametersBuilder()
        .addLong(RUN, run.runId())
        .addLong(ATTEMPT, (long) run.attempt(), false)
        .addString("kind", run.kind().word(), false)
        .addLocalDate("from", run.fromDate(), false)
        .addLocalDate("to", run.toDate(), false)
        .addString(WITHDRAW, String.valueOf(run.input().withdraw()), false)
        .toJobParameters();
  }

  /** The run that a step works on, unless another process has taken it over since the job began. */
  public static Run run(StepExecution step, Runs runs) {
    var parameters = step.getJobParameters();
    var runId = Objects.requireNonNull(parameters.getLong(RUN));
    var run = runs.get(runId, Boolean.parseBoolean(parameters.getString(WITHDRAW)));
    if (run.attempt() != Objects.requireNonNull(parameters.getLong(ATTEMPT))) {
      throw Runs.takenOver(runId);
    }
    return run;
  }
}
