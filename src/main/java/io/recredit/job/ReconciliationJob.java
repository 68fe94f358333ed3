package io.recredit.job;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedKind;
import io.recredit.input.Readings;
import io.recredit.input.Staging;
import io.recredit.job.OrderShares.Share;
import io.recredit.ledger.Decisions;
import io.recredit.ledger.OrderChanges;
import io.recredit.ledger.OrderHistories;
import io.recredit.ledger.OrdersToDecide;
import io.recredit.paid.PayoutFiles;
import io.recredit.proof.Proof;
import io.recredit.run.GracefulStop;
import io.recredit.run.Progress;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import io.recredit.settings.Settings;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job of a run: read the captures, the refunds, the releases, the order documents, the refused
 * requests and the events; bring them into the tables; decide the orders they touch; prove it, and
 * only then let it be seen. A restart reads and decides what is missing, and proves all of it.
 */
@Configuration(proxyBeanMethods = false)
class ReconciliationJob {

  private static final String DECIDE = "decide";
  private static final String PROVE = "prove";
  private static final String STEP = "#{stepExecution}";

  /** Pages that are written together. */
  private static final int PAGES_PER_CHUNK = 4;

  private static final int ORDERS_PER_CHUNK = 500;

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
      Settings settings) {
    this.jobRepository = jobRepository;
    this.transactionManager = transactionManager;
    this.runs = runs;
    this.readings = readings;
    this.numberOfThreads = settings.threads();
    threads.setConcurrencyLimit(numberOfThreads);
  }

  @Bean
  Job runJob(
      ItemStreamWriter<FeedPage> feedWriter,
      Tasklet readPayouts,
      ApplyInput applyInput,
      Step decideOrders,
      MatchPayouts matchPayouts,
      Step proveOrders,
      Publish publish,
      Progress progress,
      GracefulStop stop) {
    return new JobBuilder("reconciliation", jobRepository)
        .listener(stop)
        .start(readStep(FeedKind.CAPTURES, feedWriter, progress))
        .next(readStep(FeedKind.REFUNDS, feedWriter, progress))
        .next(readStep(FeedKind.RELEASES, feedWriter, progress))
        .next(readStep(FeedKind.ORDERS, feedWriter, progress))
        .next(step("read-payouts", text("job.read-payouts"), readPayouts, progress))
        .next(readStep(FeedKind.REFUSALS, feedWriter, progress))
        .next(readStep(FeedKind.EVENTS, feedWriter, progress))
        .next(step("apply-input", text("job.apply"), applyInput, progress))
        .next(decideOrders)
        .next(step("match-payouts", text("job.match-payouts"), matchPayouts, progress))
        .next(proveOrders)
        .next(step("publish", text("job.publish"), publish, progress))
        .build();
  }

  private Step readStep(FeedKind kind, ItemStreamWriter<FeedPage> writer, Progress progress) {
    var reading = new SharedReading(kind, runs, readings, progress, numberOfThreads);
    var write =
        this.<FeedPage, FeedPage>chunkStep(kind.word(), PAGES_PER_CHUNK)
            .reader(reading::read)
            .writer(writer)
            .allowStartIfComplete(true) // the one that saw the end may not have written all
            .build();
    return new StepBuilder("read-" + kind.word(), jobRepository)
        .listener(reading)
        .partitioner(kind.word(), reading)
        .step(write)
        .taskExecutor(threads)
        .allowStartIfComplete(true) // whole files are passed over
        .build();
  }

  @Bean
  Step decideOrders(
      Partitioner orderShares,
      OrdersToDecide orders,
      OrderHistories histories,
      Decisions decisions,
      Progress progress) {
    var share =
        new StepPerExecution(DECIDE, step -> decideShare(step, histories, decisions, progress));
    return new StepBuilder("decide-orders", jobRepository)
        .listener(new StepProgress(text("job.decide"), orders::count, progress))
        .partitioner(DECIDE, orderShares)
        .step(share)
        .taskExecutor(threads)
        .build();
  }

  private Step decideShare(
      StepExecution step, OrderHistories histories, Decisions decisions, Progress progress) {
    var run = RunParameters.run(step, runs);
    var share = Share.of(step);
    var writer = new DecisionWriter(run, decisions, runs);
    return this.<Long, OrderChanges>chunkStep(DECIDE, ORDERS_PER_CHUNK)
        .reader(new OrderNumbers(run, share, runs, decisions, progress))
        .processor(new AllocatorProcessor(share, histories, run.policies(), writer))
        .writer(writer)
        .build();
  }

  @Bean
  Step proveOrders(
      Partitioner orderShares,
      OrdersToDecide orders,
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
        .listener(new StepProgress(text("job.prove"), orders::count, progress))
        .partitioner(PROVE, orderShares)
        .step(share)
        .taskExecutor(threads)
        .allowStartIfComplete(true) // a run that is carried on is proved as a whole
        .build();
  }

  /**
   * The one place where chunk steps are made: without a transaction manager their chunks would not
   * be atomic.
   */
  private <I, O> ChunkOrientedStepBuilder<I, O> chunkStep(String name, int itemsPerChunk) {
    return new StepBuilder(name, jobRepository)
        .<I, O>chunk(itemsPerChunk)
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
  ItemStreamWriter<FeedPage> feedWriter(@Value(STEP) StepExecution step, Staging staging) {
    return new FeedPageWriter(step, RunParameters.run(step, runs), staging, runs, readings);
  }

  @Bean
  @StepScope
  Tasklet readPayouts(@Value(STEP) StepExecution step, PayoutFiles files) {
    return new ReadPayouts(RunParameters.run(step, runs), runs, files);
  }

  @Bean
  @StepScope
  Partitioner orderShares(@Value(STEP) StepExecution step, OrdersToDecide orders) {
    return new OrderShares(orders, RunParameters.run(step, runs).attempt());
  }

  @Bean
  @StepScope
  Tasklet proveShare(@Value(STEP) StepExecution step, Proof proof, Progress progress) {
    return new ProveShare(RunParameters.run(step, runs), Share.of(step), runs, proof, progress);
  }
}
