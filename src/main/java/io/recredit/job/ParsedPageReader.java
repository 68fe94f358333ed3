package io.recredit.job;

import io.recredit.feed.RecordParser;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Has pages of lines read ahead and parsed side by side, while the pages before them are written;
 * gives them in the order of the file. A restart goes on behind what was written.
 */
final class ParsedPageReader implements ItemStreamReader<ParsedPage> {

  /** How much of the file is held beside what is being written. */
  private static final int MOST_BYTES_AHEAD = 6 << 20;

  private static final int MOST_SECONDS_TO_CLOSE = 10;

  private final Supplier<FeedPageReader> unread;
  private final RecordParser<?> parser;
  private final ExecutorService reading = Executors.newSingleThreadExecutor();
  private final ExecutorService parsing;

  private final BlockingQueue<Ahead> ahead = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MOST_BYTES_AHEAD);

  /**
   * A page on its way, which counts as so many bytes.
   *
   * @param page gives null behind the last one
   */
  private record Ahead(Future<@Nullable ParsedPage> page, int bytes) {}

  ParsedPageReader(Supplier<FeedPageReader> unread, RecordParser<?> parser, int numberOfThreads) {
    this.unread = unread;
    this.parser = parser;
    this.parsing = Executors.newFixedThreadPool(numberOfThreads);
  }

  @Override
  public void open(ExecutionContext context) {
    var pages = unread.get();
    reading.execute(() -> readAhead(pages));
  }

  private void readAhead(FeedPageReader pages) {
    CompletableFuture<@Nullable ParsedPage> end;
    try (pages) {
      for (var page = pages.next(); page != null; page = pages.next()) {
        var next = page;
        var bytes = (int) Math.min(next.bytes(), MOST_BYTES_AHEAD);
        room.acquire(bytes);
        ahead.add(new Ahead(parsing.submit(() -> ParsedPage.of(next, parser)), bytes));
      }
      end = CompletableFuture.completedFuture(null);
    } catch (InterruptedException e) {
      return; // closed: nobody waits for more
    } catch (RuntimeException | Error e) {
      end = CompletableFuture.failedFuture(e);
    }
    ahead.add(new Ahead(end, 0));
  }

  @Override
  public @Nullable ParsedPage read() throws InterruptedException {
    var next = ahead.take();
    room.release(next.bytes());
    try {
      return next.page().get();
    } catch (ExecutionException e) {
      throw new ItemStreamException("A page could not be read", e);
    }
  }

  @Override
  public void close() {
    parsing.shutdownNow();
    reading.shutdownNow();
    try {
      reading.awaitTermination(MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
