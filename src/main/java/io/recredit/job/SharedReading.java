package io.recredit.job;

import io.recredit.feed.FeedKind;
import io.recredit.input.Readings;
import io.recredit.run.Progress;
import io.recredit.run.RunParameters;
import io.recredit.run.Runs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * A step that reads the files of one kind: the threads that write share one reader, each with a
 * connection of its own. While one of them waits for PostgreSQL, another parses. A restart goes on
 * with what was not written.
 */
final class SharedReading implements StepExecutionListener, Partitioner {

  /** Each holds a chunk in memory. */
  private static final int MOST_WRITERS = 4;

  private final FeedKind kind;
  private final Runs runs;
  private final Readings readings;
  private final Progress progress;
  private final int numberOfThreads;
  private @Nullable FeedReader reader;

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
    reader = new FeedReader(RunParameters.run(step, runs), kind, readings, progress);
  }

  /** The writers keep nothing in their contexts: progress is kept with the data. */
  @Override
  public Map<String, ExecutionContext> partition(int gridSize) {
    var writers =
        Objects.requireNonNull(reader).bytes() == 0 ? 1 : Math.min(numberOfThreads, MOST_WRITERS);
    var contexts = new LinkedHashMap<String, ExecutionContext>();
    for (var number = 1; number <= writers; number++) {
      contexts.put(String.valueOf(number), new ExecutionContext());
    }
    return contexts;
  }

  @Nullable FeedPage read() {
    return Objects.requireNonNull(reader).read();
  }

  @Override
  public ExitStatus afterStep(StepExecution step) {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    return step.getExitStatus();
  }
}
