package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.FilesException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file before a run begins over it. One that is something else, of whose lines none is a
 * record, and one that is cut off are not read as files with bad lines: whatever was read of that
 * day before would be gone.
 */
final class FileCheck {

  private static final int BLOCK_BYTES = 64 * 1024;

  private final FeedFile file;

  private FileCheck(FeedFile file) {
    this.file = file;
  }

  static void mustBeWhatItsNameSays(FeedFile file) {
    new FileCheck(file).check();
  }

  private void check() {
    try (var lines = new LineReader(file)) {
      var line = firstRecord(lines);
      if (!lines.hasLines()) {
        return;
      }
      if (line == null) {
        throw somethingElse();
      }
      if (isCutOff(line, lines)) {
        throw cutOff();
      }
    } catch (IOException e) {
      throw FeedFaults.unreadable(file.path(), e);
    }
  }

  private @Nullable FeedLine firstRecord(LineReader lines) {
    var line = lines.next();
    while (line != null && !RecordParser.isObjectOf(line, file.kind())) {
      line = lines.next();
    }
    return line;
  }

  private FilesException somethingElse() {
    try (var lines = new LineReader(file)) {
      var look = FileLook.of(lines.start(), file);
      return look.isCutOff()
          ? cutOff()
          : new FilesException(somethingElse(look.told()), somethingElse(look.withoutContent()));
    }
  }

  private String somethingElse(String look) {
    return text(
        "feed.file.something-else",
        file.path(),
        String.join(text("feed.look.or"), file.kind().idNamesTold()),
        look);
  }

  private FilesException cutOff() {
    return new FilesException(text("feed.file.cut", file.path()));
  }

  /** A gzipped file must be unpacked to its end to know it, and whether it is whole. */
  private boolean isCutOff(FeedLine known, LineReader lines) throws IOException {
    if (!file.isGzipped()) {
      return isCutOff(lastLine());
    }
    var last = known;
    for (var line = lines.next(); line != null; line = lines.next()) {
      last = line;
    }
    return !lines.lastLineHasEnd() && isCutOff(last);
  }

  /** Of a line that is too long the end is not known; it is rejected like any other. */
  private static boolean isCutOff(@Nullable FeedLine last) {
    return last != null
        && !last.isTooLong()
        && !last.isBlank()
        && !NamedFields.isObject(last.bytes());
  }

  /** What stands behind the last line feed; null where that is nothing. */
  private @Nullable FeedLine lastLine() throws IOException {
    try (var in = new RandomAccessFile(file.path().toFile(), "r")) {
      var length = in.length();
      var least = Math.max(0, length - LineReader.MAX_LINE_BYTES - 1);
      for (var from = length; from > least; ) {
        var to = from;
        from = Math.max(least, to - BLOCK_BYTES);
        var block = bytes(in, from, to);
        for (var i = block.length - 1; i >= 0; i--) {
          if (block[i] == '\n') {
            return line(bytes(in, from + i + 1, length));
          }
        }
      }
      return line(bytes(in, least, length));
    }
  }

  private static FeedLine line(byte[] bytes) {
    var from = LineReader.byteOrderMarkLength(bytes, bytes.length);
    return new FeedLine(
        1, Arrays.copyOfRange(bytes, from, bytes.length), bytes.length > LineReader.MAX_LINE_BYTES);
  }

  private static byte[] bytes(RandomAccessFile in, long from, long to) throws IOException {
    var bytes = new byte[(int) (to - from)];
    in.seek(from);
    in.readFully(bytes);
    return bytes;
  }
}
