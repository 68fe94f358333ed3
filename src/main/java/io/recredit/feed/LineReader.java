package io.recredit.feed;

import io.recredit.wording.FilesException;
import io.recredit.wording.UserException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of the feed line by line. A line ends at LF, the last one at the end of the file; a
 * byte order mark at the start and lines of spaces, tabs and CR are passed over. A gzipped file
 * must be whole: an end that comes too early is an error and never an end.
 */
public final class LineReader implements Closeable {

  /** A longer line (its LF not counted) is not read into memory. */
  public static final int MAX_LINE_BYTES = 8 * 1024 * 1024;

  /** UTF-8 needs at most four bytes a character: enough of a line that is too long to show it. */
  private static final int KEPT_BYTES = 4 * RawText.MAX_CHARACTERS;

  private static final int BUFFER_BYTES = 256 * 1024;

  private final FeedFile file;
  private final FileBytes disk;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long number;
  private boolean ended;
  private boolean begun;
  private boolean lineHasEnd;
  private @Nullable FeedLine ahead;
  private @Nullable String sha256;

  public LineReader(FeedFile file) {
    this.file = file;
    this.disk = new FileBytes(file.path());
    try {
      this.in = file.isGzipped() ? Unpacked.of(new BufferedInputStream(disk, BUFFER_BYTES)) : disk;
      fill();
      skipByteOrderMark();
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e instanceof UserException known ? known : damaged(e);
    }
  }

  /**
   * The next line that is not blank; null at the end of the file, or where it is but {@code []}.
   */
  public @Nullable FeedLine next() {
    if (ahead != null) {
      var line = ahead;
      ahead = null;
      return line;
    }
    var isFirst = !begun;
    var line = nextOfFile();
    if (line == null || !isFirst || !line.isEmptyArray()) {
      begun = line != null || begun;
      return line;
    }
    ahead = nextOfFile();
    begun = ahead != null;
    return begun ? line : null;
  }

  /** Whether any was there among those read so far. */
  boolean hasLines() {
    return begun;
  }

  /** How the file starts, as much as is read at once; to be asked for before the first line. */
  byte[] start() {
    return Arrays.copyOfRange(buffer, position, limit);
  }

  /** Whether the last line that was not blank has an end; to be asked for at the file's end. */
  boolean lastLineHasEnd() {
    return lineHasEnd;
  }

  private @Nullable FeedLine nextOfFile() {
    while (hasMore()) {
      number++;
      var end = indexOfLineFeed();
      if (end < limit) {
        var line = new FeedLine(number, Arrays.copyOfRange(buffer, position, end), false);
        position = end + 1;
        if (!line.isBlank()) {
          lineHasEnd = true;
          return line;
        }
      } else {
        var bytes = rest();
        if (!bytes.isBlank()) {
          lineHasEnd = bytes.hasEnd();
          return bytes.toLine(number);
        }
      }
    }
    return null;
  }

  /** Bytes of the file on disk that were read so far, of a gzipped file the compressed ones. */
  public long bytesRead() {
    return disk.count();
  }

  /** SHA-256 of the bytes on disk that were really read; to be asked for at the end of the file. */
  public String sha256() {
    if (!ended) {
      throw new IllegalStateException(file.name() + " has not been read to its end");
    }
    if (sha256 == null) {
      sha256 = disk.sha256();
    }
    return sha256;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw FeedFaults.unreadable(file.path(), e);
    }
  }

  private int indexOfLineFeed() {
    var end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  /** The line from here on, where it does not end in this buffer. */
  private LineBytes rest() {
    var bytes = new LineBytes(MAX_LINE_BYTES, KEPT_BYTES);
    var end = position;
    do {
      end = indexOfLineFeed();
      bytes.add(buffer, position, end);
      position = Math.min(end + 1, limit);
    } while (end == limit && hasMore());
    if (end < limit) {
      bytes.end();
    }
    return bytes;
  }

  private boolean hasMore() {
    if (position == limit && !ended) {
      try {
        fill();
      } catch (IOException e) {
        throw damaged(e);
      }
    }
    return position < limit;
  }

  private void fill() throws IOException {
    position = 0;
    limit = in.readNBytes(buffer, 0, buffer.length);
    ended = limit == 0;
  }

  private void skipByteOrderMark() {
    position = byteOrderMarkLength(buffer, limit);
  }

  /** 3 where the bytes start with a byte order mark, else 0. */
  static int byteOrderMarkLength(byte[] bytes, int limit) {
    var marked =
        limit >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private FilesException damaged(Exception cause) {
    return cause instanceof EOFException early
        ? FeedFaults.gzipEndsTooEarly(file.path(), early)
        : FeedFaults.gzipDamaged(file.path(), cause);
  }
}
