package io.recredit.job;

import io.recredit.ledger.Decisions;
import io.recredit.run.Progress;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.sql.SQLException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes the decisions of a page of orders, in the chunk's transaction. */
final class DecisionWriter implements ItemWriter<DecidedPage> {

  private final Run run;
  private final Decisions decisions;
  private final Runs runs;
  private final Progress progress;

  DecisionWriter(Run run, Decisions decisions, Runs runs, Progress progress) {
    this.run = run;
    this.decisions = decisions;
    this.runs = runs;
    this.progress = progress;
  }

  @Override
  public void write(Chunk<? extends DecidedPage> chunk) throws SQLException {
    runs.mustBeAtWork(run);
    for (var page : chunk) {
      decisions.write(run.runId(), page.changes());
      decisions.wentThrough(page.firstN(), page.lastN());
      progress.advance(page.lastN() - page.firstN() + 1);
    }
  }
}
