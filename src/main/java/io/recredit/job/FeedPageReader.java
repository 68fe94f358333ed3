package io.recredit.job;

import io.recredit.feed.FeedFaults;
import io.recredit.feed.FeedKind;
import io.recredit.feed.FeedLine;
import io.recredit.feed.LineReader;
import io.recredit.input.InputFile;
import io.recredit.input.LinesRead;
import io.recredit.input.Readings;
import io.recredit.run.Progress;
import io.recredit.run.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one kind of a run, one after the other, in pages of lines, without what an
 * earlier process read of them. The bytes read must be those that the run began with.
 */
final class FeedPageReader implements AutoCloseable {

  private static final int MOST_LINES = 4_000;
  private static final long MOST_BYTES = 2 << 20;

  private final Run run;
  private final Readings readings;
  private final Queue<LinesRead> files;
  private final Progress progress;
  private @Nullable OpenFile open;

  FeedPageReader(Run run, FeedKind kind, Readings readings, Progress progress) {
    this.run = run;
    this.readings = readings;
    this.files = new ArrayDeque<>(readings.linesRead(run.input(), kind));
    files.removeIf(LinesRead::isWhole);
    this.progress = progress;
    if (!files.isEmpty()) {
      progress.begin("Reading " + kind.word(), Progress.Unit.BYTES, bytes());
    }
  }

  /** Bytes of the files that are not read to their ends. */
  long bytes() {
    return files.stream().mapToLong(read -> read.file().file().bytes()).sum();
  }

  /**
   * The next page, at the end of each file one without lines that says so; null behind the last.
   */
  @Nullable FeedPage next() {
    if (open == null) {
      var before = files.poll();
      if (before == null) {
        return null;
      }
      open = new OpenFile(before);
    }
    var page = open.next();
    if (page.lines().isEmpty()) {
      open.close();
      open = null;
    }
    return page;
  }

  @Override
  public void close() {
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
    private long lines;
    private long bytesShown;

    OpenFile(LinesRead before) {
      this.file = before.file();
      this.before = before;
      this.lines = before.count();
      this.reader = new LineReader(file.file());
    }

    FeedPage next() {
      var page = nextLines();
      lines += page.size();
      progress.advance(reader.bytesRead() - bytesShown);
      bytesShown = reader.bytesRead();
      if (page.isEmpty() && !reader.sha256().equals(file.sha256())) {
        readings.changedMeanwhile(run.input(), file);
        throw FeedFaults.changedMeanwhile(file.file());
      }
      return new FeedPage(file, page, before.count() > 0, lines);
    }

    /** Without a gap: a page that is written counts as read from its first to its last line. */
    private List<FeedLine> nextLines() {
      var page = new ArrayList<FeedLine>();
      var bytes = 0L;
      while (page.size() < MOST_LINES && bytes < MOST_BYTES) {
        var line = reader.next();
        if (line == null) {
          break;
        }
        if (!before.contains(line.number())) {
          page.add(line);
          bytes += line.length();
        } else if (!page.isEmpty()) {
          break;
        }
      }
      return page;
    }

    void close() {
      reader.close();
    }
  }
}
