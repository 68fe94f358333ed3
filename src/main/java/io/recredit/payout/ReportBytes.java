package io.recredit.payout;

import io.recredit.feed.FileBytes;
import io.recredit.feed.Unpacked;
import io.recredit.payout.Rows.Pagination;
import io.recredit.wording.UserException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A report's file, opened: what shape its content has, and its bytes' digest. */
final class ReportBytes implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] PDF_MARK = {'%', 'P', 'D', 'F'};

  private final FileBytes disk;
  private final InputStream in;
  private final byte[] start;

  /** {@link IOException} where it is packed, but not soundly. */
  ReportBytes(Path file) throws IOException {
    disk = new FileBytes(file);
    try {
      in = opened(file);
      skipByteOrderMark();
      start = start(BUFFER_BYTES);
    } catch (IOException | RuntimeException e) {
      disk.close();
      if (e instanceof UserException known) {
        throw known;
      }
      throw new IOException(e);
    }
  }

  private BufferedInputStream opened(Path file) throws IOException {
    var bytes = new BufferedInputStream(disk, BUFFER_BYTES);
    return Unpacked.isNeeded(file)
        ? new BufferedInputStream(Unpacked.of(bytes), BUFFER_BYTES)
        : bytes;
  }

  private void skipByteOrderMark() throws IOException {
    if (Arrays.equals(start(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      in.skipNBytes(BYTE_ORDER_MARK.length);
    }
  }

  private byte[] start(int length) throws IOException {
    in.mark(length);
    var bytes = in.readNBytes(length);
    in.reset();
    return bytes;
  }

  boolean isEmpty() {
    return start.length == 0;
  }

  boolean isPdf() {
    return start.length >= PDF_MARK.length
        && Arrays.equals(Arrays.copyOf(start, PDF_MARK.length), PDF_MARK);
  }

  /** As the content says, whatever the file is called. */
  boolean isJson() {
    for (var b : start) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  /**
   * Reads all of it.
   *
   * @return whether anything of a report is in it
   * @throws IOException where it is packed, but not soundly
   * @throws tools.jackson.core.JacksonException where it is JSON, but not soundly
   */
  boolean read(ColumnNames names, List<Pagination> pages, Rows rows) throws IOException {
    return isJson() ? JsonReport.read(in, rows, pages) : CsvReport.read(in, names, rows);
  }

  /** SHA-256 of all bytes on disk. */
  String sha256() {
    try {
      disk.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e); // never: trouble with the disk is said in a sentence
    }
    return disk.sha256();
  }

  @Override
  public void close() {
    disk.close();
  }
}
