package io.recredit.job;

import io.recredit.feed.FeedException;
import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import io.recredit.feed.FeedLine;
import io.recredit.feed.LineReader;
import io.recredit.job.FeedPage.Place;
import io.recredit.store.InputTable;
import io.recredit.store.Readings;
import io.recredit.store.Readings.ReadUpTo;
import io.recredit.store.Run;
import io.recredit.store.Run.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one kind of a run, one after the other, in pages of lines. The bytes read must
 * be those that the run began with.
 */
final class FeedPageReader implements AutoCloseable {

  private static final int MOST_LINES = 4_000;
  private static final long MOST_BYTES = 2 << 20;

  private final List<InputFile> files;
  private final Progress progress;

  private Place place;
  private boolean carriedOn;
  private @Nullable LineReader reader;
  private long bytesShown;

  /** Goes on behind what an earlier process read. */
  FeedPageReader(Run run, InputTable table, Readings readings, Progress progress) {
    this.files = run.filesToRead(table);
    this.place = place(files, readings.readUpTo(run.runId(), table).orElse(null));
    this.carriedOn = place.line() > 0;
    this.progress = progress;
    if (place.file() < files.size()) {
      progress.begin(
          "Reading " + files.get(place.file()).table().kind(), Progress.Unit.BYTES, bytesToRead());
    }
  }

  private static Place place(List<InputFile> files, @Nullable ReadUpTo read) {
    var dates = files.stream().map(InputFile::date).toList();
    return read == null
        ? new Place(0, 0, 0)
        : new Place(dates.indexOf(read.date()), read.line(), read.lines());
  }

  private long bytesToRead() {
    return files.stream().skip(place.file()).mapToLong(file -> feedFile(file).bytes()).sum();
  }

  /**
   * The next page, at the end of each file one without lines that says so; null behind the last.
   */
  @Nullable FeedPage next() {
    while (place.file() < files.size()) {
      var file = files.get(place.file());
      if (reader == null) {
        reader = new LineReader(feedFile(file));
        reader.skipTo(place.line());
        bytesShown = 0;
      }
      var lines = nextLines(reader);
      progress.advance(reader.bytesRead() - bytesShown);
      bytesShown = reader.bytesRead();
      if (!lines.isEmpty()) {
        place = place.behind(lines);
        return new FeedPage(file, lines, carriedOn, place, false);
      }
      return endOf(file, reader);
    }
    return null;
  }

  private static List<FeedLine> nextLines(LineReader reader) {
    var page = new ArrayList<FeedLine>();
    var bytes = 0L;
    while (page.size() < MOST_LINES && bytes < MOST_BYTES) {
      var line = reader.next();
      if (line == null) {
        break;
      }
      page.add(line);
      bytes += line.length();
    }
    return page;
  }

  private FeedPage endOf(InputFile file, LineReader ended) {
    if (!ended.sha256().equals(file.sha256())) {
      throw FeedException.changedMeanwhile(feedFile(file));
    }
    ended.close();
    reader = null;
    var end = new FeedPage(file, List.of(), carriedOn, place, true);
    place = new Place(place.file() + 1, 0, 0);
    carriedOn = false;
    return end;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    progress.end();
  }

  private static FeedFile feedFile(InputFile file) {
    return new FeedFile(FeedKind.valueOf(file.table().name()), file.date(), Path.of(file.path()));
  }
}
