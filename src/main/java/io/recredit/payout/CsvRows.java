package io.recredit.payout;

import io.recredit.payout.CsvRow.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the rows of a CSV file begin and end, as RFC 4180 says, in bounded memory; their
 * fields are the library's work. Where a quote does not end as it should, its row is that line
 * alone, and the next row is the next line: a parser that is given the whole file takes all up to
 * its end for one field, and cannot go back.
 *
 * <p>A quote that a line leaves open is looked for once: whoever comes again to a place at which it
 * was open knows what it comes to, so that a file of such lines takes no longer than another.
 */
final class CsvRows {

  /** A longer row, or line, is not read. */
  static final int MAX_ROW_BYTES = 1 << 20;

  /** Each line is a row, without fields. */
  static final char NO_SEPARATOR = '\0';

  /** Enough of a row that is too long to show it. */
  private static final int KEPT_BYTES = 1 << 14;

  private static final int END = -1;

  private final InputStream in;
  private final byte[] buffer;

  /** Up to where a quote that is open at a line's end is known to end badly, by separator. */
  private final long[] doomedUntil = new long[';' + 1];

  private int start;
  private int limit;
  private long startInFile;
  private long line = 1;
  private boolean ended;

  // The row that is looked at: places are counted from its start.
  private char separator;
  private int at;
  private int firstLineEnd;
  private int lineFeeds;

  CsvRows(InputStream in) {
    this.in = in;
    this.buffer = new byte[3 * MAX_ROW_BYTES];
  }

  private CsvRows(byte[] all) {
    this.in = InputStream.nullInputStream();
    this.buffer = all;
    this.limit = all.length;
    this.ended = true;
  }

  /** A row that is at hand; null where nothing is in it. */
  static @Nullable CsvRow single(byte[] row, char by) {
    try {
      return new CsvRows(row).next(by);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: nothing is read
    }
  }

  /** The next row, by this separator; null at the file's end. */
  @Nullable CsvRow next(char by) throws IOException {
    if (byteAt(0) == END) {
      return null;
    }
    separator = by;
    at = 0;
    firstLineEnd = END;
    lineFeeds = 0;
    var fault = split();
    return fault == null ? whole() : faulty(fault);
  }

  private @Nullable Fault split() throws IOException {
    do {
      if (at > MAX_ROW_BYTES) {
        return tooLong();
      }
      var fault = byteAt(at) == '"' && separator != NO_SEPARATOR ? quoted() : unquoted();
      if (fault != null) {
        return fault;
      }
    } while (byteAt(at++) == separator);
    at--;
    return null;
  }

  private @Nullable Fault unquoted() throws IOException {
    var b = byteAt(at);
    while (b != separator && b != '\n' && b != END) {
      if (at >= MAX_ROW_BYTES) {
        return tooLong();
      }
      b = byteAt(++at);
    }
    return null;
  }

  private @Nullable Fault quoted() throws IOException {
    at++;
    while (true) {
      var b = byteAt(at);
      if (b == '"' && byteAt(at + 1) == '"') {
        at++;
      } else if (b == '"') {
        break;
      } else if (b == END) {
        return unending();
      } else if (b == '\n' && isDoomed()) {
        return Fault.UNENDING_QUOTE;
      }
      if (++at >= MAX_ROW_BYTES) {
        return tooLong();
      }
    }
    at++;
    if (byteAt(at) == '\r' && (byteAt(at + 1) == '\n' || byteAt(at + 1) == END)) {
      at++;
    }
    var b = byteAt(at);
    return b == separator || b == '\n' || b == END
        ? null
        : firstLineEnd == END ? Fault.BEHIND_QUOTE : unending();
  }

  /** A line ends within a quote: whether what follows was seen before, and ends badly. */
  private boolean isDoomed() {
    if (firstLineEnd == END) {
      firstLineEnd = at;
    }
    lineFeeds++;
    return startInFile + at < doomedUntil[separator];
  }

  private Fault tooLong() {
    return firstLineEnd == END ? Fault.TOO_LONG : unending();
  }

  private Fault unending() {
    doomedUntil[separator] = startInFile + at;
    return Fault.UNENDING_QUOTE;
  }

  private CsvRow whole() throws IOException {
    var row = new CsvRow(line, bytes(at), separator, null);
    line += lineFeeds;
    endLine();
    return row;
  }

  /** The row's first line alone, which is passed over; what follows is read again. */
  private CsvRow faulty(Fault fault) throws IOException {
    if (firstLineEnd != END) {
      at = firstLineEnd;
    }
    while (at < MAX_ROW_BYTES && byteAt(at) != '\n' && byteAt(at) != END) {
      at++;
    }
    var isTooLong = fault == Fault.TOO_LONG || (byteAt(at) != '\n' && byteAt(at) != END);
    var row =
        new CsvRow(
            line,
            bytes(isTooLong ? KEPT_BYTES : at),
            separator,
            isTooLong ? Fault.TOO_LONG : fault);
    while (byteAt(at) != '\n' && byteAt(at) != END) {
      forget(at + 1);
      at = 0;
    }
    endLine();
    return row;
  }

  private byte[] bytes(int length) {
    var withoutReturn = length > 0 && buffer[start + length - 1] == '\r' ? length - 1 : length;
    return Arrays.copyOfRange(buffer, start, start + withoutReturn);
  }

  private void endLine() throws IOException {
    forget(byteAt(at) == END ? at : at + 1);
    line++;
  }

  private void forget(int bytes) {
    start += bytes;
    startInFile += bytes;
  }

  private int byteAt(int place) throws IOException {
    return start + place < limit || fill(place) ? buffer[start + place] & 0xFF : END;
  }

  /** Whether there is so much. A row and what is looked at behind it always have room. */
  private boolean fill(int place) throws IOException {
    if (ended) {
      return false;
    }
    if (start + 2 * MAX_ROW_BYTES > buffer.length) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      start = 0;
    }
    var read = in.readNBytes(buffer, limit, Math.min(buffer.length - limit, 1 << 16));
    ended = read == 0;
    limit += read;
    return start + place < limit;
  }
}
