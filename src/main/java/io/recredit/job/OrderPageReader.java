package io.recredit.job;

import io.recredit.job.OrderShares.Share;
import io.recredit.ledger.Decisions;
import io.recredit.ledger.OrderHistories;
import io.recredit.ledger.OrderHistories.Touched;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a share of the touched orders with their histories, a page of orders at a time. A restart
 * goes on behind those that were decided.
 */
final class OrderPageReader implements ItemStreamReader<List<Touched>> {

  private final Share share;
  private final OrderHistories histories;
  private final Decisions decisions;
  private long done;

  OrderPageReader(Share share, OrderHistories histories, Decisions decisions) {
    this.share = share;
    this.histories = histories;
    this.decisions = decisions;
  }

  @Override
  public void open(ExecutionContext context) {
    done = decisions.decidedUpTo(share.first(), share.last());
  }

  @Override
  public @Nullable List<Touched> read() {
    if (done >= share.last()) {
      return null;
    }
    var page = histories.page(done + 1, share.last());
    done = page.get(page.size() - 1).n();
    return page;
  }
}
