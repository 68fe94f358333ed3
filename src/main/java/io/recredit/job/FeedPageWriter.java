package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.feed.ParsedLine;
import io.recredit.store.InputTable;
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
 * Puts a chunk's records into staging and its rejections into quarantine, in the chunk's
 * transaction.
 */
final class FeedPageWriter implements ItemWriter<ParsedPage> {

  private final Run run;
  private final InputTable table;
  private final Staging staging;
  private final Runs runs;
  private @Nullable InputFile file;
  private SeenIds seen = SeenIds.all();

  FeedPageWriter(Run run, InputTable table, Staging staging, Runs runs) {
    this.run = run;
    this.table = table;
    this.staging = staging;
    this.runs = runs;
  }

  @Override
  public void write(Chunk<? extends ParsedPage> chunk) throws SQLException {
    runs.mustBeAtWork(run);
    var accepted = new ArrayList<Staged>();
    var rejected = new ArrayList<RejectedLine>();
    for (var page : chunk) {
      if (!page.file().equals(file)) {
        file = page.file();
        seen = page.carriedOn() ? SeenIds.all() : SeenIds.none();
      }
      for (var line : page.lines()) {
        if (line instanceof ParsedLine.Accepted<?> good) {
          accepted.add(staged(page.file(), good));
        } else {
          rejected.add(rejected(page.file(), (ParsedLine.Rejected<?>) line));
        }
      }
    }
    staging.add(table, accepted);
    staging.reject(run.runId(), rejected);
  }

  private Staged staged(InputFile file, ParsedLine.Accepted<?> line) {
    var raw = seen.addAndTellIfPossiblySeen(idOf(line.content())) ? line.raw() : null;
    return new Staged(file.date(), line.lineNumber(), line.content(), raw);
  }

  private RejectedLine rejected(InputFile file, ParsedLine.Rejected<?> line) {
    return new RejectedLine(
        table, file.date(), file.name(), line.lineNumber(), line.error(), line.raw());
  }

  private static String idOf(Object record) {
    if (record instanceof Capture capture) {
      return capture.captureId();
    }
    return record instanceof Refund refund ? refund.refundId() : ((Release) record).orderId();
  }
}
