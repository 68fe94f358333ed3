package io.recredit.job;

import io.recredit.feed.Delivered;
import io.recredit.feed.EventNames;
import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine.Accepted;
import io.recredit.feed.ParsedLine.Rejected;
import io.recredit.feed.RecordParser;
import io.recredit.input.ErasedOrders;
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

  /** A row, and the line that it is of. */
  private record Parsed(InputRow row, FeedLine line) {}

  private final InputFile file;
  private final long number;
  private final RecordParser<? extends Delivered> parser;
  private final SeenIds seen;
  private final ErasedOrders erased;
  private final EventNames names;
  private final List<FeedLine> lines = new ArrayList<>();
  private final List<Parsed> records = new ArrayList<>();
  private final List<InputRow> loaded = new ArrayList<>();
  private final List<InputRow> staged = new ArrayList<>();
  private final List<RejectedLine> rejected = new ArrayList<>();
  private int count;
  private long firstLine;
  private long lastLine;
  private long bytes;
  private long linesOfFile;

  /**
   * @param number counts a reader's pages, from 0
   * @param parser makes records of the file's kind
   * @param seen the ids of the pages before it, once they are sorted
   * @param erased the orders of which nothing personal is kept
   * @param names of what is read of events
   */
  FeedPage(
      InputFile file,
      long number,
      RecordParser<? extends Delivered> parser,
      SeenIds seen,
      ErasedOrders erased,
      EventNames names) {
    this.file = file;
    this.number = number;
    this.parser = parser;
    this.seen = seen;
    this.erased = erased;
    this.names = names;
  }

  boolean hasRoom() {
    return count < MOST_LINES && bytes < MOST_BYTES;
  }

  void add(FeedLine line) {
    lines.add(line);
    count++;
    firstLine = firstLine == 0 ? line.number() : firstLine;
    lastLine = line.number();
    bytes += line.length();
  }

  /** Makes rows of its lines, whatever other pages hold. */
  void parse() {
    lines.forEach(this::parse);
    lines.clear();
  }

  private void parse(FeedLine line) {
    var parsed = parser.parse(line);
    if (parsed instanceof Accepted<? extends Delivered> accepted) {
      var record = erased.without(accepted.content());
      records.add(new Parsed(InputRow.of(file.date(), line.number(), record), line));
    } else {
      reject(line, ((Rejected<?>) parsed).error());
    }
  }

  private void reject(FeedLine line, String error) {
    var isErased = namesErased(line);
    rejected.add(
        new RejectedLine(
            file.kind(),
            file.date(),
            file.name(),
            line.number(),
            isErased ? ErasedOrders.ERASED : error,
            isErased ? ErasedOrders.ERASED : line.raw(file.kind(), names)));
  }

  /** Over the whole line, of which the raw text may be a part; most shops erased none. */
  private boolean namesErased(FeedLine line) {
    return !erased.ids().isEmpty() && erased.areIn(line.whole());
  }

  /** Sorts its records by where they go, which depends on the pages before it. */
  void sort() {
    for (var record : records) {
      var row = record.row();
      if (seen.addAndTellIfPossiblySeen(row.id())) {
        var line = record.line();
        row.keep(namesErased(line) ? ErasedOrders.ERASED : line.raw(file.kind(), names));
        staged.add(row);
      } else if (file.reading() == Reading.FIRST) {
        loaded.add(row);
      } else {
        staged.add(row);
      }
    }
    records.clear();
  }

  /** Says that nothing follows in the file, which has so many lines, blank ones not counted. */
  void endsFileOf(long lines) {
    linesOfFile = lines;
  }

  InputFile file() {
    return file;
  }

  /** Counts the pages of all files of a kind, from 0. */
  long number() {
    return number;
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

  /** How many lines it has, blank ones not counted. None is the file's end. */
  int lines() {
    return count;
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
