package io.recredit.job;

import io.recredit.feed.RecordParser;
import io.recredit.input.InputFile;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemStreamException;

/**
 * Has pages of lines read ahead and parsed side by side, while the pages before them are written;
 * gives them in the order of the file, to whichever thread asks next.
 */
final class PagesAhead implements AutoCloseable {

  /** How much of the file is held beside what is being written. */
  private static final int MOST_BYTES_AHEAD = 6 << 20;

  private static final int MOST_SECONDS_TO_CLOSE = 10;

  private final RecordParser<?> parser;
  private final ExecutorService reading = Executors.newSingleThreadExecutor();
  private final ExecutorService parsing;

  private final BlockingQueue<Ahead> ahead = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MOST_BYTES_AHEAD);

  private @Nullable InputFile file;
  private SeenIds seen = SeenIds.all();
  private @Nullable Throwable failure;

  /**
   * A page on its way, which counts as so many bytes.
   *
   * @param page gives null behind the last one
   */
  private record Ahead(Future<@Nullable ParsedPage> page, int bytes) {}

  /** Begins to read, and closes the reader when it is closed. */
  PagesAhead(FeedPageReader pages, RecordParser<?> parser, int numberOfThreads) {
    this.parser = parser;
    this.parsing = Executors.newFixedThreadPool(numberOfThreads);
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
      return; // closed
    } catch (RuntimeException | Error e) {
      end = CompletableFuture.failedFuture(e);
    }
    ahead.add(new Ahead(end, 0));
  }

  /**
   * What the next page comes to; null behind the last. Behind a page that failed there are no more:
   * what it holds is not among the seen ids.
   */
  synchronized @Nullable RecordsToWrite next() throws InterruptedException {
    if (failure != null) {
      throw new ItemStreamException("A page could not be read", failure);
    }
    try {
      return sorted(ahead.take());
    } catch (ExecutionException e) {
      failure = e;
      throw new ItemStreamException("A page could not be read", e);
    } catch (InterruptedException | RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  private @Nullable RecordsToWrite sorted(Ahead next)
      throws InterruptedException, ExecutionException {
    var parsed = next.page().get();
    if (parsed == null) {
      ahead.add(next); // for the other threads
      return null;
    }
    room.release(next.bytes());
    var page = parsed.page();
    if (!page.file().equals(file)) {
      file = page.file();
      seen = page.carriedOn() ? SeenIds.all() : SeenIds.none();
    }
    return parsed.sorted(seen);
  }

  /** Nobody waits for a page any longer. */
  @Override
  public void close() {
    reading.shutdownNow();
    for (var task : parsing.shutdownNow()) {
      ((Future<?>) task).cancel(true);
    }
    ahead.add(new Ahead(CompletableFuture.failedFuture(new CancellationException("Closed")), 0));
    try {
      reading.awaitTermination(MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
