package io.recredit.job;

import io.recredit.feed.RecordParser;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads pages of lines ahead and has them parsed side by side, while the pages before them are
 * written; gives them in the order of the file. A restart goes on behind what was written.
 */
final class ParsedPageReader implements ItemStreamReader<ParsedPage> {

  /** How much of the file is held beside what is being written. */
  private static final long MOST_BYTES_AHEAD = 8 << 20;

  private final Supplier<FeedPageReader> unread;
  private final RecordParser<?> parser;
  private final int numberOfThreads;

  private final Queue<Ahead> ahead = new ArrayDeque<>();
  private long bytesAhead;
  private @Nullable FeedPageReader pages;
  private @Nullable ExecutorService threads;

  private record Ahead(Future<ParsedPage> page, long bytes) {}

  ParsedPageReader(Supplier<FeedPageReader> unread, RecordParser<?> parser, int numberOfThreads) {
    this.unread = unread;
    this.parser = parser;
    this.numberOfThreads = numberOfThreads;
  }

  @Override
  public void open(ExecutionContext context) {
    pages = unread.get();
    threads = Executors.newFixedThreadPool(numberOfThreads);
  }

  @Override
  public @Nullable ParsedPage read() throws InterruptedException {
    readAhead();
    var next = ahead.poll();
    if (next == null) {
      return null;
    }
    bytesAhead -= next.bytes();
    return parsed(next.page());
  }

  private void readAhead() {
    while (pages != null && threads != null && bytesAhead < MOST_BYTES_AHEAD) {
      var page = pages.next();
      if (page == null) {
        pages.close();
        pages = null;
        return;
      }
      ahead.add(new Ahead(threads.submit(() -> ParsedPage.of(page, parser)), page.bytes()));
      bytesAhead += page.bytes();
    }
  }

  private static ParsedPage parsed(Future<ParsedPage> page) throws InterruptedException {
    try {
      return page.get();
    } catch (ExecutionException e) {
      throw new ItemStreamException("A page could not be parsed", e);
    }
  }

  @Override
  public void close() {
    if (pages != null) {
      pages.close();
      pages = null;
    }
    if (threads != null) {
      threads.shutdownNow();
      threads = null;
    }
    ahead.clear();
  }
}
