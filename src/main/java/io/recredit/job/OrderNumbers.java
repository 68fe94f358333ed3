package io.recredit.job;

import io.recredit.job.OrderShares.Share;
import io.recredit.ledger.Decisions;
import io.recredit.run.Progress;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the orders of a share, one by one, by their numbers: a chunk's items are all read before
 * the first is processed, and the histories of some hundred orders near the limits would not fit
 * into the memory, so the processor fetches them page by page. How far it has come is noted in a
 * table of Recredit's own: Spring Batch calls {@link #update} in the transaction of the chunk, of
 * one whose orders all came out as before, too; while an execution context may be behind what was
 * committed, or ahead of a chunk whose connection was lost. A restart goes on behind what was
 * noted.
 */
final class OrderNumbers implements ItemStreamReader<Long> {

  private final Run run;
  private final Share share;
  private final Runs runs;
  private final Decisions decisions;
  private final Progress progress;
  private long read;
  private long noted;

  OrderNumbers(Run run, Share share, Runs runs, Decisions decisions, Progress progress) {
    this.run = run;
    this.share = share;
    this.runs = runs;
    this.decisions = decisions;
    this.progress = progress;
  }

  @Override
  public void open(ExecutionContext context) {
    noted = decisions.decidedUpTo(share.first(), share.last());
    read = noted;
  }

  @Override
  public @Nullable Long read() {
    return read < share.last() ? ++read : null;
  }

  @Override
  public void update(ExecutionContext context) {
    if (read > noted) {
      runs.mustBeAtWork(run); // of orders that all came out as before nothing else asks
      decisions.wentThrough(noted + 1, read);
      progress.advance(read - noted);
      noted = read;
    }
  }
}
