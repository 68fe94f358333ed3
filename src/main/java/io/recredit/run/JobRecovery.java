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

  private static final String LAST_STEP =
      """
      greatest(last_updated, (
        select max(s.last_updated) from recredit_batch.batch_step_execution s
        where s.job_execution_id = batch_job_execution.job_execution_id))\
      """;

  private final JdbcClient jdbc;

  JobRecovery(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional
  public void recover() {
    for (var table : List.of("batch_job_execution", "batch_step_execution")) {
      var heardOf = table.equals("batch_job_execution") ? LAST_STEP : "last_updated";
      jdbc.sql(
              """
              update recredit_batch.%s
              set status = 'FAILED', exit_code = 'FAILED', last_updated = localtimestamp, version = version + 1,
                -- When it was last heard of, which is when a killed process ended.
                end_time = coalesce(end_time, %s)
              where status in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
              """
                  .formatted(table, heardOf))
          .update();
    }
  }
}
