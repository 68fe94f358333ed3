package io.recredit.job;

import java.util.function.Function;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * A step that is made anew for each of its executions, so that each has a reader, a processor and a
 * writer of its own that are called directly. Beans of the step scope are called through proxies,
 * which took a sixth of deciding (decisions.md).
 */
record StepPerExecution(String name, Function<StepExecution, Step> made) implements Step {

  @Override
  public String getName() {
    return name;
  }

  @Override
  public void execute(StepExecution stepExecution) throws JobInterruptedException {
    made.apply(stepExecution).execute(stepExecution);
  }
}
