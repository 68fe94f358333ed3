package io.recredit.job;

import io.recredit.job.OrderShares.Share;
import io.recredit.ledger.Decisions;
import io.recredit.run.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the numbers of a share's orders, one by one. How far it has come is noted in a table of
 * Recredit's own: Spring Batch calls {@link #update} in the transaction of the chunk, of one whose
 * orders all came out as before, too; while an execution context may be behind what was committed,
 * or ahead of a chunk whose connection was lost. A restart goes on behind what was noted.
 */
final class OrderNumbers implements ItemStreamReader<Long> {

  private final Share share;
  private final Decisions decisions;
  private final Progress progress;
  private long read;
  private long noted;

  OrderNumbers(Share share, Decisions decisions, Progress progress) {
    this.share = share;
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
      decisions.wentThrough(noted + 1, read);
      progress.advance(read - noted);
      noted = read;
    }
  }
}
