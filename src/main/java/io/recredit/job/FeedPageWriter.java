package io.recredit.job;

import io.recredit.store.InputTable;
import io.recredit.store.Readings;
import io.recredit.store.RejectedLine;
import io.recredit.store.Run;
import io.recredit.store.Run.InputFile;
import io.recredit.store.Runs;
import io.recredit.store.Staged;
import io.recredit.store.Staging;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Puts a chunk's records into the tables, or into staging where they must be compared first, and
 * its rejections into quarantine, in the chunk's transaction.
 */
final class FeedPageWriter implements ItemWriter<ParsedPage> {

  private final Run run;
  private final InputTable table;
  private final Staging staging;
  private final Runs runs;
  private final Readings readings;
  private @Nullable InputFile file;
  private SeenIds seen = SeenIds.all();

  FeedPageWriter(Run run, InputTable table, Staging staging, Runs runs, Readings readings) {
    this.run = run;
    this.table = table;
    this.staging = staging;
    this.runs = runs;
    this.readings = readings;
  }

  @Override
  public void write(Chunk<? extends ParsedPage> chunk) throws SQLException {
    runs.mustBeAtWork(run);
    var loaded = new ArrayList<Staged>();
    var staged = new ArrayList<Staged>();
    var rejected = new ArrayList<RejectedLine>();
    for (var parsed : chunk) {
      var page = parsed.page();
      if (!page.file().equals(file)) {
        file = page.file();
        seen = page.carriedOn() ? SeenIds.all() : SeenIds.none();
      }
      var isFirstReading = page.file().reading() == Run.Reading.FIRST;
      for (var i = 0; i < parsed.records().size(); i++) {
        var isFirstOfItsId = !seen.addAndTellIfPossiblySeen(parsed.records().id(i));
        var raw = isFirstOfItsId ? null : parsed.accepted().get(i).raw();
        var record = new Staged(parsed.records(), i, raw);
        (isFirstReading && isFirstOfItsId ? loaded : staged).add(record);
      }
      rejected.addAll(parsed.rejected());
      readings.readUpTo(
          run.runId(), page.file(), page.end().line(), page.end().lines(), page.endsFile());
    }
    staging.load(table, run.runId(), loaded);
    staging.stage(table, staged);
    staging.reject(run.runId(), rejected);
  }
}
