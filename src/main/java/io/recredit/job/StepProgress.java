package io.recredit.job;

import io.recredit.run.Progress;
import java.util.function.LongSupplier;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Says that a step is at work.
 *
 * @param orders how many orders it has to go through; 0 where that is not what it does
 */
record StepProgress(String what, LongSupplier orders, Progress progress)
    implements StepExecutionListener {

  @Override
  public void beforeStep(StepExecution step) {
    progress.begin(what, Progress.Unit.ORDERS, orders.getAsLong());
  }

  @Override
  public ExitStatus afterStep(StepExecution step) {
    progress.end();
    return step.getExitStatus();
  }
}
