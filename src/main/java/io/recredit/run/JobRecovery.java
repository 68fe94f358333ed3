package io.recredit.run;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a process that died left in the job repository. Whoever holds the run lock knows that no job
 * is at work, so what is still marked as such is failed, and restartable. Spring Batch's own
 * recover leaves out the status UNKNOWN, in which a connection lost at commit leaves a job.
 */
@Component
class JobRecovery {

  private final JdbcClient jdbc;

  JobRecovery(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional
  public void recover() {
    for (var table : List.of("batch_step_execution", "batch_job_execution")) {
      jdbc.sql(
              """
              update recredit_batch.%s
              set status = 'FAILED', exit_code = 'FAILED', end_time = localtimestamp, last_updated = localtimestamp,
                version = version + 1
              where status in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
              """
                  .formatted(table))
          .update();
    }
  }
}
