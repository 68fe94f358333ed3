package io.recredit.job;

import io.recredit.input.InputRow;
import io.recredit.input.Readings;
import io.recredit.input.RejectedLine;
import io.recredit.input.Staging;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.sql.SQLException;
import java.util.ArrayList;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/**
 * Puts a chunk's records into the tables, or into staging where they must be compared first, and
 * its rejections into quarantine, in the chunk's transaction.
 */
final class FeedPageWriter implements ItemStreamWriter<FeedPage> {

  private final StepExecution step;
  private final Run run;
  private final Staging staging;
  private final Runs runs;
  private final Readings readings;
  private long lines;
  private long records;

  FeedPageWriter(StepExecution step, Run run, Staging staging, Runs runs, Readings readings) {
    this.step = step;
    this.run = run;
    this.staging = staging;
    this.runs = runs;
    this.readings = readings;
  }

  @Override
  public void write(Chunk<? extends FeedPage> pages) throws SQLException {
    runs.mustBeAtWork(run);
    var loaded = new ArrayList<InputRow>();
    var staged = new ArrayList<InputRow>();
    var rejected = new ArrayList<RejectedLine>();
    for (var page : pages) {
      loaded.addAll(page.loaded());
      staged.addAll(page.staged());
      rejected.addAll(page.rejected());
      note(page);
    }
    var kind = pages.getItems().get(0).file().kind(); // a step reads the files of one kind
    staging.load(kind, run.runId(), loaded);
    staging.stage(kind, staged);
    staging.reject(run.runId(), rejected);
    lines += loaded.size() + staged.size() + rejected.size();
    records += loaded.size() + staged.size();
  }

  private void note(FeedPage page) {
    if (page.lines() == 0) {
      readings.endsWith(run.input(), page.file(), page.linesOfFile());
    } else {
      readings.wasRead(page.file(), page.firstLine(), page.lastLine(), page.lines());
    }
  }

  /**
   * The job repository counts lines and records, not pages: lines read, records written, and as
   * skipped the lines that were rejected. Called when Spring Batch has counted a chunk's pages, and
   * before it writes the counts down in the chunk's transaction.
   */
  @Override
  public void update(ExecutionContext context) {
    step.setReadCount(lines);
    step.setWriteCount(records);
    step.setProcessSkipCount(lines - records);
  }
}
