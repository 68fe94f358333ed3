package io.recredit.job;

import io.recredit.feed.FeedKind;
import io.recredit.feed.RecordParser;
import io.recredit.input.Readings;
import io.recredit.run.Progress;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * A step that reads the files of one kind: one thread reads, and the threads that write share its
 * pages, each with a connection of its own. A restart goes on with what was not written.
 */
final class SharedReading implements StepExecutionListener, Partitioner {

  /** Each holds a chunk in memory. */
  private static final int MOST_WRITERS = 4;

  private final FeedKind kind;
  private final Runs runs;
  private final Readings readings;
  private final Progress progress;
  private final int numberOfThreads;
  private int writers;
  private @Nullable PagesAhead pages;

  SharedReading(
      FeedKind kind, Runs runs, Readings readings, Progress progress, int numberOfThreads) {
    this.kind = kind;
    this.runs = runs;
    this.readings = readings;
    this.progress = progress;
    this.numberOfThreads = numberOfThreads;
  }

  @Override
  public void beforeStep(StepExecution step) {
    var reader = new FeedPageReader(RunParameters.run(step, runs), kind, readings, progress);
    writers = reader.bytes() == 0 ? 1 : Math.min(numberOfThreads, MOST_WRITERS);
    pages = new PagesAhead(reader, parser(), numberOfThreads);
  }

  private RecordParser<?> parser() {
    return switch (kind) {
      case CAPTURES -> RecordParser.captures();
      case REFUNDS -> RecordParser.refunds();
      case RELEASES -> RecordParser.releases();
    };
  }

  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    return NumberedSteps.partition(writers);
  }

  @Nullable RecordsToWrite next() throws InterruptedException {
    return Objects.requireNonNull(pages).next();
  }

  @Override
  public ExitStatus afterStep(StepExecution step) {
    if (pages != null) {
      pages.close();
      pages = null;
    }
    return step.getExitStatus();
  }
}
