package io.recredit.job;

import io.recredit.feed.RecordParser;
import io.recredit.job.FeedPage.Place;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads pages of lines ahead and has them parsed side by side, while the pages before them are
 * written; gives them in the order of the file. The place behind the last page given is saved with
 * every chunk; a restart goes on there.
 */
final class ParsedPageReader implements ItemStreamReader<ParsedPage> {

  /** How much of the file is held beside what is being written. */
  private static final long MOST_BYTES_AHEAD = 8 << 20;

  private static final String FILE = "file";
  private static final String LINE = "line";
  private static final String LINES = "lines";

  private final Function<Place, FeedPageReader> pagesBehind;
  private final RecordParser<?> parser;
  private final int numberOfThreads;

  private final Queue<Ahead> ahead = new ArrayDeque<>();
  private long bytesAhead;
  private Place given = new Place(0, 0, 0);
  private @Nullable FeedPageReader pages;
  private @Nullable ExecutorService threads;

  private record Ahead(Future<ParsedPage> page, long bytes) {}

  ParsedPageReader(
      Function<Place, FeedPageReader> pagesBehind, RecordParser<?> parser, int numberOfThreads) {
    this.pagesBehind = pagesBehind;
    this.parser = parser;
    this.numberOfThreads = numberOfThreads;
  }

  @Override
  public void open(ExecutionContext context) {
    given = new Place(context.getInt(FILE, 0), context.getLong(LINE, 0), context.getLong(LINES, 0));
    pages = pagesBehind.apply(given);
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
    var page = parsed(next.page());
    given = page.page().end();
    return page;
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
  public void update(ExecutionContext context) {
    context.putInt(FILE, given.file());
    context.putLong(LINE, given.line());
    context.putLong(LINES, given.lines());
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
