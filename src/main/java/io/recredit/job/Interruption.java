package io.recredit.job;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ctrl-C and SIGTERM: the job stops at its next chunk, before anything that it needs is closed, and
 * can be carried on. Spring Batch's own shutdown hook races Spring's and finds the connections
 * gone.
 */
@Component
class Interruption implements JobExecutionListener, SmartLifecycle {

  private static final long MOST_MILLIS = 20_000;

  private final AtomicReference<@Nullable JobExecution> running = new AtomicReference<>();
  private volatile boolean listening;

  @Override
  public void beforeJob(JobExecution execution) {
    running.set(execution);
  }

  @Override
  public void afterJob(JobExecution execution) {
    running.set(null);
  }

  @Override
  public void start() {
    listening = true;
  }

  @Override
  public boolean isRunning() {
    return listening;
  }

  /** First of all, and with the whole context still alive. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void stop() {
    listening = false;
    var deadline = System.currentTimeMillis() + MOST_MILLIS;
    try {
      var execution = running.get();
      while (execution != null && System.currentTimeMillis() < deadline) {
        execution.getStepExecutions().forEach(StepExecution::setTerminateOnly);
        Thread.sleep(20);
        execution = running.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LoggerFactory.getLogger(Interruption.class).warn("Interrupted while the job was stopping");
    }
  }
}
