package io.recredit.job;

import io.recredit.feed.FeedKind;
import io.recredit.input.Readings;
import io.recredit.input.RejectedLine;
import io.recredit.input.Staged;
import io.recredit.input.Staging;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.sql.SQLException;
import java.util.ArrayList;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Puts a chunk's records into the tables, or into staging where they must be compared first, and
 * its rejections into quarantine, in the chunk's transaction.
 */
final class FeedPageWriter implements ItemWriter<RecordsToWrite> {

  private final Run run;
  private final FeedKind kind;
  private final Staging staging;
  private final Runs runs;
  private final Readings readings;

  FeedPageWriter(Run run, FeedKind kind, Staging staging, Runs runs, Readings readings) {
    this.run = run;
    this.kind = kind;
    this.staging = staging;
    this.runs = runs;
    this.readings = readings;
  }

  @Override
  public void write(Chunk<? extends RecordsToWrite> chunk) throws SQLException {
    runs.mustBeAtWork(run);
    var loaded = new ArrayList<Staged>();
    var staged = new ArrayList<Staged>();
    var rejected = new ArrayList<RejectedLine>();
    for (var records : chunk) {
      loaded.addAll(records.loaded());
      staged.addAll(records.staged());
      rejected.addAll(records.rejected());
      var span = records.span();
      if (span.endsFile()) {
        readings.endsWith(run.input(), span.file(), span.linesSoFar());
      } else {
        readings.wasRead(span.file(), span.firstLine(), span.lastLine(), span.lines());
      }
    }
    staging.load(kind, run.runId(), loaded);
    staging.stage(kind, staged);
    staging.reject(run.runId(), rejected);
  }
}
