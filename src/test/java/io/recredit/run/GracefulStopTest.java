package io.recredit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

class GracefulStopTest {

  private final JobRepository repository = new ResourcelessJobRepository();
  private final GracefulStop stop =
      new GracefulStop(JdbcClient.create(new SimpleDriverDataSource()));
  private final AtomicBoolean worked = new AtomicBoolean();

  @Test
  void aSignalAfterTheLastLookAndBeforeTheJobBeginsStopsTheJob() throws Exception {
    assertThat(stop.isStopping()).isFalse();
    assertThat(stop.interrupt()).as("whether a run was at work").isFalse();

    var execution =
        repository.createJobExecution(
            repository.createJobInstance("job", new JobParameters()),
            new JobParameters(),
            new ExecutionContext());
    job().execute(execution);

    assertThat(execution.getStatus()).isEqualTo(BatchStatus.STOPPED);
    assertThat(worked).isFalse();
  }

  private Job job() {
    var step =
        new StepBuilder("step", repository)
            .tasklet(
                (contribution, context) -> {
                  worked.set(true);
                  return RepeatStatus.FINISHED;
                },
                new ResourcelessTransactionManager())
            .build();
    return new JobBuilder("job", repository).listener(stop).start(step).build();
  }
}
