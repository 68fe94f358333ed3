package io.recredit.run;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stops the job so that it can be carried on: at its next chunk; where that takes too long, because
 * one statement of the database does, by cancelling the statement.
 */
@Component
public class GracefulStop implements JobExecutionListener {

  private static final long PATIENCE_MILLIS = 3_000;
  private static final long PAUSE_MILLIS = 50;

  private final JdbcClient jdbc;
  private volatile boolean stopping;
  private volatile boolean begun;
  private volatile boolean lockLost;
  private final AtomicReference<@Nullable JobExecution> atWork = new AtomicReference<>();

  GracefulStop(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void beforeJob(JobExecution execution) {
    begun = true;
    atWork.set(execution);
    if (stopping) { // since it was looked whether to begin
      execution.setStatus(BatchStatus.STOPPING);
    }
  }

  /** Whether to begin nothing more. */
  boolean isStopping() {
    return stopping;
  }

  @Override
  public void afterJob(JobExecution execution) {
    atWork.set(null);
  }

  /**
   * Returns when no job is at work any more; false where none ever was. Called from another thread
   * than the job's.
   */
  public boolean interrupt() throws InterruptedException {
    stopping = true;
    var waited = 0L;
    var execution = atWork.get();
    while (execution != null) {
      execution.getStepExecutions().forEach(StepExecution::setTerminateOnly);
      if (waited > PATIENCE_MILLIS) {
        cancelStatements();
      }
      Thread.sleep(PAUSE_MILLIS);
      waited += PAUSE_MILLIS;
      execution = atWork.get();
    }
    return begun;
  }

  /** The same where another run may begin meanwhile. */
  void atLostLock() {
    lockLost = true;
    try {
      interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the command is at its end
    }
  }

  /** Whether that is why the job was stopped. */
  boolean hasLostLock() {
    return lockLost;
  }

  /** Those of this process: application.yaml gives each process a name of its own. */
  public void cancelStatements() {
    jdbc.sql(
            """
            select count(pg_cancel_backend(pid)) from pg_stat_activity
            where application_name = current_setting('application_name') and state = 'active'
              and pid <> pg_backend_pid()
            """)
        .query(Long.class)
        .single();
  }
}
