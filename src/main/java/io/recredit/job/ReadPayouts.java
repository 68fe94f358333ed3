package io.recredit.job;

import io.recredit.paid.PayoutFiles;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The step that reads the settlement reports that are new or not what was read: each in a
 * transaction of its own, so that one of a million rows is there or not, and a restart goes on with
 * the next.
 */
final class ReadPayouts implements Tasklet {

  private final Run run;
  private final Runs runs;
  private final PayoutFiles files;
  private @Nullable Queue<Path> left;

  ReadPayouts(Run run, Runs runs, PayoutFiles files) {
    this.run = run;
    this.runs = runs;
    this.files = files;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    runs.mustBeAtWork(run);
    if (left == null) {
      left = new ArrayDeque<>(files.folder(run.runId()).map(files::toRead).orElse(List.of()));
    }
    var file = left.poll();
    if (file == null) {
      return RepeatStatus.FINISHED;
    }
    files.read(file, run.runId());
    contribution.incrementReadCount();
    return RepeatStatus.CONTINUABLE;
  }
}
