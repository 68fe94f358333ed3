package io.recredit.job;

import io.recredit.feed.FeedException;
import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import io.recredit.feed.FeedLine;
import io.recredit.feed.LineReader;
import io.recredit.store.Run;
import io.recredit.store.Run.InputFile;
import io.recredit.store.Runs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the files of one kind of a run, one after the other, in pages of lines. Its place (file,
 * line, lines counted) is saved with every chunk; a restart goes on behind it. The bytes read must
 * be those that the run began with.
 */
final class FeedPageReader implements ItemStreamReader<FeedPage> {

  private static final int MOST_LINES = 2_000;
  private static final long MOST_BYTES = 1 << 20;

  private static final String FILE = "file";
  private static final String LINE = "line";
  private static final String LINES = "lines";

  private final Run run;
  private final List<InputFile> files;
  private final Runs runs;
  private final Progress progress;

  private int fileIndex;
  private long lineNumber;
  private long lines;
  private boolean carriedOn;
  private @Nullable LineReader reader;
  private long bytesShown;

  FeedPageReader(Run run, List<InputFile> files, Runs runs, Progress progress) {
    this.run = run;
    this.files = files;
    this.runs = runs;
    this.progress = progress;
  }

  @Override
  public void open(ExecutionContext context) {
    fileIndex = context.getInt(FILE, 0);
    lineNumber = context.getLong(LINE, 0);
    lines = context.getLong(LINES, 0);
    carriedOn = lineNumber > 0;
    if (fileIndex < files.size()) {
      progress.begin(
          "Reading " + files.get(fileIndex).table().kind(), Progress.Unit.BYTES, bytesToRead());
    }
  }

  private long bytesToRead() {
    return files.stream().skip(fileIndex).mapToLong(file -> feedFile(file).bytes()).sum();
  }

  @Override
  public @Nullable FeedPage read() {
    while (fileIndex < files.size()) {
      var file = files.get(fileIndex);
      if (reader == null) {
        reader = new LineReader(feedFile(file));
        reader.skipTo(lineNumber);
        bytesShown = 0;
      }
      var page = nextLines(reader);
      progress.advance(reader.bytesRead() - bytesShown);
      bytesShown = reader.bytesRead();
      if (!page.isEmpty()) {
        return new FeedPage(file, page, carriedOn);
      }
      endFile(file, reader);
    }
    return null;
  }

  private List<FeedLine> nextLines(LineReader reader) {
    var page = new ArrayList<FeedLine>();
    var bytes = 0L;
    while (page.size() < MOST_LINES && bytes < MOST_BYTES) {
      var line = reader.next();
      if (line == null) {
        break;
      }
      page.add(line);
      bytes += line.length();
      lineNumber = line.number();
    }
    lines += page.size();
    return page;
  }

  private void endFile(InputFile file, LineReader ended) {
    if (!ended.sha256().equals(file.sha256())) {
      throw FeedException.changedMeanwhile(feedFile(file));
    }
    ended.close();
    reader = null;
    runs.fileRead(run.runId(), file, lines);
    fileIndex++;
    lineNumber = 0;
    lines = 0;
    carriedOn = false;
  }

  @Override
  public void update(ExecutionContext context) {
    context.putInt(FILE, fileIndex);
    context.putLong(LINE, lineNumber);
    context.putLong(LINES, lines);
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
