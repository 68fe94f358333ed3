package io.recredit.job;

import io.recredit.store.OrderHistories;
import io.recredit.store.OrderHistories.Touched;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a share of the touched orders with their histories, a page of orders at a time. Its place
 * is saved with every chunk.
 */
final class OrderPageReader implements ItemStreamReader<List<Touched>> {

  private static final String DONE = "done";

  private final OrderHistories histories;
  private final long first;
  private final long last;
  private long done;

  /**
   * @param first the number of the share's first order
   * @param last that of its last
   */
  OrderPageReader(OrderHistories histories, long first, long last) {
    this.histories = histories;
    this.first = first;
    this.last = last;
  }

  @Override
  public void open(ExecutionContext context) {
    done = context.getLong(DONE, first - 1);
  }

  @Override
  public @Nullable List<Touched> read() {
    if (done >= last) {
      return null;
    }
    var page = histories.page(done + 1, last);
    done = page.get(page.size() - 1).n();
    return page;
  }

  @Override
  public void update(ExecutionContext context) {
    context.putLong(DONE, done);
  }
}
