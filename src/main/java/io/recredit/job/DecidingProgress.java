package io.recredit.job;

import io.recredit.store.TouchedOrders;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** Says how many orders there are to decide, over all threads. */
@Component
class DecidingProgress implements StepExecutionListener {

  private final TouchedOrders orders;
  private final Progress progress;

  DecidingProgress(TouchedOrders orders, Progress progress) {
    this.orders = orders;
    this.progress = progress;
  }

  @Override
  public void beforeStep(StepExecution step) {
    progress.begin("Deciding orders", Progress.Unit.ORDERS, orders.count());
  }

  @Override
  public ExitStatus afterStep(StepExecution step) {
    progress.end();
    return step.getExitStatus();
  }
}
