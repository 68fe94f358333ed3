package io.recredit.job;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.Delivered;
import io.recredit.feed.FeedFaults;
import io.recredit.feed.FeedKind;
import io.recredit.feed.LineReader;
import io.recredit.feed.RecordParser;
import io.recredit.input.ErasedOrders;
import io.recredit.input.InputFile;
import io.recredit.input.LinesRead;
import io.recredit.input.Readings;
import io.recredit.run.Progress;
import io.recredit.run.Run;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStreamException;

/**
 * Reads the files of one kind of a run, one after the other, in pages of lines, without what an
 * earlier process read of them. The bytes read must be those that the run began with. Threads that
 * write share it: each takes the next page's lines, makes records of them beside the others, and
 * then sorts them when the pages before are sorted, for of a repeated id the first line counts.
 */
final class FeedReader implements ItemReader<FeedPage>, AutoCloseable {

  private final Run run;
  private final Readings readings;
  private final ErasedOrders erased;
  private final Queue<LinesRead> files;
  private final Progress progress;
  private @Nullable OpenFile open;
  private @Nullable Throwable failure;
  private long pagesRead;
  private long pagesSorted;

  FeedReader(Run run, FeedKind kind, Readings readings, Progress progress) {
    this.run = run;
    this.readings = readings;
    this.erased = readings.erasedOrders();
    this.files = new ArrayDeque<>(readings.linesRead(run.input(), kind));
    files.removeIf(LinesRead::isWhole);
    this.progress = progress;
    if (!files.isEmpty()) {
      progress.begin(text("job.read", kind.word()), Progress.Unit.BYTES, bytes());
    }
  }

  /** Bytes of the files that are not read to their ends. */
  long bytes() {
    return files.stream().mapToLong(read -> read.file().file().bytes()).sum();
  }

  /**
   * The next page, at the end of each file one without lines that says so; null behind the last.
   * Behind a page that failed there are no more: nobody must take a broken file's end for its end.
   */
  @Override
  public @Nullable FeedPage read() {
    try {
      var page = next();
      if (page != null) {
        page.parse();
        awaitTurnOf(page);
        page.sort();
        sorted(page);
      }
      return page;
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  private synchronized @Nullable FeedPage next() {
    mustNotHaveFailed();
    if (open == null) {
      var before = files.poll();
      if (before == null) {
        return null;
      }
      open = new OpenFile(before);
    }
    var page = open.next();
    if (page.lines() == 0) {
      open.close();
      open = null;
    }
    return page;
  }

  private void mustNotHaveFailed() {
    if (failure != null) {
      throw new ItemStreamException("A page before could not be read", failure);
    }
  }

  private synchronized void awaitTurnOf(FeedPage page) {
    try {
      while (failure == null && pagesSorted < page.number()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ItemStreamException("Interrupted while the pages before were read", e);
    }
    mustNotHaveFailed();
  }

  private synchronized void sorted(FeedPage page) {
    pagesSorted = page.number() + 1;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    failure = failure == null ? e : failure;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
    progress.end();
  }

  /** A file between its first and its last page. */
  private final class OpenFile {

    private final InputFile file;
    private final LinesRead before;
    private final LineReader reader;
    private final RecordParser<? extends Delivered> parser;
    private final SeenIds seen;
    private long lines;
    private long bytesShown;

    OpenFile(LinesRead before) {
      this.file = before.file();
      this.before = before;
      this.lines = before.count();
      this.parser = RecordParser.of(file.kind(), readings.eventNames());
      this.seen = before.count() > 0 ? SeenIds.all() : SeenIds.none();
      this.reader = new LineReader(file.file());
    }

    FeedPage next() {
      var page = new FeedPage(file, pagesRead++, parser, seen, erased, readings.eventNames());
      fill(page);
      lines += page.lines();
      progress.advance(reader.bytesRead() - bytesShown);
      bytesShown = reader.bytesRead();
      if (page.lines() == 0) {
        mustBeUnchanged();
        page.endsFileOf(lines);
      }
      return page;
    }

    /** Without a gap: a page that is written counts as read from its first to its last line. */
    private void fill(FeedPage page) {
      while (page.hasRoom()) {
        var line = reader.next();
        if (line == null) {
          return;
        }
        if (!before.contains(line.number())) {
          page.add(line);
        } else if (page.lines() > 0) {
          return;
        }
      }
    }

    private void mustBeUnchanged() {
      if (!reader.sha256().equals(file.sha256())) {
        readings.changedMeanwhile(run.input(), file);
        throw FeedFaults.changedMeanwhile(file.file());
      }
    }

    void close() {
      reader.close();
    }
  }
}
