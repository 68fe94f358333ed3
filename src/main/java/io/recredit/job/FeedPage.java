package io.recredit.job;

import io.recredit.feed.Delivered;
import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import io.recredit.feed.RecordParser;
import io.recredit.input.InputFile;
import io.recredit.input.InputFile.Reading;
import io.recredit.input.InputRow;
import io.recredit.input.RejectedLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of one file, as rows. It is the item of the reading steps, and not a line: a line may
 * have 8 MiB, so a chunk of so many lines has no bound in bytes, and one of so many pages has.
 */
final class FeedPage {

  private static final int MOST_LINES = 4_000;
  private static final long MOST_BYTES = 2 << 20;

  private final InputFile file;
  private final List<InputRow> loaded = new ArrayList<>();
  private final List<InputRow> staged = new ArrayList<>();
  private final List<RejectedLine> rejected = new ArrayList<>();
  private long firstLine;
  private long lastLine;
  private long bytes;
  private long linesOfFile;

  FeedPage(InputFile file) {
    this.file = file;
  }

  boolean hasRoom() {
    return lines() < MOST_LINES && bytes < MOST_BYTES;
  }

  /**
   * Takes a line.
   *
   * @param parser makes records of the file's kind
   * @param seen the ids of the lines before it
   */
  void add(FeedLine line, RecordParser<? extends Delivered> parser, SeenIds seen) {
    var parsed = parser.parse(line);
    if (parsed instanceof Accepted<? extends Delivered> accepted) {
      add(InputRow.of(file.date(), line.number(), accepted.content()), line, seen);
    } else {
      var error = ((Rejected<?>) parsed).error();
      rejected.add(
          new RejectedLine(
              file.kind(), file.date(), file.name(), line.number(), error, line.raw()));
    }
    firstLine = firstLine == 0 ? line.number() : firstLine;
    lastLine = line.number();
    bytes += line.length();
  }

  private void add(InputRow row, FeedLine line, SeenIds seen) {
    if (seen.addAndTellIfPossiblySeen(row.id())) {
      row.keep(line.raw());
      staged.add(row);
    } else if (file.reading() == Reading.FIRST) {
      loaded.add(row);
    } else {
      staged.add(row);
    }
  }

  /** Says that nothing follows in the file, which has so many lines, blank ones not counted. */
  void endsFileOf(long lines) {
    linesOfFile = lines;
  }

  InputFile file() {
    return file;
  }

  /** Records that go into their table at once. */
  List<InputRow> loaded() {
    return loaded;
  }

  /** Records that must be compared with others first. */
  List<InputRow> staged() {
    return staged;
  }

  List<RejectedLine> rejected() {
    return rejected;
  }

  int records() {
    return loaded.size() + staged.size();
  }

  /** How many lines it has, blank ones not counted. None is the file's end. */
  int lines() {
    return records() + rejected.size();
  }

  /** The number of its first line. */
  long firstLine() {
    return firstLine;
  }

  long lastLine() {
    return lastLine;
  }

  /** How many lines the file has that ends here. */
  long linesOfFile() {
    return linesOfFile;
  }
}
