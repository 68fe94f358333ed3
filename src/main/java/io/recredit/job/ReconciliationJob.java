package io.recredit.job;

import io.recredit.store.Decisions;
import io.recredit.store.InputTable;
import io.recredit.store.OrderHistories;
import io.recredit.store.OrderHistories.Touched;
import io.recredit.store.Proof;
import io.recredit.store.Readings;
import io.recredit.store.Runs;
import io.recredit.store.Staging;
import io.recredit.store.TouchedOrders;
import java.util.List;
import java.util.Locale;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job of a run: read the captures, the refunds and the releases; bring them into the tables;
 * decide the orders they touch; prove it, and only then let it be seen. A restart reads and decides
 * what is missing, and proves all of it.
 */
@Configuration(proxyBeanMethods = false)
class ReconciliationJob {

  private static final String DECIDE = "decide";
  private static final String PROVE = "prove";
  private static final String STEP = "#{stepExecution}";

  /** Pages that are written together. */
  private static final int PAGES_PER_CHUNK = 4;

  private final JobRepository jobRepository;
  private final PlatformTransactionManager transactionManager;
  private final Runs runs;
  private final Readings readings;
  private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("recredit-");
  private final int numberOfThreads;

  ReconciliationJob(
      JobRepository jobRepository,
      PlatformTransactionManager transactionManager,
      Runs runs,
      Readings readings,
      @Value("${recredit.threads:#{T(Math).min(8, T(Runtime).getRuntime().availableProcessors())}}")
          int numberOfThreads) {
    this.jobRepository = jobRepository;
    this.transactionManager = transactionManager;
    this.runs = runs;
    this.readings = readings;
    this.numberOfThreads = numberOfThreads;
    threads.setConcurrencyLimit(numberOfThreads);
  }

  @Bean
  Job runJob(
      ItemWriter<RecordsToWrite> feedWriter,
      ApplyInput applyInput,
      Step decideOrders,
      Step proveOrders,
      Publish publish,
      Progress progress,
      Interruption interruption) {
    return new JobBuilder("reconciliation", jobRepository)
        .listener(interruption)
        .start(readStep(InputTable.CAPTURES, feedWriter, progress))
        .next(readStep(InputTable.REFUNDS, feedWriter, progress))
        .next(readStep(InputTable.RELEASES, feedWriter, progress))
        .next(step("apply-input", "Bringing the input into the tables", applyInput, progress))
        .next(decideOrders)
        .next(proveOrders)
        .next(step("publish", "Letting it be seen", publish, progress))
        .build();
  }

  private Step readStep(InputTable table, ItemWriter<RecordsToWrite> writer, Progress progress) {
    var reading = new SharedReading(table, runs, readings, progress, numberOfThreads);
    var write =
        this.<RecordsToWrite, RecordsToWrite>chunkStep(table.kind(), PAGES_PER_CHUNK)
            .reader(reading::next)
            .writer(writer)
            .allowStartIfComplete(true) // the one that saw the end may not have written all
            .build();
    return new StepBuilder("read-" + table.kind(), jobRepository)
        .listener(reading)
        .partitioner(table.kind(), reading)
        .step(write)
        .taskExecutor(threads)
        .allowStartIfComplete(true) // whole files are passed over
        .build();
  }

  @Bean
  Step decideOrders(
      OrderShares shares,
      TouchedOrders orders,
      Progress progress,
      ItemStreamReader<List<Touched>> orderReader,
      ItemProcessor<List<Touched>, DecidedPage> allocator,
      ItemWriter<DecidedPage> decisionWriter) {
    var share =
        this.<List<Touched>, DecidedPage>chunkStep(DECIDE, 1)
            .reader(orderReader)
            .processor(allocator)
            .writer(decisionWriter)
            .build();
    return new StepBuilder("decide-orders", jobRepository)
        .listener(new StepProgress("Deciding orders", orders::count, progress))
        .partitioner(DECIDE, shares)
        .step(share)
        .taskExecutor(threads)
        .build();
  }

  @Bean
  Step proveOrders(
      OrderShares shares,
      TouchedOrders orders,
      Progress progress,
      Tasklet proveShare,
      Proof proof) {
    var share =
        new StepBuilder(PROVE, jobRepository)
            .tasklet(proveShare, transactionManager)
            .allowStartIfComplete(true)
            .build();
    return new StepBuilder("prove-orders", jobRepository)
        .listener(new ProofPreparation(proof, runs, new TransactionTemplate(transactionManager)))
        .listener(new StepProgress("Proving the totals", orders::count, progress))
        .partitioner(PROVE, shares)
        .step(share)
        .taskExecutor(threads)
        .allowStartIfComplete(true) // a run that is carried on is proved as a whole
        .build();
  }

  /**
   * The one place where chunk steps are made: without a transaction manager their chunks would not
   * be atomic.
   */
  private <I, O> ChunkOrientedStepBuilder<I, O> chunkStep(String name, int pagesPerChunk) {
    return new StepBuilder(name, jobRepository)
        .<I, O>chunk(pagesPerChunk)
        .transactionManager(transactionManager);
  }

  private Step step(String name, String what, Tasklet tasklet, Progress progress) {
    return new StepBuilder(name, jobRepository)
        .listener(new StepProgress(what, () -> 0, progress))
        .tasklet(tasklet, transactionManager)
        .build();
  }

  @Bean
  @StepScope
  ItemWriter<RecordsToWrite> feedWriter(@Value(STEP) StepExecution step, Staging staging) {
    var table = InputTable.valueOf(NumberedSteps.name(step).toUpperCase(Locale.ROOT));
    return new FeedPageWriter(RunParameters.run(step, runs), table, staging, runs, readings);
  }

  @Bean
  @StepScope
  ItemStreamReader<List<Touched>> orderReader(
      @Value(STEP) StepExecution step,
      OrderShares shares,
      OrderHistories histories,
      Decisions decisions) {
    return new OrderPageReader(shares.of(step), histories, decisions);
  }

  @Bean
  @StepScope
  ItemProcessor<List<Touched>, DecidedPage> allocator(@Value(STEP) StepExecution step) {
    return new AllocatorProcessor(RunParameters.run(step, runs).policies());
  }

  @Bean
  @StepScope
  ItemWriter<DecidedPage> decisionWriter(
      @Value(STEP) StepExecution step, Decisions decisions, Progress progress) {
    return new DecisionWriter(RunParameters.run(step, runs), decisions, runs, progress);
  }

  @Bean
  @StepScope
  Tasklet proveShare(
      @Value(STEP) StepExecution step, OrderShares shares, Proof proof, Progress progress) {
    return new ProveShare(RunParameters.run(step, runs), shares.of(step), runs, proof, progress);
  }
}
